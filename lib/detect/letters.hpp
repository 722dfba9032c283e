// Letters, words and blanks as the languages of the web fold them: ASCII, whatever the locale.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect::letters {

using gird::is_digit;
using gird::is_letter;
using gird::lower;
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
/// Blanks, and the controls that one browser or another took for blanks.
constexpr bool is_blank(char c) { return static_cast<unsigned char>(c) <= 0x20; }
/// What a name of JavaScript consists of.
constexpr bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '$'; }

/// The first place from `at` on where `is` does not hold; the end if there is none.
template <class Is>
constexpr std::size_t skip(std::string_view text, std::size_t at, Is is) {
  while (at < text.size() && is(text[at])) ++at;
  return at;
}

/// The first place of the run before `at` in which `is` holds.
template <class Is>
constexpr std::size_t skip_back(std::string_view text, std::size_t at, Is is) {
  while (at > 0 && is(text[at - 1])) --at;
  return at;
}

/// Does `text` have `word`, which is in small letters, at `at`?
constexpr bool has_at(std::string_view text, std::size_t at, std::string_view word) {
  return at <= text.size() && text.size() - at >= word.size() &&
         std::ranges::equal(part(text, at, word.size()), word, {}, lower);
}

/// A short word in small letters; empty where it was longer than any that is looked up.
class Folded {
 public:
  static constexpr std::size_t most = 32;

  explicit constexpr Folded(std::string_view word) {
    if (word.size() > most) return;
    std::ranges::transform(word, bytes_.begin(), lower);
    size_ = word.size();
  }
  [[nodiscard]] constexpr std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, most> bytes_{};
  std::size_t size_ = 0;
};

/// A table of words that is searched by halves; writing it down in order is left to the compiler.
template <std::size_t Size>
consteval std::array<std::string_view, Size> in_order(std::array<std::string_view, Size> words) {
  std::ranges::sort(words);
  return words;
}

constexpr bool is_one_of(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::binary_search(words, word);
}

}  // namespace gird::detect::letters
