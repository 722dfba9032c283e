// What a limiter knows, for reports and for people.
#pragma once

#include <string>

#include "base/json.hpp"
#include "policy/limiter.hpp"

namespace gird {

/// Adds "limited", "limit", "remaining", "retry_after_s", "reset_s", and "rate", "at_once" and
/// "queue". `retry_after_s` is null where nobody knows.
JsonObject& add_limit(JsonObject& object, const policy::Limiter::Answer& answer);

/// The same, a line for each.
std::string limit_as_text(const policy::Limiter::Answer& answer);

}  // namespace gird
