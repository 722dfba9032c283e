// Reading and writing spans of time.
#include "base/duration.hpp"

#include <array>
#include <cstdint>
#include <limits>

#include "base/number.hpp"

namespace gird {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

constexpr std::array<Unit, 8> units{{{"w", 604'800'000'000'000},
                                     {"d", 86'400'000'000'000},
                                     {"h", 3'600'000'000'000},
                                     {"m", 60'000'000'000},
                                     {"s", 1'000'000'000},
                                     {"ms", 1'000'000},
                                     {"us", 1'000},
                                     {"ns", 1}}};

constexpr std::size_t seconds = 4;

/// How many decimal places of `unit` a nanosecond is; 0 where it is no power of ten.
int fraction_digits(const Unit& unit) {
  return unit.name == "s" ? 9 : unit.name == "ms" ? 6 : unit.name == "us" ? 3 : 0;
}

std::unexpected<Error> wrong(std::string_view text, std::string why) {
  return misuse("value-duration", "'" + std::string(text) + "'", std::move(why),
                {"write it as 250ms, 5s, 1m30s or 1.5h"});
}

std::optional<std::size_t> unit_named(std::string_view name) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].name == name) return i;
  }
  return std::nullopt;
}

/// `span` to the nearest multiple of `unit`; down where up would be more than there is, which
/// std::chrono::round does not look at.
Duration rounded(Duration span, Duration unit) {
  const Duration rest = span % unit;
  const bool up = rest >= unit - rest && span - rest <= Duration::max() - unit;
  return span - rest + (up ? unit : Duration::zero());
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  if (text.empty()) return wrong(text, "empty duration");
  std::int64_t total = 0;
  std::size_t next = 0;  // the first unit that may still come
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t digits = rest.find_first_not_of("0123456789.");
    const std::string_view number = rest.substr(0, digits);
    rest.remove_prefix(number.size());
    const std::string_view name =
        rest.substr(0, std::min(rest.find_first_of("0123456789."), rest.size()));
    rest.remove_prefix(name.size());
    if (number.empty()) {
      if (text.starts_with('-')) return wrong(text, "a duration cannot be negative");
      return wrong(text, "not a duration");
    }
    const bool bare = name.empty();
    if (bare && number.size() != text.size()) return wrong(text, "the last number has no unit");
    const auto unit = bare ? std::optional(seconds) : unit_named(name);
    if (!unit) {
      return wrong(text, "unknown unit '" + std::string(name) + "' (ns us ms s m h d w)");
    }
    if (*unit < next) return wrong(text, "units must descend, each at most once");
    next = *unit + 1;
    const auto part = scaled_decimal(number, units[*unit].nanoseconds);
    if (!part) return wrong(text, "not a duration");
    // The most there is also stands for everything above it.
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (*part == most || *part > most - total) {
      return wrong(text, "longer than 292 years");
    }
    total += *part;
  }
  return Duration(total);
}

std::string to_text(Duration span) {
  std::int64_t left = span.count();
  if (left == 0) return "0s";
  std::string text;
  for (const Unit& unit : units) {
    // Weeks are read but not written: "14d" is what people expect to see.
    if (unit.name == "w" || left < unit.nanoseconds) continue;
    if (const int places = fraction_digits(unit); places > 0) {
      // What is left is one number: "1.5s" and not "1s500ms".
      return text.append(decimal_text(left, places)).append(unit.name);
    }
    text += std::to_string(left / unit.nanoseconds);
    text += unit.name;
    left %= unit.nanoseconds;
  }
  return text;
}

std::string to_words(Duration span) {
  using namespace std::chrono_literals;
  if (span >= 1h) return to_text(rounded(span, 1min));
  if (span >= 1min) return to_text(rounded(span, 1s));
  if (span >= 10s) return to_text(rounded(span, 100ms));
  if (span >= 1s) return to_text(rounded(span, 10ms));
  if (span >= 1ms) return to_text(rounded(span, 1ms));
  return to_text(rounded(span, 1us));
}

Result<Timeout> parse_timeout(std::string_view text) {
  if (text == "none") return Timeout{};
  const Duration limit = TRY(parse_duration(text));
  if (limit == Duration::zero()) return Timeout{};
  return Timeout{limit};
}

std::string to_text(const Timeout& timeout) {
  return timeout.limit ? to_text(*timeout.limit) : "none";
}

}  // namespace gird
