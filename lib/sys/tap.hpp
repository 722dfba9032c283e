// Watching what a child writes, on its way.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sys/fd.hpp"
#include "sys/pump.hpp"

namespace gird::sys {

/// A pipe the child writes into. All that comes is shown to `see` and, where there is a target,
/// passed on to it in the same order.
class Tap final : public Pump {
 public:
  using See = std::function<void(std::string_view bytes)>;
  /// `target` is a descriptor (2), or -1 when nothing is passed on.
  Tap(int target, See see) : target_(target), see_(std::move(see)) {}

  /// The child's end for the next attempt; valid until `started`. Fault::system, pipe-failed.
  Result<int> next();

  void started() override { child_end_.reset(); }
  void watch(std::vector<pollfd>& list) const override;
  Result<void> turn() override;
  Result<void> finish() override;

 private:
  std::size_t take(std::size_t most);

  int target_;
  See see_;
  Fd child_end_;
  Fd from_;
  std::string pending_;
};

}  // namespace gird::sys
