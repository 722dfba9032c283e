// SQL that was written to be put into another's statement.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of SQL injection. The text is read from outside of a quote and from inside of each kind
/// that it holds; a sign is a piece of grammar that ordinary prose has not: a quote that is left
/// and an operator with its operand, a comparison that is always true or false, `union select`, a
/// statement behind ';', a call that waits, reads a file or talks in its error. Words alone are
/// none.
void sql_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
