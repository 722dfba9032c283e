// What a store keeps in a Hold.
#pragma once

#include "store/store.hpp"

namespace gird::store {

/// Letting go is its destruction.
class Hold::Grip {
 public:
  Grip() = default;
  Grip(const Grip&) = delete;
  Grip& operator=(const Grip&) = delete;
  virtual ~Grip() = default;
  [[nodiscard]] virtual std::optional<Duration> renew_within() const { return std::nullopt; }
  virtual Result<void> renew() { return {}; }
};

}  // namespace gird::store
