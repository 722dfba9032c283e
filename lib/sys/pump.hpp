// Moving bytes while a child runs.
#pragma once

#include <poll.h>

#include <vector>

#include "base/result.hpp"

namespace gird::sys {

/// Something that has descriptors to be watched while a job runs. Nothing it does may block.
class Pump {
 public:
  Pump() = default;
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;
  virtual ~Pump() = default;

  /// Called once the child has been started: the child's own ends are to be closed here.
  virtual void started() = 0;
  /// Appends what is to be waited for now.
  virtual void watch(std::vector<pollfd>& list) const = 0;
  /// Moves what can be moved. Called after each wake-up, ready or not.
  virtual Result<void> turn() = 0;
  /// The child has ended: takes what is already there, without waiting for other holders of the
  /// descriptor, and closes it.
  virtual Result<void> finish() = 0;
};

}  // namespace gird::sys
