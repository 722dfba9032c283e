// A program that works for this process without being its job.
#pragma once

#include <sys/types.h>

#include <string>

#include "sys/fd.hpp"

namespace gird::sys {

/// It reads and writes `socket`, finds its own end as standard input, and goes when ours is closed.
struct Helper {
  pid_t pid = -1;
  Fd socket;
};

/// Starts `program` in a process group of its own, so that no key of a terminal reaches it, and
/// with nothing to say but through the socket: whoever waits for the end of our output must not
/// wait for it. Fault::system, helper-failed.
Result<Helper> start_helper(const std::string& program);

/// Where gird-net is: $GIRD_NET (`named`), or ../libexec/gird beside this program, or next to it,
/// as in a build tree. Fault::system, helper-failed.
Result<std::string> net_program(const std::string& named);

}  // namespace gird::sys
