// What a breaker's config and clock mean: open times, permits, when it is time to open.
#pragma once

#include "policy/breaker.hpp"

namespace gird::policy {

/// The longest span that is understood, 35 years, so that no sum of times passes 2^53.
constexpr Micros longest_span = Micros{1} << 50;
constexpr auto most_held = static_cast<std::int64_t>(Breaker::most_holders);

/// Probes at once.
std::int64_t permits(const Breaker::Config& config);
/// Holds that closed calls leave to probes.
std::int64_t kept_for_probes(const Breaker::Config& config);
/// Calls in the window from which its rates count.
std::int64_t least_calls(const Breaker::Config& config);
Micros ramp_step(const Breaker::Config& config);
/// The most that any open time may be.
Micros longest_open(const Breaker::Config& config);

/// The open time of a breaker that opens, other than by a failed probe: the last one again; the
/// base when it was closed for at least as long.
Micros next_open_time(const Breaker::State& state, const Breaker::Config& config, Micros now);
/// The open time after a probe that failed when it was `open_for`.
Micros longer(const Breaker::Config& config, Micros open_for);
/// `open_for` with the jitter that `chance` makes, at most the longest.
Micros jittered(const Breaker::Config& config, Micros open_for, double chance);

struct Finding {
  Cause cause = Cause::none;
  double value = 0;
};
/// Which rule of a closed breaker its calls break, the first of: failures in a row, failure rate,
/// rate of slow calls.
Finding find_fault(const Breaker::State& state, const Breaker::Config& config, Micros now);

void forget_probes(Breaker::State& state);

/// Makes the state fit `config` and a clock that may have gone back: a wait is at most as long as
/// it was, a window is of what the config says, holds that nothing was heard of for a day are gone.
void settle(Breaker::State& state, const Breaker::Config& config, Micros now);

}  // namespace gird::policy
