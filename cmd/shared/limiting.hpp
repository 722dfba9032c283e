// A command behind a limit of the rate or of calls at once: what is settled before the limiter is
// asked, and the run itself.
#pragma once

#include "policy/outcome_set.hpp"
#include "shared/limiter_gate.hpp"
#include "shared/reporting.hpp"
#include "shared/store_trouble.hpp"

namespace gird {

struct LimitPlan {
  Limits limits;
  CallPlan call;
  policy::OutcomeSet throttled;  ///< outcomes that say "too fast"
  std::optional<Duration> timeout;
  Duration wait{};  ///< for the limiter, instead of being refused
  OnStoreError on_store_error = OnStoreError::run;
  bool quiet = false;  ///< not even the line of a refusal
  bool shown = false;  ///< also what is no failure
};

/// Asks, waits, runs, and writes the reports. The exit status, after messages and events have been
/// told. Fault::system: gird itself could not go on.
Result<Exit> run_limited(const LimitPlan& plan, Watch& watch, Reports& reports,
                         const OpenedStore& store, World& world);

}  // namespace gird
