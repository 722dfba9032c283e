// What a run of attempts came to, and the reports made of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exit.hpp"
#include "base/outcome.hpp"
#include "base/time.hpp"

namespace gird {

/// One attempt, as it went and as it was judged.
struct Attempt {
  std::int64_t number = 1;
  Outcome outcome;
  std::string_view verdict;  ///< "success", "retry" or "stop"
  std::string reason;
  std::optional<Duration> wait;  ///< before the next attempt
};

/// The whole run.
struct Story {
  std::string tool;  ///< "retry"
  std::string run;
  std::vector<std::string> argv;
  Time started;
  Duration took{};
  std::vector<Attempt> attempts;  ///< the first ones and the last, when there are very many
  std::int64_t attempt_count = 0;
  std::string_view result;  ///< "succeeded", "exhausted", "stopped", "deadline", "interrupted"
  Exit exit;

  /// It failed, was tried again, and succeeded.
  [[nodiscard]] bool flaky() const;
};

/// Attempts kept in a Story, so that a run without end takes bounded memory.
inline constexpr std::size_t most_attempts_kept = 1000;

/// gird-events(5), "retry report": one JSON object, broken over lines.
std::string as_json(const Story& story);

/// A JUnit test suite of one case; attempts that failed before a success are `flakyFailure`, those
/// before the last failure `rerunFailure`, as Maven Surefire writes them.
std::string as_junit(const Story& story);

/// One workflow command for standard error: a warning for a flaky run, an error for a failed one;
/// empty for a plain success.
std::string as_github_annotation(const Story& story);

/// A Markdown table for $GITHUB_STEP_SUMMARY.
std::string as_github_summary(const Story& story);

}  // namespace gird
