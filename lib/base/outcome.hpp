// What came of running a command once, as every policy sees it.
#pragma once

#include <string>

#include "base/duration.hpp"
#include "base/exit.hpp"

namespace gird {

/// The end of one run of a command.
struct Outcome {
  enum class End {
    exited,        ///< by itself; `code` is its status, 0 to 255
    signalled,     ///< killed; `code` is the signal
    timed_out,     ///< its own time limit passed and it was killed
    overdue,       ///< the deadline for everything passed and it was killed
    not_found,     ///< exec said ENOENT
    not_runnable,  ///< exec said anything else; `code` is the errno
  };

  End end = End::exited;
  int code = 0;
  Duration took{};

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// The exit status that stands for `outcome`: the command's own, 128 + N, 124, 126 or 127.
Exit exit_of(const Outcome& outcome);

/// "exit 7", "SIGSEGV", "timeout", "deadline", "not found", "not executable".
std::string to_text(const Outcome& outcome);

}  // namespace gird
