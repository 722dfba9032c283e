// Deciding on the next attempt.
#include "policy/retry.hpp"

#include <algorithm>

namespace gird::policy {
namespace {

Duration wanted_wait(const RetryPolicy& policy, const Progress& progress, const AttemptEnd& end) {
  if (end.pushback) return std::min(*end.pushback, policy.longest_pushback);
  const std::int64_t step = std::max<std::int64_t>(progress.failures, 1);
  return wait_after(policy.schedule, step, progress.previous, end.chance);
}

/// What the last attempt before a deadline should have: as long as this one took, and a little
/// more.
Duration room_for(const AttemptEnd& end) {
  return end.took + std::max<Duration>(end.took / 4, std::chrono::milliseconds(50));
}

}  // namespace

Step next_step(const RetryPolicy& policy, Progress& progress, const AttemptEnd& end) {
  const bool success = end.verdict == Verdict::What::success;
  progress.successes = success ? progress.successes + 1 : 0;
  progress.failures = success ? 0 : progress.failures + 1;
  if (success && progress.successes >= policy.until_success) return {Step::What::succeeded};
  if (end.verdict == Verdict::What::stop) return {Step::What::stopped};
  if (policy.attempts > 0 && progress.attempt >= policy.attempts) return {Step::What::exhausted};
  if (progress.last || (end.left && *end.left <= Duration::zero())) return {Step::What::no_time};
  Duration wait = wanted_wait(policy, progress, end);
  if (success) progress.previous = Duration::zero();
  // Earlier than the command allows would be no use.
  if (end.pushback && end.left && wait >= *end.left) return {Step::What::no_time};
  if (!end.pushback && end.left && wait + room_for(end) > *end.left) {
    wait = std::max(*end.left - room_for(end), Duration::zero());
    progress.last = true;
  }
  if (!success) progress.previous = wait;
  return {Step::What::again, wait};
}

}  // namespace gird::policy
