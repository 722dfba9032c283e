// What kind of byte it is, for the tokenizers that read ASCII languages.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect {

using gird::lower;
constexpr bool letter(char c) { return is_letter(c); }
constexpr bool digit(char c) { return is_digit(c); }
constexpr bool blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool name_byte(char c) { return letter(c) || digit(c) || c == '_'; }
constexpr bool high(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

/// The byte at `at`, a space behind the end: no language gives a trailing space a meaning.
constexpr char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : ' ';
}

constexpr bool lower_case(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool upper_case(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool letter_or_digit(char c) { return is_alnum(c); }
/// A blank inside of a line.
constexpr bool gap(char c) { return c == ' ' || c == '\t'; }

/// The byte at `at`, NUL behind the end.
constexpr char at_or_nul(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}

/// The value of a hexadecimal digit, -1 of any other byte.
constexpr int hex_value(char c) {
  if (digit(c)) return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// Whether `text` holds `small` (which is in lower case) at `at`, in any case.
constexpr bool holds(std::string_view text, std::size_t at, std::string_view small) {
  if (at > text.size() || text.size() - at < small.size()) return false;
  for (std::size_t i = 0; i < small.size(); ++i) {
    if (lower(text[at + i]) != small[i]) return false;
  }
  return true;
}

/// Whether `text` is `small` (which is in lower case), in any case.
constexpr bool equals_folded(std::string_view text, std::string_view small) {
  return text.size() == small.size() && holds(text, 0, small);
}

/// Whether `text` starts with `small` (which is in lower case), in any case.
constexpr bool starts_folded(std::string_view text, std::string_view small) {
  return holds(text, 0, small);
}

/// Where the blanks at `at` end.
constexpr std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && blank(text[at])) ++at;
  return at;
}

/// Where the name at `at` ends.
constexpr std::size_t name_end(std::string_view text, std::size_t at) {
  while (at < text.size() && name_byte(text[at])) ++at;
  return at;
}

/// Where the digits at `at` end.
constexpr std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size() && digit(text[at])) ++at;
  return at;
}

/// `text` without blanks around it.
constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// A set of bytes that a text can be asked for.
class ByteSet {
 public:
  consteval explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) in_.at(static_cast<unsigned char>(c)) = true;
  }
  [[nodiscard]] constexpr bool has(char c) const { return in_[static_cast<unsigned char>(c)]; }
  /// Where the first of them is at `at` or behind it; the size of the text where there is none.
  [[nodiscard]] constexpr std::size_t find(std::string_view text, std::size_t at = 0) const {
    while (at < text.size() && !has(text[at])) ++at;
    return at;
  }
  [[nodiscard]] bool in(std::string_view text) const {
    return std::ranges::any_of(text, [this](char c) { return has(c); });
  }

 private:
  std::array<bool, 256> in_{};
};

/// A word in lower case, up to a length that no word of a table has.
class SmallWord {
 public:
  explicit SmallWord(std::string_view word) : size_(std::min(word.size(), bytes_.size())) {
    std::ranges::transform(word.substr(0, size_), bytes_.begin(), lower);
  }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, 40> bytes_{};
  std::size_t size_;
};

/// Whether a sorted table of words holds `word` (in lower case).
template <std::size_t Count>
constexpr bool listed(const std::array<std::string_view, Count>& sorted, std::string_view word) {
  return std::ranges::binary_search(sorted, word);
}

}  // namespace gird::detect
