// Escapes of C, JavaScript, Python and the shells' $'...'.
#include "text/escapes.hpp"
#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

constexpr bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// The number of `count` octal digits at the head of `text`.
std::optional<unsigned> octal(std::string_view text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(0, count)) {
    if (!is_octal(c)) return std::nullopt;
    value = value * 8 + static_cast<unsigned>(c - '0');
  }
  return value;
}

/// `\OOO`, or `\0OOO` as echo reads it. Only ASCII: `C:\2024` is a path, `\1` a group of a pattern.
Decoded decode_octal(std::string_view digits) {
  if (digits.starts_with('0')) {
    const auto byte = octal(digits.substr(1), 3);
    if (byte && *byte < 0x80) return decoded_byte(Coding::octal, 5, *byte);
  }
  const auto byte = octal(digits, 3);
  return byte && *byte < 0x80 ? decoded_byte(Coding::octal, 4, *byte) : Decoded();
}

/// `{H}` with up to six digits, any zeros before them.
Decoded decode_braces(std::string_view digits) {
  std::size_t at = 1;
  char32_t point = 0;
  for (; at < digits.size() && hex_value(digits[at]) < 16 && point < 0x110000; ++at) {
    point = point * 16 + hex_value(digits[at]);
  }
  if (at == 1 || at >= digits.size() || digits[at] != '}') return {};
  return decoded_point(Coding::unicode, at + 3, point);
}

/// `\uXXXX` and the other half of a pair of surrogates.
Decoded decode_u(std::string_view rest) {
  std::string_view digits = rest.substr(2);
  if (digits.starts_with('{')) return decode_braces(digits);
  const auto unit = take_hex(digits, 4);
  if (!unit) return {};
  if (*unit >= 0xd800 && *unit < 0xdc00 && digits.starts_with("\\u")) {
    digits.remove_prefix(2);
    const auto low = take_hex(digits, 4);
    if (low && *low >= 0xdc00 && *low < 0xe000) {
      const char32_t point = 0x10000 + ((*unit - 0xd800) << 10U) + (*low - 0xdc00);
      return decoded_point(Coding::unicode, 12, point);
    }
  }
  return decoded_point(Coding::unicode, 6, *unit);
}

}  // namespace

Decoded decode_backslash(std::string_view rest) {
  if (rest.size() < 4) return {};
  std::string_view digits = rest.substr(2);
  switch (rest[1]) {
    case 'x':
    case 'X': {
      const auto byte = take_hex(digits, 2);
      return byte ? decoded_byte(Coding::hex, 4, *byte) : Decoded();
    }
    case 'u': return decode_u(rest);
    case 'U': {
      const auto point = take_hex(digits, 8);
      return point ? decoded_point(Coding::unicode, 10, *point) : Decoded();
    }
    default: return is_octal(rest[1]) ? decode_octal(rest.substr(1)) : Decoded();
  }
}

}  // namespace gird::text
