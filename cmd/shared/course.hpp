// A command, run until it succeeds or there is no use in trying: everything that is settled before
// the first attempt, and the run itself.
#pragma once

#include "policy/retry.hpp"
#include "shared/reporting.hpp"
#include "shared/retry_budget.hpp"
#include "shared/run_scope.hpp"
#include "shared/streams.hpp"
#include "shared/watch.hpp"

namespace gird {

struct Course {
  std::vector<std::string> argv;
  RunScope scope;
  policy::RetryPolicy retry;
  policy::Rules rules;
  WatchFor watch_for;
  StreamPlan streams;
  std::optional<Duration> timeout;   ///< of one attempt
  std::optional<Duration> deadline;  ///< of everything, counted from the start
  Duration kill_after = std::chrono::seconds(5);
  std::optional<BudgetChoice> budget;  ///< shared with other processes
  std::string store;                   ///< where, as store::open has it
  std::uint64_t seed = 0;
  bool fuse = true;  ///< a command that is a guard of ours runs in this process
  std::optional<std::string> on_retry_sh;
  std::optional<std::string> then_sh;
  bool quiet = false;  ///< not even the line that says it gave up
  bool shown = false;  ///< a line per retry
  /// Asked for by -v; on a terminal alone, a signal needs no words.
  bool verbose = false;
};

/// Runs it and writes the reports. `watch` was made of `course.watch_for`. The exit status, after
/// messages and events have been told. Where the store of the budget fails, it goes on without.
/// Fault::system: gird itself could not go on; Fault::usage, value-store.
Result<Exit> run_course(const Course& course, Watch& watch, Reports& reports, World& world);

/// The schedule and the rules in words (--explain).
std::string explained(const Course& course);

}  // namespace gird
