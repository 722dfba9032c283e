// The line that tells a refusal: whose, why, since when, until when, and how to override it.
#pragma once

#include <string>
#include <string_view>

#include "policy/breaker.hpp"
#include "policy/limiter.hpp"

namespace gird {

/// "api is open: 5 failures in a row, for 12s; next try in 48s".
/// `config` as it was asked with.
std::string refusal_text(std::string_view name, const policy::Breaker::Config& config,
                         const policy::Breaker::Answer& answer);

/// "waiting for api: open, next try in 48s (at most 2m)".
std::string waiting_text(std::string_view name, const policy::Breaker::Answer& answer,
                         Duration patience);

/// The command that overrides it: "gird breaker reset api"; `store` as --store had it, or empty.
std::string override_command(std::string_view name, std::string_view store, policy::Cause cause);

/// "api is over its rate of 60/m; next try in 3s", "api has 5 calls under way, and no room for
/// more"; for somebody who would have queued "api has 97 calls waiting already, and no more can
/// queue".
std::string refusal_text(std::string_view name, const policy::Limiter::Config& config,
                         const policy::Limiter::Answer& answer, bool would_queue);

/// "waiting for api: over its rate of 60/m, starts in 3s"; "waiting for api: 5 calls under way, 2
/// waiting before it (at most 1m)".
std::string waiting_text(std::string_view name, const policy::Limiter::Config& config,
                         const policy::Limiter::Answer& answer, Duration patience);

}  // namespace gird
