// Holds of every store.
#include "store/grip.hpp"

namespace gird::store {

Hold::Hold() = default;
Hold::Hold(std::unique_ptr<Grip> grip) : grip_(std::move(grip)) {}
Hold::Hold(Hold&&) noexcept = default;
Hold& Hold::operator=(Hold&&) noexcept = default;
Hold::~Hold() = default;

std::optional<Duration> Hold::renew_within() const {
  return grip_ ? grip_->renew_within() : std::nullopt;
}

Result<void> Hold::renew() {
  if (!grip_) return {};
  return grip_->renew();
}

}  // namespace gird::store
