// Lines and columns.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "json/decoder.hpp"

namespace gird::json {

/// A place in a text.
struct Spot {
  std::uint64_t line = 1;    ///< from 1; lines end with a line feed, a carriage return, or both
  std::uint64_t column = 1;  ///< in characters, from 1; a byte order mark is none
  std::uint64_t offset = 0;  ///< in bytes of the text as it was encoded
  bool operator==(const Spot&) const = default;
};

/// Goes over UTF-8 text in pieces of any size, and knows where it stands. Constant memory.
class Locator {
 public:
  Locator() = default;
  /// For what a Decoder made of a text in another encoding.
  explicit Locator(Sniffed sniffed) : sniffed_(sniffed) {}

  /// Goes over `text`, which follows what was passed before.
  void pass(std::string_view text);
  /// How many bytes of UTF-8 were passed.
  [[nodiscard]] std::uint64_t passed() const { return passed_; }
  /// Where the next byte is. The line feed behind a carriage return counts as on the next line.
  [[nodiscard]] Spot spot() const;

 private:
  void count_lines(std::string_view text);
  [[nodiscard]] std::uint64_t encoded_size(std::string_view text) const;

  Sniffed sniffed_;
  Spot spot_;
  bool after_return_ = false;
  std::uint64_t passed_ = 0;    ///< bytes of UTF-8
  std::array<char, 3> head_{};  ///< the first of them
};

/// Where byte `offset` of a whole text in UTF-8 is.
Spot spot_of(std::string_view text, std::uint64_t offset);

}  // namespace gird::json
