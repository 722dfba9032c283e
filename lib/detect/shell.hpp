// Command lines of a POSIX shell inside a value.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of one value. Where it will land is not known (bare, inside '…', inside "…"), so that
/// every separator and every substitution may be one, whatever quotes surround it. A word behind
/// one is a command where the table of programs has it; a name that people also write as a word
/// needs an argument such as a program takes.
void shell_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
