// What gird breaker can do.
#pragma once

#include <string>
#include <vector>

#include "base/exit.hpp"
#include "shared/breaker_metrics.hpp"
#include "store/store.hpp"
#include "sys/world.hpp"

namespace gird {

/// One call of the command.
struct BreakerCall {
  store::Store& store;
  World& world;
  std::vector<std::string> names;  ///< each once; none: all, where that makes sense
  bool json = false;
  bool lines = false;  ///< JSON, one object a line
  bool quiet = false;
  bool verbose = false;
};

// Each of these is `no` when a name was given that no breaker has or that cannot be read, after it
// has done the rest. Without names one that cannot be read is told of and left out.
// Fault::system, store-...

/// A table of the breakers, by name.
Result<Exit> list_breakers(const BreakerCall& call);
/// Everything about each.
Result<Exit> show_breakers(const BreakerCall& call);
/// Why each is as it is.
Result<Exit> explain_breakers(const BreakerCall& call);
/// The journal of each, at most the last `most` entries.
Result<Exit> tell_history(const BreakerCall& call, std::size_t most);
/// Metrics, by name; as JSON all there is to know.
Result<Exit> export_breakers(const BreakerCall& call, Exposition format);
/// Removes those that nobody used for `idle`; their names are printed. `dry_run` only prints.
Result<Exit> collect_breakers(const BreakerCall& call, Duration idle, bool dry_run);
/// Sets every one of them by hand; one that does not exist is made.
Result<Exit> administer_breakers(const BreakerCall& call, policy::Breaker::Ask::What verb);

}  // namespace gird
