// Decimal numbers from the command line, exact and without a locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gird {

/// `text` ("1.5", "3", ".25") times `scale`, exact in integers; what is below one is cut off.
/// Nothing when it is no plain decimal. More than 2^63 - 1 comes back as 2^63 - 1.
std::optional<std::int64_t> scaled_decimal(std::string_view text, std::int64_t scale);

/// `value` divided by 10^`digits`, without trailing zeros: (1500, 3) is "1.5".
std::string decimal_text(std::int64_t value, int digits);

/// A whole decimal number in [`least`, `most`]; "010" is ten.
/// Fault::usage, code value-integer.
Result<std::int64_t> parse_integer(std::string_view text, std::int64_t least, std::int64_t most);

/// A finite decimal number as "2", "1.5" or "1e-3"; no "nan", no "inf", no hexadecimal.
/// Fault::usage, code value-number.
Result<double> parse_number(std::string_view text);

/// The shortest text that reads back as `value`.
std::string to_text(double value);

}  // namespace gird
