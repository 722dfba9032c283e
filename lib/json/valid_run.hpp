// The fast path: how far a text is valid JSON.
#pragma once

#include <cstddef>
#include <string_view>

#include "json/place.hpp"

namespace gird::json {

/// Goes forward from `place` over whole tokens and blanks that RFC 8259 allows there, and stops at
/// the start of the first that it does not allow, that is no valid UTF-8, or that `window` cuts off
/// (a number that touches the end of a window counts as cut off, unless `last`). Returns how many
/// bytes were passed, and moves `place` with them. Stops too when a bracket would open level
/// `most_depth` + 1, and after a value at depth 0 (`Expected::nothing`; blanks behind it are not
/// passed) and, where `stop_at_elements`, right behind each value at depth 1 of an array.
std::size_t valid_run(Place& place, std::string_view window, bool last, std::size_t most_depth,
                      bool stop_at_elements);

}  // namespace gird::json
