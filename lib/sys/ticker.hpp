// Doing something now and then while a job runs.
#pragma once

#include <poll.h>

#include <functional>
#include <vector>

#include "base/duration.hpp"
#include "sys/fd.hpp"

namespace gird::sys {

/// Calls `act` every `every`, by a timer of the kernel. `act` must not block for long, nor run or
/// wait for anything in the World.
class Ticker {
 public:
  Ticker(Duration every, std::function<void()> act) : every_(every), act_(std::move(act)) {}

  /// From now on it ticks.
  void start();
  void stop() { timer_.reset(); }
  /// Appends what is to be waited for, if it ticks.
  void watch(std::vector<pollfd>& list) const;
  /// Acts, once, if it has ticked since.
  void turn();

 private:
  Duration every_;
  std::function<void()> act_;
  Fd timer_;
};

}  // namespace gird::sys
