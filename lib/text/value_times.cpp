// Days and moments.
#include <chrono>

#include "base/letters.hpp"
#include "text/value_kinds.hpp"

namespace gird::text {
namespace {

/// The number that exactly `length` digits at `at` of `text` are; none where they are not.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t length) {
  if (at + length > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, length)) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

constexpr std::size_t date_length = 10;

/// `full-date` of RFC 3339 at the head of `text`.
NotOne not_full_date(std::string_view text) {
  const auto year = digits_at(text, 0, 4);
  const auto month = digits_at(text, 5, 2);
  const auto day = digits_at(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') {
    return "it is not written as YYYY-MM-DD";
  }
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? NotOne() : "there is no such day";
}

constexpr std::size_t time_length = 8;

/// `partial-time` without its fraction. A leap second ends a minute: 23:59:60.
NotOne not_clock_time(std::string_view text) {
  const auto hour = digits_at(text, 0, 2);
  const auto minute = digits_at(text, 3, 2);
  const auto second = digits_at(text, 6, 2);
  if (!hour || !minute || !second || text[2] != ':' || text[5] != ':') {
    return "its time is not written as HH:MM:SS";
  }
  return *hour < 24 && *minute < 60 && *second <= 60 ? NotOne() : "there is no such time";
}

bool is_zone(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  const auto hour = digits_at(text, 1, 2);
  const auto minute = digits_at(text, 4, 2);
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' && hour &&
         minute && *hour < 24 && *minute < 60;
}

}  // namespace

NotOne not_date(std::string_view text, const TypeDetail&) {
  if (const NotOne fault = not_full_date(text)) return fault;
  return text.size() == date_length ? NotOne() : "something stands behind the day";
}

NotOne not_datetime(std::string_view text, const TypeDetail&) {
  if (const NotOne fault = not_full_date(text)) return fault;
  if (text.size() == date_length || !std::string_view("Tt ").contains(text[date_length])) {
    return "no time stands behind the day";
  }
  std::string_view rest = text.substr(date_length + 1);
  if (const NotOne fault = not_clock_time(rest)) return fault;
  rest.remove_prefix(time_length);
  if (rest.starts_with('.')) {
    const std::size_t digits = run_of(rest.substr(1), is_digit);
    if (digits == 0) return "it has an empty fraction";
    rest.remove_prefix(digits + 1);
  }
  return is_zone(rest) ? NotOne() : "it has no zone: Z or +HH:MM";
}

}  // namespace gird::text
