// A scalar as a value of another type.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/same_value.hpp"
#include "json/schema_program.hpp"

namespace gird::json {

/// The number that `text` writes, as JSON has it: blanks around it, a plus sign, leading zeros, `_`
/// between digits, `.5` and `5.` are understood.
std::optional<std::string> number_written(std::string_view text);

/// The scalar `value` as JSON text of one of the types in `wanted`, which it has not. A string
/// becomes what it writes (`"12"`, `"yes"`, `"None"`), a number or boolean a string, 1 and 0 a
/// boolean. Nothing where that would be a guess.
std::optional<std::string> scalar_as(ValueAt value, TypeSet wanted);

/// Which of the allowed values (tokens of `schema`) `value` stands for: the same string in another
/// case or with blanks around it, or the same word as a string and as a number or literal. Nothing
/// where there are several.
std::optional<std::size_t> meant_value(ValueAt value, const Tape& schema,
                                       const std::vector<std::size_t>& allowed);

}  // namespace gird::json
