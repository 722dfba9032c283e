// Many processes with one breaker: what they do, and whether it was right.
#pragma once

#include "history/breaker_rules.hpp"
#include "history/trial.hpp"

namespace gird::history {

struct BreakerVerdict : Verdict {
  BreakerRules::Totals totals;
};

/// A Trial of a breaker that opens soon and for a moment only.
BreakerVerdict try_breaker(const CrowdSize& size);

}  // namespace gird::history
