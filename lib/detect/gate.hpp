// Which tokenizers have to look at a text, told by its pairs of neighbouring bytes in one pass.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "detect/families.hpp"

namespace gird::detect {

/// A table of all pairs. Most pairs are no one's: a step is two loads, and none waits for the one
/// before.
class Gate {
 public:
  using Set = std::uint64_t;  ///< of families, by their places

  /// At most 64 families, with at most 255 different sets of them that need a pair.
  explicit constexpr Gate(std::span<const Family> families) {
    for (std::size_t n = 0; n < families.size(); ++n) {
      const std::string_view pairs = families[n].pairs;
      if (pairs.empty()) always_ |= Set{1} << n;
      for (std::size_t at = 0; at + 1 < pairs.size(); at += 2) {
        add_cases(pairs[at], pairs[at + 1], Set{1} << n);
      }
    }
  }

  /// The families with a pair in `text`, or without pairs.
  [[nodiscard]] Set open_for(std::string_view text) const {
    Set open = always_;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      open |= sets_[numbers_[pair_of(text[at], text[at + 1])]];
    }
    return open;
  }

 private:
  static constexpr std::size_t pair_of(char first, char second) {
    return static_cast<unsigned char>(first) |
           static_cast<std::size_t>(static_cast<unsigned char>(second)) << 8U;
  }
  static constexpr char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }

  constexpr void add_cases(char first, char second, Set family) {
    for (const char one : {first, capital(first)}) {
      for (const char other : {second, capital(second)}) add(pair_of(one, other), family);
    }
  }

  constexpr void add(std::size_t pair, Set family) {
    const Set wanted = sets_[numbers_[pair]] | family;
    std::size_t number = 0;
    while (number < count_ && sets_.at(number) != wanted) ++number;
    if (number == count_) sets_.at(count_++) = wanted;
    numbers_[pair] = static_cast<std::uint8_t>(number);
  }

  std::array<std::uint8_t, 65536> numbers_{};
  std::array<Set, 256> sets_{};
  std::size_t count_ = 1;  // the first is the empty set
  Set always_ = 0;
};

/// That of families().
const Gate& gate();

}  // namespace gird::detect
