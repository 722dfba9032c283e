// The order of the rules about outcomes.
#include "policy/verdict.hpp"

#include <csignal>

#include "base/signal_name.hpp"

namespace gird::policy {
namespace {

using What = Verdict::What;

bool succeeded(const Rules& rules, const Outcome& outcome) {
  if (rules.success_on) return rules.success_on->holds(outcome);
  return outcome.end == Outcome::End::exited && outcome.code == 0;
}

bool could_not_start(const Outcome& outcome) {
  return outcome.end == Outcome::End::not_found || outcome.end == Outcome::End::not_runnable ||
         (outcome.end == Outcome::End::exited && (outcome.code == 126 || outcome.code == 127));
}

/// A failure, by the rules that are about failures.
Verdict judge_failure(const Rules& rules, const Outcome& outcome, const Seen& seen) {
  const std::string was = to_text(outcome);
  if (seen.forbidden) return {What::stop, "the command said permanent"};
  if (!seen.stop_pattern.empty()) return {What::stop, "output matches '" + seen.stop_pattern + "'"};
  if (rules.stop_on && rules.stop_on->holds(outcome)) return {What::stop, was + " is in --stop-on"};
  if (!seen.retry_pattern.empty())
    return {What::retry, "output matches '" + seen.retry_pattern + "'"};
  if (rules.retry_on && rules.retry_on->holds(outcome))
    return {What::retry, was + " is in --retry-on"};
  const bool chosen = rules.retry_on || rules.retry_patterns;
  if (seen.pack_rule != nullptr && (!chosen || rules.named_packs)) {
    std::string reason = std::string(seen.pack) + ": " + std::string(seen.pack_rule->reason);
    return {seen.pack_rule->nature == Nature::transient ? What::retry : What::stop, reason};
  }
  if (chosen) {
    return {What::stop, rules.retry_on ? was + " is not in --retry-on" : "no pattern matches"};
  }
  if (could_not_start(outcome)) return {What::stop, "the command could not be started"};
  if (outcome.end == Outcome::End::signalled && outcome.code == SIGPIPE) {
    return {What::stop, "nobody reads its output"};
  }
  return {What::retry, "a failure"};
}

/// With --invert a failure is what was waited for, unless it is one that tells nothing.
Verdict judge_inverted(const Rules& rules, const Outcome& outcome, const Seen& seen, bool success) {
  if (seen.forbidden) return {What::stop, "the command said permanent"};
  if (!seen.stop_pattern.empty()) return {What::stop, "output matches '" + seen.stop_pattern + "'"};
  if (rules.stop_on && rules.stop_on->holds(outcome)) {
    return {What::stop, to_text(outcome) + " is in --stop-on"};
  }
  if (!seen.retry_pattern.empty())
    return {What::retry, "output matches '" + seen.retry_pattern + "'"};
  if (rules.retry_on && rules.retry_on->holds(outcome)) {
    return {What::retry, to_text(outcome) + " is in --retry-on"};
  }
  if (success) return {What::retry, "not failed yet"};
  if (could_not_start(outcome)) return {What::stop, "the command could not be started"};
  return {What::success, ""};
}

}  // namespace

Verdict judge(const Rules& rules, const Outcome& outcome, const Seen& seen) {
  if (outcome.end == Outcome::End::overdue) return {What::stop, "the deadline passed"};
  const bool success = succeeded(rules, outcome);
  // A pattern speaks of the output whatever the status: `--retry-if-stdout pending` polls.
  const bool pending = !seen.retry_pattern.empty() && seen.stop_pattern.empty();
  if (!rules.invert && success && !pending) return {What::success, ""};
  if (seen.interrupted) return {What::stop, "interrupted by " + signal_name(*seen.interrupted)};
  if (rules.invert) return judge_inverted(rules, outcome, seen, success);
  return judge_failure(rules, outcome, seen);
}

}  // namespace gird::policy
