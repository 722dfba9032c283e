// Reading windows.
#include "policy/window.hpp"

#include "base/number.hpp"
#include "base/utf8.hpp"

namespace gird::policy {

Result<void> from_text(std::string_view text, Window& window) {
  const auto wrong = [&](std::string why) {
    return misuse("value-window", "'" + printable(text) + "'", std::move(why),
                  {"write 20 for the last 20 calls, or 60s"});
  };
  const bool whole = text.find_first_not_of("0123456789") == text.npos;
  if (whole) {
    const auto calls = parse_integer(text, 1, Breaker::most_calls);
    if (!calls) return wrong("a number of calls " + calls.error().why);
    window = {*calls, {}};
    return {};
  }
  const auto time = parse_duration(text);
  if (!time) return wrong("neither a number of calls nor a span of time");
  if (*time <= Duration::zero() || *time > longest_memory) {
    return wrong("a span must be more than nothing and at most 366 days");
  }
  window = {0, *time};
  return {};
}

std::string to_text(const Window& window) {
  return window.calls != 0 ? std::to_string(window.calls) : gird::to_text(window.time);
}

}  // namespace gird::policy
