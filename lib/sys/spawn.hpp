// Starting a child process.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include "sys/fd.hpp"
#include "sys/job.hpp"

namespace gird::sys {

/// The signal state that a child is to find: that which this process was started with.
struct Inherited {
  sigset_t mask{};
  bool child_ignored = false;       ///< SIGCHLD was ignored
  bool size_limit_ignored = false;  ///< SIGXFSZ was ignored
};

/// A running child, or the reason why there is none: `exec_error` is the errno of execve, told
/// apart from any status the command could have returned itself.
struct Child {
  pid_t pid = -1;
  Fd pidfd;
  int exec_error = 0;
};

/// A number from 3 to 9 that a child would find closed, so that a shell can name it (dash takes one
/// digit after `>&`); `otherwise` when it would find all of them open.
int free_for_child(int otherwise);

/// Starts `job`'s command: in a process group of its own if `own_group`, with the inherited mask
/// and dispositions but SIGPIPE at its default, and no descriptor of ours but those of the job.
/// The memory is shared until exec, so this costs the same however large the process is.
/// Fault::system, spawn-failed: no process or descriptor to be had.
Result<Child> spawn(const Job& job, const Inherited& inherited, bool own_group);

}  // namespace gird::sys
