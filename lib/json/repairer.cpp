// The window over the input that is pushed in pieces.
#include "json/repairer.hpp"

#include <algorithm>

#include "json/decisions.hpp"
#include "json/decoder.hpp"
#include "json/grammar.hpp"
#include "json/revisions.hpp"

namespace gird::json {

class Repairer::Engine {
 public:
  Engine(const Settings& settings, Sink& sink)
      : revisions_(sink),
        revised_(decisions_of(settings).keeps_last_of_shape),
        editor_(settings, revised_ ? revisions_ : sink),
        grammar_(settings, editor_) {}

  std::expected<void, Refusal> push(std::string_view bytes) {
    decoder_.push(bytes, [this](std::string_view text) { return take(text); });
    return result();
  }

  std::expected<void, Refusal> finish() {
    if (decoder_.finish([this](std::string_view text) { return take(text); })) go(held_, true);
    if (revised_ && !editor_.refusal()) revisions_.finish();
    return result();
  }

  [[nodiscard]] std::uint64_t largest() const { return grammar_.largest(); }
  [[nodiscard]] std::optional<std::uint64_t> open_removal() const { return editor_.open_removal(); }

 private:
  /// Says whether more is wanted.
  bool take(std::string_view bytes) {
    while (!bytes.empty() && !editor_.refusal()) {
      if (held_.empty()) {
        held_ = bytes.substr(go(bytes, false));
        bytes = {};
      } else {
        // What was held goes on with some of the new bytes, until it is done with.
        const std::size_t before = held_.size();
        const std::size_t taken = std::min(bytes.size(), Ahead::reach);
        held_.append(bytes.substr(0, taken));
        const std::size_t done = go(held_, false);
        bytes.remove_prefix(taken);
        if (done < before || bytes.empty()) {
          held_.erase(0, done);
        } else {
          const std::size_t left = held_.size() - done;
          bytes = {bytes.data() - left, bytes.size() + left};
          held_.clear();
        }
      }
    }
    return !editor_.refusal();
  }

  std::size_t go(std::string_view window, bool last) {
    editor_.show(window, last);
    grammar_.run();
    return editor_.settle();
  }

  std::expected<void, Refusal> result() const {
    if (editor_.refusal()) return std::unexpected(*editor_.refusal());
    return {};
  }

  Decoder decoder_;
  Revisions revisions_;
  bool revised_;  ///< what the editor gives goes through them
  Editor editor_;
  Grammar grammar_;
  std::string held_;  ///< what has come and is not done with
};

Repairer::Repairer(const Settings& settings, Sink& sink)
    : engine_(std::make_unique<Engine>(settings, sink)) {}
Repairer::Repairer(Repairer&&) noexcept = default;
Repairer& Repairer::operator=(Repairer&&) noexcept = default;
Repairer::~Repairer() = default;

std::expected<void, Refusal> Repairer::push(std::string_view bytes) { return engine_->push(bytes); }
std::expected<void, Refusal> Repairer::finish() { return engine_->finish(); }
std::uint64_t Repairer::largest() const { return engine_->largest(); }
std::optional<std::uint64_t> Repairer::open_removal() const { return engine_->open_removal(); }

}  // namespace gird::json
