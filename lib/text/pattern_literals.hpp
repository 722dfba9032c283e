// What a pattern cannot be found without.
#pragma once

#include <span>
#include <string_view>

namespace gird::text {

/// Whether every text that `pattern` is found in holds one of `literals`, upper and lower case
/// alike, as far as RE2 can tell: `true` is certain, `false` may be a pattern it cannot see
/// through. A pattern that does not compile holds nothing. Source: R. Cox, "Regular Expression
/// Matching with a Trigram Index", 2012, and RE2's prefilter.
bool needs_one_of(std::string_view pattern, std::span<const std::string_view> literals);

}  // namespace gird::text
