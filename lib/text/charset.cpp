#include "text/charset.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace gird::text {
namespace {

bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7f && point < 0xa0); }
/// U+2028 and U+2029 end lines, too.
bool ends_line(char32_t point) { return point == 0x2028 || point == 0x2029; }
/// Of noncharacters text that is exchanged has none (Unicode, section 23.7).
bool is_noncharacter(char32_t point) {
  return (point & 0xfffeU) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);
}

bool is_any(char32_t) { return true; }
bool stands_in_line(char32_t point) {
  return !is_control(point) && !ends_line(point) && !is_noncharacter(point);
}
bool stands_in_text(char32_t point) {
  return stands_in_line(point) || point == '\t' || point == '\n' || point == '\r';
}
bool is_ascii(char32_t point) { return point >= 0x20 && point < 0x7f; }
bool is_digit_or_letter(char32_t point) {
  return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') ||
         (point >= 'A' && point <= 'Z');
}
bool is_hex_digit(char32_t point) {
  return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'f') ||
         (point >= 'A' && point <= 'F');
}
bool is_base64(char32_t point) {
  return is_digit_or_letter(point) || point == '+' || point == '/' || point == '=';
}
bool is_base64url(char32_t point) {
  return is_digit_or_letter(point) || point == '-' || point == '_' || point == '=';
}

}  // namespace

std::span<const Charset> charsets() {
  static constexpr std::array sets = {
      Charset{"utf-8", "all characters, in valid UTF-8", is_any},
      Charset{"text", "the same but control characters other than tabs and line ends",
              stands_in_text},
      Charset{"line", "the same without tabs and line ends", stands_in_line},
      Charset{"ascii", "printable ASCII: blank to ~", is_ascii},
      Charset{"alnum", "letters and digits of ASCII", is_digit_or_letter},
      Charset{"hex", "hexadecimal digits", is_hex_digit},
      Charset{"base64", "letters, digits, + / =", is_base64},
      Charset{"base64url", "letters, digits, - _ =", is_base64url},
  };
  return sets;
}

const Charset* charset_named(std::string_view name) {
  const auto found = std::ranges::find(charsets(), name, &Charset::name);
  return found == charsets().end() ? nullptr : &*found;
}

std::optional<std::size_t> first_outside(const Charset& set, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Utf8 next = next_character(text.substr(at));
    if (!next.valid || !set.has(next.point)) return at;
    at += next.length;
  }
  return std::nullopt;
}

}  // namespace gird::text
