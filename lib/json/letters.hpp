// What single bytes are to a repairer.
#pragma once

#include <string_view>

namespace gird::json {

constexpr bool is_blank(int c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
constexpr bool is_digit(int c) { return c >= '0' && c <= '9'; }
constexpr bool is_hex(int c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool is_letter(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Starts a name in most languages; bytes of other scripts count as letters.
constexpr bool starts_name(int c) { return is_letter(c) || c == '_' || c == '$' || c >= 0x80; }
constexpr bool in_name(int c) { return starts_name(c) || is_digit(c); }
constexpr bool is_closer(int c) { return c == '}' || c == ']'; }
constexpr bool is_opener(int c) { return c == '{' || c == '['; }
/// What may be part of a number or a literal.
constexpr bool in_scalar(int c) { return in_name(c) || c == '+' || c == '-' || c == '.'; }

}  // namespace gird::json
