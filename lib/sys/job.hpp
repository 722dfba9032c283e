// One run of a child process: what is asked for, and what came of it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/outcome.hpp"
#include "base/time.hpp"
#include "sys/pump.hpp"

namespace gird::sys {

/// A command to be run. The vectors and pumps are the caller's and must outlive the run.
struct Job {
  std::span<const std::string> argv;
  /// Variables added to (or replacing those of) the environment.
  std::span<const std::pair<std::string, std::string>> variables;
  int in = 0;  ///< the descriptors that become its 0, 1 and 2
  int out = 1;
  int err = 2;
  /// A further descriptor for the child, or -1, and the number under which it finds it.
  int extra = -1;
  int extra_as = -1;
  /// What has to be moved while it runs (replayed input, watched output).
  std::span<Pump* const> pumps;
  std::optional<Duration> timeout;
  std::optional<Instant> deadline;
  /// How long after TERM the whole tree gets KILL.
  Duration kill_after = std::chrono::seconds(5);
};

/// The end of a job. `interrupted` is the terminating signal (INT, TERM, HUP, QUIT) that reached
/// this process meanwhile and was passed on: there is to be no further attempt.
struct Ended {
  Outcome outcome;
  std::optional<int> interrupted;
  std::size_t survivors = 0;  ///< processes that even KILL did not end in time (state D)
};

}  // namespace gird::sys
