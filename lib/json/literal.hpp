// Words that stand for true, false, null or no number in some language.
#pragma once

#include <optional>
#include <string_view>

#include "json/kind.hpp"

namespace gird::json {

struct Literal {
  std::string_view text;     ///< `true`, `false`, `null`; "" for what is not a number
  std::optional<Kind> kind;  ///< of the repair; none where the word is JSON's own
};

/// What `word` stands for, if anything. Any case of true, false, null, none and nil counts.
std::optional<Literal> literal_in(std::string_view word);

}  // namespace gird::json
