#include "detect/path_spelling.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

/// A byte value and how many bytes of the text spell it; none if length is 0.
struct Octet {
  unsigned value = 0;
  std::size_t length = 0;
  bool encoded = false;
  bool strict = true;  ///< all its digits are hexadecimal
};

/// Behind `f` an unchecked reader goes on counting: `g` is 16, `v` is 31.
int loose_digit(char c) {
  if (digit(c)) return c - '0';
  return letter(c) ? lower(c) - 'a' + 10 : -1;
}

/// A digit that may itself be percent-encoded: `2`, `%32` or `%%32`.
struct Digit {
  char c = 0;
  std::size_t length = 0;
};

Digit digit_at(std::string_view text, std::size_t at) {
  if (byte_at(text, at) != '%') return {.c = byte_at(text, at), .length = 1};
  const std::size_t hex = byte_at(text, at + 1) == '%' ? at + 2 : at + 1;
  const int first = hex_value(byte_at(text, hex));
  const int second = hex_value(byte_at(text, hex + 1));
  if (first < 2 || second < 0) return {};
  return {.c = static_cast<char>(first << 4 | second), .length = hex + 2 - at};
}

/// `%2e`, `%252e`, `%25252e`, `%%32%65` at `at`, where there is a `%`.
Octet percent_octet(std::string_view text, std::size_t at) {
  std::size_t digits = at + 1;
  while (holds(text, digits, "25") && loose_digit(byte_at(text, digits + 2)) >= 0) digits += 2;
  const Digit first = digit_at(text, digits);
  const Digit second = first.length == 0 ? Digit{} : digit_at(text, digits + first.length);
  const int high_half = loose_digit(first.c);
  const int low_half = loose_digit(second.c);
  if (second.length == 0 || high_half < 0 || low_half < 0) return {};
  return {.value = static_cast<unsigned>(high_half * 16 + low_half) & 0xFFU,
          .length = digits + first.length + second.length - at,
          .encoded = true,
          .strict = hex_value(first.c) >= 0 && hex_value(second.c) >= 0};
}

Octet octet_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  if (text[at] == '%') return percent_octet(text, at);
  return {.value = static_cast<unsigned char>(text[at]), .length = 1};
}

PathSpelling spelled(PathUnit unit, char byte, std::size_t length) {
  return {.unit = unit, .byte = byte, .length = length, .hidden = true};
}

PathSpelling nothing(std::size_t length) { return spelled(PathUnit::nothing, 0, length); }

PathUnit unit_of(unsigned value) {
  if (value == '.') return PathUnit::dot;
  if (value == '/' || value == '\\') return PathUnit::separator;
  if (value == '?') return PathUnit::wild;
  if (value == 0) return PathUnit::nul;
  return value < 0x20 && value != '\t' && value != '\n' && value != '\r' ? PathUnit::nothing
                                                                         : PathUnit::other;
}

PathSpelling of_ascii(unsigned value, std::size_t length) {
  const PathUnit unit = unit_of(value);
  const char byte = unit == PathUnit::separator ? '/' : lower(static_cast<char>(value));
  return spelled(unit, byte, length);
}

template <std::size_t Count>
bool among(const std::array<unsigned, Count>& points, unsigned point) {
  return std::ranges::find(points, point) != points.end();
}

/// Characters that a code page without them turns into a dot or a separator.
/// Source: the best-fit tables of Windows code pages; U+EFC8 and U+F025 are what IIS took.
PathSpelling of_point(unsigned point, std::size_t length) {
  static constexpr std::array dots = {0x2024U, 0xFE52U, 0xFF0EU, 0xFF61U};
  static constexpr std::array separators = {0x2044U, 0x2215U, 0x2216U, 0x29F5U, 0x29F8U, 0x29F9U,
                                            0xEFC8U, 0xF025U, 0xFE68U, 0xFF0FU, 0xFF3CU};
  if (point < 0x80) return of_ascii(point, length);
  if (among(dots, point)) return spelled(PathUnit::dot, '.', length);
  if (among(separators, point)) return spelled(PathUnit::separator, '/', length);
  return spelled(PathUnit::other, '*', length);
}

/// C0 and C1 never occur in UTF-8; decoders differ in the bits of the second byte that they drop,
/// so only its lower half tells which byte is meant.
PathSpelling of_short_pair(unsigned second, std::size_t length) {
  const unsigned half = second & 0xFU;
  PathSpelling found = half == 0xE   ? spelled(PathUnit::dot, '.', length)
                       : half >= 0xC ? spelled(PathUnit::separator, '/', length)
                                     : spelled(PathUnit::other, '*', length);
  found.broken = true;
  return found;
}

/// The octet behind a C0 or C1: encoded, raw, or two bare digits (`%c0af`).
Octet second_octet(std::string_view text, std::size_t at, bool encoded) {
  const int first = hex_value(byte_at(text, at));
  const int second = hex_value(byte_at(text, at + 1));
  if (encoded && first >= 0 && second >= 0) {
    return {.value = static_cast<unsigned>(first << 4 | second), .length = 2, .encoded = true};
  }
  return octet_at(text, at);
}

/// Bytes behind the first of a UTF-8 sequence, six bytes as in RFC 2279.
std::size_t continuations(unsigned lead) {
  if (lead < 0xC0 || lead >= 0xFE) return 0;
  return static_cast<std::size_t>(std::countl_one(static_cast<unsigned char>(lead))) - 1;
}

PathSpelling sequence(std::string_view text, std::size_t at, const Octet& lead) {
  const std::size_t more = continuations(lead.value);
  unsigned point = lead.value & (0x3FU >> more);
  std::size_t end = at + lead.length;
  for (std::size_t i = 0; i < more; ++i) {
    const Octet next = octet_at(text, end);
    if (next.length == 0 || (next.value & 0xC0U) != 0x80U) {
      return spelled(PathUnit::other, '*', lead.length);
    }
    point = point << 6 | (next.value & 0x3FU);
    end += next.length;
  }
  PathSpelling found = of_point(point, end - at);
  found.broken = point < 0x80 && more > 0;
  return found;
}

PathSpelling of_octet(std::string_view text, std::size_t at, const Octet& octet) {
  if (octet.value == 0xC0 || octet.value == 0xC1) {
    const Octet second = second_octet(text, at + octet.length, octet.encoded);
    if (second.length != 0) return of_short_pair(second.value, octet.length + second.length);
  }
  if (!octet.strict) return nothing(1);
  if (octet.value < 0x80) return of_ascii(octet.value, octet.length);
  return sequence(text, at, octet);
}

/// `%u2215` at `at`.
PathSpelling unicode_escape(std::string_view text, std::size_t at) {
  unsigned point = 0;
  for (std::size_t i = 2; i < 6; ++i) {
    const int value = hex_value(byte_at(text, at + i));
    if (value < 0) return nothing(1);
    point = point << 4 | static_cast<unsigned>(value);
  }
  return of_point(point, 6);
}

PathSpelling percent(std::string_view text, std::size_t at) {
  if (lower(byte_at(text, at + 1)) == 'u') return unicode_escape(text, at);
  const Octet octet = percent_octet(text, at);
  return octet.length == 0 ? nothing(1) : of_octet(text, at, octet);
}

/// `0x2e`, `0x2f`, `0x5c`.
PathSpelling hexadecimal(std::string_view text, std::size_t at) {
  if (holds(text, at, "0x2e")) return of_ascii('.', 4);
  if (holds(text, at, "0x2f") || holds(text, at, "0x5c")) return of_ascii('/', 4);
  return {.byte = '0'};
}

}  // namespace

PathSpelling read_path_unit(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '%') return percent(text, at);
  if (c == '0') return hexadecimal(text, at);
  if (high(c)) {
    return of_octet(text, at, {.value = static_cast<unsigned char>(c), .length = 1});
  }
  PathSpelling plain = of_ascii(static_cast<unsigned char>(c), 1);
  plain.hidden = false;
  return plain;
}

}  // namespace gird::detect
