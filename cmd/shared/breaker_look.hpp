// Reading breakers from a store.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "shared/breaker_view.hpp"

namespace gird {

/// Those that there is nothing to be shown of.
struct Blanks {
  std::vector<std::string> missing;  ///< nobody made them, or nobody has written to them yet
  std::vector<std::string> damaged;
  std::vector<std::string> lines;  ///< for people: which cannot be read, why, and what mends it
};

/// Those of `names` that can be read, in their order; for no names all, sorted, and one that cannot
/// be read takes none of the others with it. What the store complains of meanwhile is in `blanks`.
/// Fault::system, store-...: of a name that was given, or of the whole store.
Result<std::vector<BreakerView>> breakers_in(store::Store& store,
                                             std::span<const std::string> names, Blanks& blanks);

}  // namespace gird
