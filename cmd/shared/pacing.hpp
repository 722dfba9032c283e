// The options that make a schedule of waits.
#pragma once

#include "cli/rows.hpp"
#include "policy/backoff.hpp"

namespace gird {

struct Pacing {
  policy::Backoff backoff;
  std::optional<Duration> delay;
  std::optional<double> factor;
  std::optional<Duration> max_delay;
  std::optional<policy::Jitter> jitter;
  std::optional<std::int64_t> seed;
};

cli::Rows pacing_rows(Pacing& pacing);

/// The schedule that `pacing` describes. Fault::usage, options-contradict or value-number.
Result<policy::Schedule> schedule_of(const Pacing& pacing);

}  // namespace gird
