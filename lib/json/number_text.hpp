// Words that are numbers somewhere, if not in JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gird::json {

enum class NumberForm : std::uint8_t {
  json,          ///< as JSON has it
  mendable,      ///< `.5`, `5.`, `+5`, `0x1F`, `1_000`, `12n`, `2e+`
  leading_zero,  ///< `007`, `-05.1`
};

struct NumberText {
  NumberForm form = NumberForm::json;
  /// The number as JSON writes it; with the leading zeros gone where they were what is wrong.
  std::string text;
};

/// What number `word` is; nothing where it is none. The value is never converted, so no digit is
/// lost; but for hexadecimal, octal and binary numbers below 2^64.
std::optional<NumberText> number_in(std::string_view word);

}  // namespace gird::json
