// What a run of attempts came to, and the reports made of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exit.hpp"
#include "base/json.hpp"
#include "base/outcome.hpp"
#include "base/time.hpp"

namespace gird {

/// One attempt, as it went and as it was judged.
struct Attempt {
  std::int64_t number = 1;
  Outcome outcome;
  /// Of a retry "success", "retry" or "stop"; of another guard "success", "failure" or "ignored".
  std::string_view verdict;
  std::string reason;
  std::optional<Duration> wait;  ///< before the next attempt
};

/// The whole run.
struct Story {
  std::string tool;  ///< "retry"
  std::string name;  ///< of the shared state; empty where there is none
  std::string run;
  std::vector<std::string> argv;
  Time started;
  Duration took{};
  std::vector<Attempt> attempts;  ///< the first ones and the last, when there are very many
  std::int64_t attempt_count = 0;
  /// "succeeded", "exhausted", "stopped", "deadline", "interrupted", "failed"; of a guard also
  /// "command-failed", "refused", "fell-back".
  std::string_view result;
  Exit exit;
  std::string refusal = {};  ///< why the command was not run; empty where it was
  /// What the guard itself knows, as an object under `facts_key`; no key, no object.
  std::string_view facts_key = {};
  JsonObject facts = {};

  /// The answer is a good one, if not always the command's own.
  [[nodiscard]] bool passed() const;
  /// It failed, was tried again, and succeeded.
  [[nodiscard]] bool flaky() const;
};

/// Attempts kept in a Story, so that a run without end takes bounded memory.
inline constexpr std::size_t most_attempts_kept = 1000;

/// gird-events(5), "The report": one JSON object, broken over lines.
std::string as_json(const Story& story);

/// A JUnit test suite of one case; attempts that failed before a success are `flakyFailure`, those
/// before the last failure `rerunFailure`, as Maven Surefire writes them. A command that was not
/// run is an `error`.
std::string as_junit(const Story& story);

/// One workflow command for standard error: a warning for a flaky run and for an answer that was
/// not the command's own, an error for a failed one; empty for a plain success.
std::string as_github_annotation(const Story& story);

/// A Markdown table for $GITHUB_STEP_SUMMARY.
std::string as_github_summary(const Story& story);

}  // namespace gird
