// Many processes with one limiter: what they do, and whether it was right.
#pragma once

#include "history/limiter_rules.hpp"
#include "history/trial.hpp"

namespace gird::history {

struct LimiterVerdict : Verdict {
  LimiterRules::Totals totals;
};

/// Trials of a limiter whose callers ask for more than they get: a token bucket of 20,000 a second
/// and a burst of 50; a window of 200 in 10 ms; four calls at once, the others in a queue.
LimiterVerdict try_bucket(const CrowdSize& size);
LimiterVerdict try_window(const CrowdSize& size);
LimiterVerdict try_places(const CrowdSize& size);

}  // namespace gird::history
