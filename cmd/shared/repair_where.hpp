// Where in an input something stands, for people: lines, columns and the text around.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/locator.hpp"
#include "shared/text_input.hpp"

namespace gird {

/// A piece of a line, and where in it, counted in characters, the place is.
struct Excerpt {
  std::string text;
  std::size_t column = 0;
  bool cut_before = false;
  bool cut_behind = false;
};

/// Answers for places of a text that is being read; they are asked for by their offsets in the
/// text. What can be read again is read again for that; of a pipe the last bytes are kept, so that
/// a place must be asked for before much more has passed.
class Where {
 public:
  explicit Where(const TextInput& input) : input_(input) {}

  /// More of the text, in its order. The bytes must stay until `settle`, or the next call.
  void pass(std::string_view text);
  /// The bytes that were passed last are going: keeps of them what is needed.
  void settle();
  /// The place at `offset`, in what was passed last, will be asked for however much passes until
  /// then; instead of one that was kept so before.
  void keep(std::uint64_t offset);
  /// Of the byte `offset` of the text: its line and column there, and its offset in the input. Of a
  /// pipe it must not be before the one asked for last, but for the one that was kept.
  json::Spot place_of(std::uint64_t offset);
  /// At most `most` characters of the line of `offset`.
  [[nodiscard]] Excerpt excerpt(std::uint64_t offset, std::size_t most) const;

 private:
  /// How much of a pipe is kept behind the last piece.
  static constexpr std::size_t most_tail = 64 << 10;

  /// Marks are that many bytes apart at first, twice as many where there are too many of them.
  static constexpr std::uint64_t least_distance = 4096;
  static constexpr std::size_t most_marks = 8192;

  void begin();
  void count(std::string_view text);
  void remember();
  void go_back(std::uint64_t offset);
  void count_until(std::uint64_t offset);
  /// What is still there of the `count` bytes at `from`.
  [[nodiscard]] std::string read(std::uint64_t from, std::size_t count) const;

  const TextInput& input_;
  std::string tail_;
  std::string_view piece_;
  std::uint64_t piece_at_ = 0;  ///< the offset of `piece_`
  json::Locator here_;          ///< so much was counted
  json::Locator before_;        ///< before it was asked for last
  std::optional<json::Locator> kept_;
  std::vector<json::Locator> marks_;  ///< to go back to, in their order
  std::uint64_t distance_ = least_distance;
};

}  // namespace gird
