// "Did you mean ...?"
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gird {

/// The number of edits (insert, delete, replace, swap of neighbours) from one word to another.
/// Source: optimal string alignment; F. Damerau, Communications of the ACM 7(3), 1964.
std::size_t edit_distance(std::string_view one, std::string_view other);

/// At most three of `known` that `word` may have been meant for, the likeliest first: within
/// max(1, length / 3) edits, else the only one that contains `word` (or is contained in it).
std::vector<std::string> nearest(std::string_view word, std::span<const std::string_view> known);

/// "did you mean --attempts?" or "did you mean a, b or c?"; empty for no names.
std::vector<std::string> did_you_mean(std::span<const std::string> names);

}  // namespace gird
