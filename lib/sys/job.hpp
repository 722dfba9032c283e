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
#include "sys/ticker.hpp"

namespace gird::sys {

class Search;

/// A guard that runs in this process and whose command is the guard that asks for a job. At its
/// `limit` the job is ended as if that guard had got a TERM from outside, and gets KILL after
/// `kill_after`, if not before.
struct Around {
  std::optional<Instant> limit;
  Duration kill_after;
};

/// A command to be run. The vectors, pumps and the ticker are the caller's and must outlive the
/// run.
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
  /// What has to be done now and then while it runs, or null. It has nothing to do with its
  /// streams.
  Ticker* ticker = nullptr;
  std::optional<Duration> timeout;
  std::optional<Instant> deadline;
  /// How long after TERM the whole tree gets KILL.
  Duration kill_after = std::chrono::seconds(5);
  /// Whether a command that is gird itself may be run inside this process.
  bool fuse = true;
  /// The guards around, the nearest first.
  std::span<const Around> around;
  /// The way to argv[0] as far as it was looked for already; null when it was not.
  Search* search = nullptr;
};

/// The end of a job. `interrupted` is the terminating signal (INT, TERM, HUP, QUIT) that reached
/// this process meanwhile and was passed on: there is to be no further attempt.
struct Ended {
  Outcome outcome;
  std::optional<int> interrupted = {};
  std::size_t survivors = 0;  ///< processes that even KILL did not end in time (state D)
  std::size_t stopped = 0;  ///< the limits of so many of the guards around came, the nearest first
};

}  // namespace gird::sys
