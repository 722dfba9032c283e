// Open times, permits and thresholds, for any config there can be.
#include "policy/breaker_rules.hpp"

#include <algorithm>

namespace gird::policy {
namespace {

/// After this long without a word a hold has been lost by the store, not kept by a slow call: a
/// breaker whose permits are taken by nobody would be stuck.
constexpr Micros longest_silence = Micros{24} * 3600 * 1'000'000;

Micros span(Micros wanted) { return std::clamp(wanted, Micros{0}, longest_span); }

/// `value` between the bounds, and the lower one when it is no number.
double between(double low, double value, double high) {
  return value >= low ? std::min(value, high) : low;
}

Micros base_open(const Breaker::Config& config) {
  return std::min(span(config.open_for), longest_open(config));
}

OutcomeWindow::Extent extent(const Breaker::Config& config) {
  constexpr auto most = static_cast<std::int64_t>(OutcomeWindow::most_calls);
  if (config.window_time <= 0) return {std::clamp<std::int64_t>(config.window_calls, 1, most), 0};
  return {0, std::clamp(config.window_time, OutcomeWindow::buckets, longest_span)};
}

double share_of(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::int64_t permits(const Breaker::Config& config) {
  return std::clamp(config.half_open_permits, std::int64_t{1}, most_held);
}

std::int64_t kept_for_probes(const Breaker::Config& config) {
  // Half at most: closed calls that vanish are to be seen too.
  return std::min(permits(config), most_held / 2);
}

std::int64_t least_calls(const Breaker::Config& config) {
  const auto window = extent(config);
  const std::int64_t fitting = window.time > 0 ? INT64_MAX : window.calls;
  return std::clamp(config.min_calls, std::int64_t{1}, fitting);
}

Micros ramp_step(const Breaker::Config& config) { return base_open(config) / 3; }

Micros longest_open(const Breaker::Config& config) { return span(config.open_max); }

Micros next_open_time(const Breaker::State& state, const Breaker::Config& config, Micros now) {
  const bool stable = state.mode == Breaker::Mode::closed && now - state.since >= state.open_for;
  if (stable) return base_open(config);
  return std::clamp(state.open_for, base_open(config), longest_open(config));
}

Micros longer(const Breaker::Config& config, Micros open_for) {
  const auto most = static_cast<double>(longest_open(config));
  const double factor = between(1, config.open_factor, 1e6);
  const double grown = static_cast<double>(open_for) * factor;
  return std::max(static_cast<Micros>(std::min(grown, most)), base_open(config));
}

Micros jittered(const Breaker::Config& config, Micros open_for, double chance) {
  const double jitter = between(0, config.open_jitter, 1);
  const double swing = jitter * (2.0 * between(0, chance, 1) - 1.0);
  const double wait = static_cast<double>(open_for) * (1.0 + swing);
  return std::min(static_cast<Micros>(wait), longest_open(config));
}

Finding find_fault(const Breaker::State& state, const Breaker::Config& config, Micros now) {
  if (config.failure_threshold > 0 && state.failures >= config.failure_threshold) {
    return {Cause::failures_in_row, static_cast<double>(state.failures)};
  }
  const auto counts = state.window.counts(now);
  if (counts.calls < least_calls(config)) return {};
  const double failed = share_of(counts.failed, counts.calls);
  if (config.failure_rate > 0 && failed >= config.failure_rate)
    return {Cause::failure_rate, failed};
  const double slow = share_of(counts.slow, counts.calls);
  const bool slow_counts = config.slow_call > 0 && config.slow_rate > 0;
  if (slow_counts && slow >= config.slow_rate) return {Cause::slow_rate, slow};
  return {};
}

void forget_probes(Breaker::State& state) {
  state.probes = 0;
  state.probe_tickets = {};
}

void settle(Breaker::State& state, const Breaker::Config& config, Micros now) {
  if (state.epoch == 0 && state.since == 0) state.since = now;  // nobody has used it yet
  if (state.since > now) {
    const Micros back = state.since - now;
    state.since = now;
    state.open_until = std::max(state.open_until - back, Micros{0});
  }
  state.open_until = std::min(state.open_until, state.since + longest_open(config));
  state.heard = std::min(state.heard, now);
  if (now - state.heard >= longest_silence) {
    state.held = 0;
    forget_probes(state);
  }
  state.window.fit(extent(config));
}

}  // namespace gird::policy
