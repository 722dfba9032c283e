// Reading breakers from a store.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "shared/breaker_view.hpp"

namespace gird {

/// Those of `names` that exist, in their order; for no names all, sorted. `missing`, where given,
/// gets the names of the others. Fault::system, store-...
Result<std::vector<BreakerView>> breakers_in(store::Store& store,
                                             std::span<const std::string> names,
                                             std::vector<std::string>* missing = nullptr);

}  // namespace gird
