// What stands between tokens: blanks of all kinds, and comments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "json/ahead.hpp"

namespace gird::json {

/// One piece of a gap.
struct GapPiece {
  enum class What : std::uint8_t {
    none,
    blanks,         ///< as JSON has them
    foreign_blank,  ///< a no-break space and the like
    escaped_blank,  ///< `\n` spelled out, in an escaped document
    comment,
    open_comment,  ///< one that goes on out of sight
  };
  What what = What::none;
  std::size_t size = 0;
};

/// What counts as a gap here.
struct GapRules {
  bool escaped = false;  ///< blanks are escaped too: `{\n  \"a\": 1}`
  bool hash = true;      ///< `#` starts a comment
  bool newline = true;   ///< false: a gap ends at a line feed
};

struct Gap {
  std::size_t size = 0;
  bool newline = false;  ///< a line feed is in it
  bool plain = true;     ///< of JSON's own blanks alone
};

/// The piece at `at`; of one that goes on behind `limit` no more is looked at.
GapPiece gap_piece(const Ahead& ahead, std::size_t at, const GapRules& rules,
                   std::size_t limit = std::numeric_limits<std::size_t>::max());
/// From `at` on, at most to `limit`.
Gap gap_at(const Ahead& ahead, std::size_t at, const GapRules& rules = {},
           std::size_t limit = std::numeric_limits<std::size_t>::max());

/// The size of a blank at `at` that is none in JSON; 0 where there is none.
std::size_t other_blank(const Ahead& ahead, std::size_t at);

}  // namespace gird::json
