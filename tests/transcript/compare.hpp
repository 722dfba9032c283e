// Holding what a command printed against what its page says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gird::transcript {

/// Whether `actual` is the line `expected`, in which "..." stands for any text.
bool line_matches(std::string_view expected, std::string_view actual);

/// One line of a comparison.
struct Edit {
  enum class Kind {
    same,     ///< `text` is the expected line, which matches
    missing,  ///< expected, not printed
    extra,    ///< printed, not expected
    covered,  ///< printed, and skipped by a line "..."
    skip,     ///< the line "..." itself
  };
  Kind kind;
  std::string_view text;
};

/// How to get from `expected` to `actual` with the fewest missing and extra lines; a line "..."
/// covers any number of lines. The views are into the arguments.
std::vector<Edit> compared(const std::vector<std::string>& expected,
                           const std::vector<std::string>& actual);

bool is_match(const std::vector<Edit>& edits);

/// What the page should say: the actual lines, with those expected lines kept that still match.
std::vector<std::string> accepted(const std::vector<Edit>& edits);

/// The lines of some output. A last line without a newline is marked " (no-eol)".
std::vector<std::string> output_lines(std::string_view output);

}  // namespace gird::transcript
