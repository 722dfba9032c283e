// Spans of time as people write them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gird {

/// A span of time. Never negative where a command line or a file gave it; at most about 292 years.
using Duration = std::chrono::nanoseconds;

/// Reads "250ms", "1m30s", "1.5h", or a bare number of seconds. Units ns us ms s m h d w, each at
/// most once and in descending order; a fraction is cut at a nanosecond.
/// Fault::usage, code value-duration: unknown unit, sign, blank, "nan", hexadecimal, overflow.
Result<Duration> parse_duration(std::string_view text);

/// The shortest text that `parse_duration` reads back as the same value: "90s" is "1m30s".
std::string to_text(Duration span);

/// For people: three significant digits, "1.23s", "4m10s". Not for machines.
std::string to_words(Duration span);

/// A limit that `none` and `0` switch off, as --timeout has it.
struct Timeout {
  std::optional<Duration> limit;
  friend bool operator==(const Timeout&, const Timeout&) = default;
};

Result<Timeout> parse_timeout(std::string_view text);
std::string to_text(const Timeout& timeout);

}  // namespace gird
