// Reading and writing decimal numbers.
#include "base/number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace gird {

std::optional<std::int64_t> scaled_decimal(std::string_view text, std::int64_t scale) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  __extension__ using Wide = __int128;
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view part = dot == text.npos ? std::string_view{} : text.substr(dot + 1);
  if (whole.empty() && part.empty()) return std::nullopt;
  if (dot != text.npos && part.empty()) return std::nullopt;
  Wide value = 0;
  for (const char digit : whole) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
    if (value * scale > most) value = static_cast<Wide>(most) / scale + 1;
  }
  value *= scale;
  Wide fraction = 0;
  Wide unit = 1;
  for (const char digit : part) {
    if (digit < '0' || digit > '9') return std::nullopt;
    if (unit > 100'000'000'000'000'000) continue;  // past any nanosecond of a week
    fraction = fraction * 10 + (digit - '0');
    unit *= 10;
  }
  value += fraction * scale / unit;
  return value > most ? most : static_cast<std::int64_t>(value);
}

std::string decimal_text(std::int64_t value, int digits) {
  std::string text = std::to_string(value);
  if (digits <= 0) return text;
  const bool negative = value < 0;
  if (negative) text.erase(0, 1);
  const auto places = static_cast<std::size_t>(digits);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  text.insert(text.size() - places, 1, '.');
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return negative ? "-" + text : text;
}

Result<std::int64_t> parse_integer(std::string_view text, std::int64_t least, std::int64_t most) {
  const std::string shown = "'" + std::string(text) + "'";
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = !text.empty() && end == text.data() + text.size();
  if (whole && fault == std::errc{} && value >= least && value <= most) return value;
  if (text.empty()) return misuse("value-integer", shown, "empty where a whole number is needed");
  if (!whole) return misuse("value-integer", shown, "not a whole number");
  if (most == std::numeric_limits<std::int64_t>::max()) {
    // Whether 0 makes sense is for the one who asked to say.
    if (least == 0 && value < 0) return misuse("value-integer", shown, "must not be negative");
    return misuse(
        "value-integer", shown,
        fault == std::errc{} ? "must be " + std::to_string(least) + " or more" : "too large");
  }
  return misuse("value-integer", shown,
                "must be from " + std::to_string(least) + " to " + std::to_string(most));
}

Result<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = !text.empty() && end == text.data() + text.size();
  if (!whole || fault != std::errc{} || !std::isfinite(value)) {
    return misuse("value-number", "'" + std::string(text) + "'", "not a number");
  }
  return value;
}

std::string to_text(double value) {
  std::array<char, 32> buffer{};
  const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

}  // namespace gird
