// A command behind a circuit breaker: everything that is settled before the breaker is asked, and
// the run itself.
#pragma once

#include "base/rate.hpp"
#include "policy/breaker.hpp"
#include "policy/counting.hpp"
#include "shared/call.hpp"
#include "shared/reporting.hpp"
#include "shared/store_trouble.hpp"

namespace gird {

struct BreakerPlan {
  std::string name;
  policy::Breaker::Config config;
  std::optional<Rate> rate;  ///< --max-rate
  policy::Counting counting;
  CallPlan call;
  std::optional<Duration> timeout;
  std::optional<Timeout> probe_timeout;  ///< of calls that try out a half-open breaker
  std::optional<Duration> wait;          ///< for the breaker, instead of being refused
  std::optional<std::string> probe_sh;
  std::optional<std::string> fallback_sh;
  std::optional<std::string> on_open_sh;
  std::optional<std::string> on_close_sh;
  std::string store;  ///< the address, as it was typed
  OnStoreError on_store_error = OnStoreError::run;
  Exit refusal = refused;
  bool quiet = false;  ///< not even the line of a refusal
  bool shown = false;  ///< also what is no failure
};

/// Asks, runs, notes, and writes the reports. `watch` was made of the plan's packs. The exit
/// status, after messages and events have been told. Fault::system: gird itself could not go on.
Result<Exit> run_breaking(const BreakerPlan& plan, Watch& watch, Reports& reports,
                          const OpenedStore& store, World& world);

}  // namespace gird
