// The input of NDJSON in blocks of whole lines.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "shared/text_input.hpp"

namespace gird {

/// A line may have so many bytes.
inline constexpr std::size_t longest_line = 2 << 20;

/// Whole lines of an input; the last one of all may lack its line feed.
struct LineBlock {
  std::string bytes;
  std::uint64_t offset = 0;  ///< in the input
  std::uint64_t number = 0;  ///< from 0
};

/// Reads until there is a line feed and no further, so that lines leave as soon as they are there.
class LineBlocks {
 public:
  /// `input` must outlive it.
  explicit LineBlocks(TextInput& input) : input_(input) {}

  /// Puts the next lines into `block`; false at the end. A block has one line or at most `most`
  /// bytes. Fault::system: file-unreadable, json-line-limit.
  Result<bool> next(LineBlock& block, std::size_t most);

 private:
  [[nodiscard]] std::size_t end_of_lines(std::size_t most) const;
  Result<void> more();
  std::string taken(std::size_t end);

  TextInput& input_;
  std::string pending_;  ///< what was read and is in no block yet, from `at_` on
  std::size_t at_ = 0;
  std::size_t looked_ = 0;   ///< no line feed stands before this place of `pending_`
  std::uint64_t taken_ = 0;  ///< bytes of all blocks
  std::uint64_t blocks_ = 0;
  bool ended_ = false;
};

}  // namespace gird
