// A Redis server that was away, remembered for the processes that come next.
#pragma once

#include <string>

#include "base/duration.hpp"

namespace gird::store {

/// Without it every process would find out by itself, and pay for it with the time that a step may
/// wait. A file in the state directory whose time tells when somebody last tried in vain; where
/// none can be made nothing is remembered.
class RedisAbsence {
 public:
  /// `address` is the server's; `directory` may be empty, or not exist.
  RedisAbsence(const std::string& directory, const std::string& address);

  /// Whether somebody tried in vain less than `pause` ago. When it was longer ago the answer is no
  /// for the one who asks, who is to try, and yes for others who ask meanwhile.
  [[nodiscard]] bool holds(Duration pause) const;
  void begin() const;
  void end() const;

 private:
  std::string path_;
};

}  // namespace gird::store
