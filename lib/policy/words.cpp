// Names of modes, events and causes.
#include "policy/words.hpp"

#include <cmath>

namespace gird::policy {
namespace {

std::string percent(double share) { return std::to_string(std::llround(share * 100)) + "%"; }

std::string count_of(double value, std::string_view thing) {
  const auto count = std::llround(value);
  return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

}  // namespace

std::string_view name_of(Breaker::Mode mode) {
  using enum Breaker::Mode;
  switch (mode) {
    case closed: return "closed";
    case open: return "open";
    case half_open: return "half-open";
    case held_open: return "held-open";
    case held_closed: return "held-closed";
    case disabled: return "disabled";
    case metrics_only: return "metrics-only";
  }
  return {};
}

std::string_view name_of(Event event) {
  using enum Event;
  switch (event) {
    case none: return "none";
    case opened: return "opened";
    case half_opened: return "half-opened";
    case closed: return "closed";
    case refused: return "refused";
    case held_open: return "held-open";
    case held_closed: return "held-closed";
    case disabled: return "disabled";
    case metrics_only: return "metrics-only";
    case released: return "released";
    case vanished: return "vanished";
    case ramped: return "ramped";
    case rate_changed: return "rate-changed";
    case exhausted: return "exhausted";
    case late: return "late";
  }
  return {};
}

std::string_view name_of(Cause cause) {
  using enum Cause;
  switch (cause) {
    case none: return "none";
    case failures_in_row: return "failures-in-row";
    case failure_rate: return "failure-rate";
    case slow_rate: return "slow-rate";
    case abnormal: return "abnormal";
    case probe_failed: return "probe-failed";
    case probes_succeeded: return "probes-succeeded";
    case time: return "time";
    case administrator: return "administrator";
    case open: return "open";
    case probing: return "probing";
    case ramp: return "ramp";
    case rate: return "rate";
    case concurrency: return "concurrency";
    case budget: return "budget";
  }
  return {};
}

std::string in_words(Cause cause, double value) {
  using enum Cause;
  switch (cause) {
    case none: return {};
    case failures_in_row: return count_of(value, "failure") + " in a row";
    case failure_rate: return percent(value) + " of calls failed";
    case slow_rate: return percent(value) + " of calls were slow";
    case abnormal:
      if (value < 1) return "away from what is usual";
      return std::to_string(std::llround(value)) + " of the last " +
             std::to_string(Baseline::judged) + " blocks of calls were away from what is usual";
    case probe_failed: return "a probe failed";
    case probes_succeeded: return "probes succeeded";
    case time: return "the open time is over";
    case administrator: return "set by hand";
    case open: return "it is open";
    case probing: return "probes are under way";
    case ramp: return "only a share is let through after closing";
    case rate: return "the rate is used up";
    case concurrency: return "too many at once";
    case budget: return "the budget is used up";
  }
  return {};
}

}  // namespace gird::policy
