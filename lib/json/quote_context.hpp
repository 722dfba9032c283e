// What stands behind a quote: does it close a string there?
#pragma once

#include <cstddef>

#include "json/ahead.hpp"
#include "json/string_end.hpp"

namespace gird::json {

/// What of a string is open when a quote comes: `(5'3")`.
struct OpenBrackets {
  int parens = 0;
  int brackets = 0;
  int braces = 0;
};

/// How far a decision looks to the right.
/// What goes on behind that counts as what it began as: a string that opens where a key may stand,
/// and is longer, is taken for a key without a look for its colon.
inline constexpr std::size_t right_context = 256;

/// Whether the quote that ends before `behind` closes a string of this role.
bool closes_string(const Ahead& ahead, std::size_t behind, const StringRules& rules,
                   const OpenBrackets& open);

/// Whether valid JSON goes on behind the first quote of a string: then it closes it, whatever is
/// in the string.
bool ends_as_valid(const Ahead& ahead, std::size_t behind, Role role);

/// Whether the quote at `at` looks like the start of an element: `"b",` or `"b"]`.
bool element_follows(const Ahead& ahead, std::size_t at);

/// Whether a quote stands at `at`, maybe behind a backslash as in an escaped document.
bool begins_string(const Ahead& ahead, std::size_t at);

/// Where the string that begins at `at` ends, going by its next quote; 0 where no string begins or
/// its end is more than `right_context` away.
std::size_t behind_string(const Ahead& ahead, std::size_t at);

}  // namespace gird::json
