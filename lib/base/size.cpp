// Units of bytes, as coreutils has them.
#include "base/size.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/number.hpp"

namespace gird {
namespace {

constexpr std::string_view letters = "KMGT";

std::unexpected<Error> wrong(std::string_view text, std::string why) {
  return misuse("value-size", "'" + std::string(text) + "'", std::move(why),
                {"write it as 65536, 64KiB or 1.5MB"});
}

char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

/// Bytes in a unit: "", "K", "KIB", "KB", ...; 0 where there is none of that name.
std::int64_t bytes_in(std::string_view unit) {
  if (unit.empty() || unit == "B") return 1;
  const std::size_t power = letters.find(unit[0]);
  const std::string_view rest = unit.substr(1);
  if (power == letters.npos || (!rest.empty() && rest != "B" && rest != "IB")) return 0;
  std::int64_t bytes = 1;
  for (std::size_t i = 0; i <= power; ++i) bytes *= rest == "B" ? 1000 : 1024;
  return bytes;
}

}  // namespace

Result<void> from_text(std::string_view text, Size& size) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  if (end == 0)
    return wrong(text, text.starts_with('-') ? "a size cannot be negative" : "not a size");
  std::string unit(text.substr(end));
  std::ranges::transform(unit, unit.begin(), capital);
  const std::int64_t scale = bytes_in(unit);
  if (scale == 0) {
    return wrong(text,
                 "unknown unit '" + std::string(text.substr(end)) + "' (K M G T, KiB, KB ...)");
  }
  const auto bytes = scaled_decimal(text.substr(0, end), scale);
  if (!bytes) return wrong(text, "not a size");
  if (*bytes == std::numeric_limits<std::int64_t>::max()) return wrong(text, "too large");
  size.bytes = *bytes;
  return {};
}

std::string to_text(const Size& size) {
  constexpr std::array<std::string_view, 5> units{"", "KiB", "MiB", "GiB", "TiB"};
  std::int64_t number = size.bytes;
  std::size_t unit = 0;
  while (number != 0 && number % 1024 == 0 && unit + 1 < units.size()) {
    number /= 1024;
    ++unit;
  }
  return std::to_string(number).append(units[unit]);
}

}  // namespace gird
