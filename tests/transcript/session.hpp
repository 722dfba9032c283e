// One bash session that runs the commands of a case.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transcript/document.hpp"

namespace gird::transcript {

/// Where a case is run.
struct Place {
  std::string folder;    ///< empty, the case's own: its HOME and working directory
  std::string programs;  ///< comes first on PATH
  std::chrono::milliseconds limit;
};

/// What a session did as a whole.
struct Ran {
  std::string output;  ///< of all commands, with marks between them; see `printed_by`
  int status = 0;      ///< of the shell itself
  bool late = false;   ///< it did not end in time and was killed
  bool flood = false;  ///< it printed more than any page can hold and was killed
};

/// Runs the steps of `it` in one bash, without a terminal and with nothing on standard input, in an
/// environment that holds nothing of the caller's but PATH's usual folders. On return every
/// process that the case started has ended, those in sessions of their own as well.
/// To be called in a process of its own: it makes the caller a reaper of its descendants.
Ran run_case(const Case& it, const Place& place);

/// What one command did; nothing when the session had ended before it.
struct Printed {
  std::string output;
  int status = 0;
};

/// Takes the output of a session apart: one entry for each command of `it`, in its order.
std::vector<std::optional<Printed>> printed_by(const Case& it, const Ran& ran);

}  // namespace gird::transcript
