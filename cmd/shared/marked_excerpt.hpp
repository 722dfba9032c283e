// A part of a text, with a mark below it.
#pragma once

#include <string>
#include <string_view>

#include "detect/sign.hpp"

namespace gird {

/// Two lines of the same width: what stands around `span`, and carets below it.
struct MarkedExcerpt {
  std::string line;    ///< printable, cut with ... at either end
  std::string blanks;  ///< in front of the carets
  std::string carets;
};

/// At most 76 columns. Control characters are written in digits, so nothing of `text` moves the
/// cursor; characters count as one column.
MarkedExcerpt marked_excerpt(std::string_view text, detect::Span span);

}  // namespace gird
