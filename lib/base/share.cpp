// Percents and ratios.
#include "base/share.hpp"

#include <cmath>

#include "base/number.hpp"
#include "base/utf8.hpp"

namespace gird {

Result<void> from_text(std::string_view text, Share& share) {
  const std::string shown = "'" + printable(text) + "'";
  const bool percent = text.ends_with('%');
  const std::string_view digits = percent ? text.substr(0, text.size() - 1) : text;
  const auto number = parse_number(digits);
  if (!number || std::signbit(*number)) {
    return misuse("value-share", shown, "must be a percentage or a ratio", {"write 50% or 0.5"});
  }
  if (percent && *number > 100) return misuse("value-share", shown, "more than 100%");
  if (!percent && *number > 1) {
    const bool meant = *number <= 100;
    return misuse("value-share", shown, "a ratio is from 0 to 1",
                  meant ? std::vector<std::string>{"write " + std::string(digits) + "% or " +
                                                   to_text(*number / 100)}
                        : std::vector<std::string>{});
  }
  share.part = percent ? *number / 100 : *number;
  return {};
}

std::string to_text(const Share& share) {
  // 0.07 * 100 is 7.000000000000001; a billionth of a percent is nobody's wish.
  return to_text(std::round(share.part * 1e11) / 1e9) + "%";
}

}  // namespace gird
