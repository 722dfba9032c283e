// Breakers in words.
#pragma once

#include <string>
#include <vector>

#include "shared/breaker_view.hpp"

namespace gird {

/// Everything that is known of one, a line for each fact.
std::string described(const BreakerView& view);

/// Why it is in its state, what that means for a call now, what would change it by itself, and
/// what by hand. Sentences.
std::vector<std::string> explained(const BreakerView& view);

/// A line for each entry of the journal, the oldest first.
std::string history_of(const BreakerView& view);

}  // namespace gird
