// One repair: what was changed, and where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json/kind.hpp"

namespace gird::json {

/// One edit of the input: `removed` bytes at `offset` gave way to `inserted` bytes.
/// The output is the input with all edits applied, in the order of their offsets.
struct Repair {
  /// `before` and `after` hold at most so many bytes, cut at a character.
  static constexpr std::size_t most_text = 256;

  Kind kind = Kind::prose;
  Confidence confidence = Confidence::guess;  ///< of this one; never surer than its kind's class
  std::uint64_t offset = 0;                   ///< in bytes of UTF-8 input, from 0
  std::uint64_t removed = 0;                  ///< bytes of input
  std::uint64_t inserted = 0;                 ///< bytes of output
  std::uint64_t output_offset = 0;            ///< where in the output, in bytes
  std::string before = {};                    ///< what was removed
  std::string after = {};                     ///< what took its place
  std::optional<std::uint64_t> other = {};    ///< of a duplicate key: where its twin stands
};

/// The first `Repair::most_text` bytes, cut at a character.
std::string excerpt(std::string_view text);

/// Why a repair of `kind` is refused that is one more than `most`.
std::string too_many(std::size_t most, Kind kind);

}  // namespace gird::json
