// How a wait ended.
#pragma once

#include <optional>

namespace gird::sys {

/// Neither of the two when the time was over.
struct Waited {
  std::optional<int> interrupted = {};  ///< the terminating signal that ended it
  bool woken = false;                   ///< the descriptor that may end it had something to say
};

}  // namespace gird::sys
