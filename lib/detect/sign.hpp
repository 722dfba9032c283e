// What a tokenizer saw in a text, before a rule says what it means.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace gird::detect {

/// Bytes `begin` to `end` (not included) of the text that was looked at.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

/// A construct that is a reason for suspicion, as "sql/union-select".
struct Sign {
  std::string_view name;  ///< "FAMILY/construct", never reused for another; lives for ever
  Span where;
};

/// The signs of one text: each name once, where it was seen first. Memory is fixed; what does not
/// fit is left out, as a text with that many different signs is convicted by those that are kept.
class Signs {
 public:
  static constexpr std::size_t most = 48;

  void add(std::string_view name, Span where) {
    if (count_ == most || has(name)) return;
    kept_.at(count_++) = {name, where};
  }
  void clear() { count_ = 0; }
  [[nodiscard]] std::span<const Sign> all() const { return std::span(kept_).first(count_); }
  [[nodiscard]] bool has(std::string_view name) const {
    return std::ranges::any_of(all(), [&](const Sign& sign) { return sign.name == name; });
  }

 private:
  std::array<Sign, most> kept_{};
  std::size_t count_ = 0;
};

}  // namespace gird::detect
