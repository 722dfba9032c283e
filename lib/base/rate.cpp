// Reading and writing rates.
#include "base/rate.hpp"

#include <array>

#include "base/number.hpp"
#include "base/utf8.hpp"

namespace gird {
namespace {

struct Unit {
  std::string_view name;
  Duration period;
};

/// Of several names for one period the first is written.
constexpr std::array<Unit, 6> units{{
    {"s", std::chrono::seconds(1)},
    {"m", std::chrono::minutes(1)},
    {"min", std::chrono::minutes(1)},
    {"h", std::chrono::hours(1)},
    {"d", std::chrono::days(1)},
    {"w", std::chrono::weeks(1)},
}};

constexpr Duration longest_period = std::chrono::days(366);
constexpr Duration shortest_period = std::chrono::microseconds(1);

Result<Duration> period_of(std::string_view text) {
  for (const Unit& unit : units) {
    if (unit.name == text) return unit.period;
  }
  return parse_duration(text);
}

}  // namespace

Result<void> from_text(std::string_view text, Rate& rate) {
  const auto wrong = [&](std::string why) {
    return misuse("value-rate", "'" + printable(text) + "'", std::move(why),
                  {"write 60/min, 10/s or 100/30s"});
  };
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return wrong("a rate is a count, a slash and a time");
  const auto count = parse_integer(text.substr(0, slash), 1, most_per_period);
  if (!count) return wrong("the count: " + count.error().why);
  const auto period = period_of(text.substr(slash + 1));
  if (!period) return wrong("the time must be s, m, min, h, d, w or a duration like 30s");
  if (*period < shortest_period || *period > longest_period) {
    return wrong("the time must be from 1us to 366 days");
  }
  rate = {*count, *period};
  return {};
}

std::string to_text(const Rate& rate) {
  for (const Unit& unit : units) {
    if (unit.period == rate.period)
      return std::to_string(rate.count) + "/" + std::string(unit.name);
  }
  return std::to_string(rate.count) + "/" + to_text(rate.period);
}

}  // namespace gird
