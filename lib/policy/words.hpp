// What machines tell, in the words of events, reports and messages.
#pragma once

#include <string>
#include <string_view>

#include "policy/breaker.hpp"

namespace gird::policy {

/// "closed", "half-open", "held-open", ...: `state` in JSON.
std::string_view name_of(Breaker::Mode mode);

/// "opened", "half-opened", "rate-changed", ...; "none" for nothing.
std::string_view name_of(Event event);

/// "failures-in-row", "failure-rate", ...; "none" for nothing.
std::string_view name_of(Cause cause);

/// For people: "5 failures in a row", "60% of calls failed"; empty for nothing.
/// `value` is the number that goes with the cause (see Cause).
std::string in_words(Cause cause, double value);

}  // namespace gird::policy
