// What letters and digits are where the locale has no say.
#pragma once

#include <string_view>

namespace gird {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alnum(char c) { return is_digit(c) || is_letter(c); }
constexpr bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Whether `text` is `word`, which is in small letters, in any case.
constexpr bool is_word_in_any_case(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (lower(text[at]) != word[at]) return false;
  }
  return true;
}

/// How many bytes at the head of `text` are of a kind.
template <class Kind>
constexpr std::size_t run_of(std::string_view text, Kind is_one) {
  std::size_t length = 0;
  while (length < text.size() && is_one(text[length])) ++length;
  return length;
}

}  // namespace gird
