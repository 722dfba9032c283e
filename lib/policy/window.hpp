// Over what a failure rate is taken: the last calls, or the last span of time.
#pragma once

#include <string>
#include <string_view>

#include "base/duration.hpp"
#include "policy/breaker.hpp"

namespace gird::policy {

/// One of the two is not 0.
struct Window {
  std::int64_t calls = 20;  ///< 1 to Breaker::most_calls
  Duration time{};          ///< at most longest_memory
  friend bool operator==(const Window&, const Window&) = default;
};

/// The longest span a breaker or a limiter is asked to remember.
inline constexpr Duration longest_memory = std::chrono::days(366);

/// Reads a number of calls, "20", or a span with its unit, "60s". Fault::usage, value-window.
Result<void> from_text(std::string_view text, Window& window);
std::string to_text(const Window& window);

}  // namespace gird::policy
