// The course of a retried command, one step at a time.
#pragma once

#include <cstdint>
#include <optional>

#include "policy/backoff.hpp"
#include "policy/verdict.hpp"

namespace gird::policy {

/// How often, and how many successes in a row are wanted.
struct RetryPolicy {
  std::int64_t attempts = 3;       ///< at most; 0: no limit
  std::int64_t until_success = 1;  ///< consecutive successes
  Schedule schedule;
  /// The longest wait that the command itself may ask for.
  Duration longest_pushback = std::chrono::hours(1);
};

/// What has happened so far.
struct Progress {
  std::int64_t attempt = 0;    ///< number of the last attempt
  std::int64_t successes = 0;  ///< in a row, up to now
  std::int64_t failures = 0;   ///< in a row, up to now
  Duration previous{};         ///< the last wait
  bool last = false;           ///< the deadline leaves no room for an attempt after the next one
};

/// What is known when an attempt has ended.
struct AttemptEnd {
  Verdict::What verdict = Verdict::What::stop;
  Duration took{};
  std::optional<Duration> pushback = {};  ///< the wait the command asked for
  std::optional<Duration> left = {};      ///< until the deadline
  double chance = 0;                      ///< uniform in [0, 1)
};

/// What to do next.
struct Step {
  enum class What {
    again,      ///< after `wait`
    succeeded,  ///< as often as was wanted
    exhausted,  ///< no attempts left
    stopped,    ///< a rule says that it would be no use
    no_time,    ///< the deadline leaves no room
    no_budget,  ///< the budget that is shared with others is used up: not decided here
  } what = What::stopped;
  Duration wait{};
};

/// Decides after each attempt, and keeps the count. A success that is not the last one wanted is
/// followed by the schedule's first wait. A wait after which an attempt would pass the deadline is
/// cut so that one more attempt of the same length still fits before it; after that attempt there
/// is none. A wait that the command asked for is not cut: where it does not fit, there is no time.
Step next_step(const RetryPolicy& policy, Progress& progress, const AttemptEnd& end);

}  // namespace gird::policy
