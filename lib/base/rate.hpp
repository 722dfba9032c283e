// Rates: how many in how long.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/duration.hpp"

namespace gird {

struct Rate {
  std::int64_t count = 0;
  Duration period{};
  friend bool operator==(const Rate&, const Rate&) = default;
};

/// The most that may be counted in a period.
inline constexpr std::int64_t most_per_period = 1'000'000'000;

/// Reads "N/DURATION" ("100/10s") or N in one "s", "m" (also "min"), "h" or "d": "60/min". N is 1
/// to a billion, the period is a microsecond to 366 days.
/// Fault::usage, value-rate.
Result<void> from_text(std::string_view text, Rate& rate);

/// "60/m", "100/10s": what reads back as the same rate.
std::string to_text(const Rate& rate);

}  // namespace gird
