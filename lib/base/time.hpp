// Points in time: one clock for spans inside a process, one for what people and other hosts read.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.hpp"

namespace gird {

/// CLOCK_MONOTONIC; only differences mean anything, and only inside one process.
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;

/// Nanoseconds since 1970-01-01T00:00:00Z, by the wall clock.
using Time = std::chrono::sys_time<Duration>;

/// RFC 3339 in UTC with milliseconds: "2026-11-20T08:15:30.250Z".
std::string to_text(Time time);

/// Reads what `to_text(Time)` writes, with any number of fraction digits; nothing when it is not
/// that. Years 1970 to 2261.
std::optional<Time> parse_time(std::string_view text);

}  // namespace gird
