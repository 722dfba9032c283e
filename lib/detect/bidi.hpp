// Directions that make a line read otherwise than it is.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of the controls of directions: overrides, what is opened and not closed in its line, what
/// is turned or set off without a letter that is written from right to left, marks without one.
/// Texts with such letters and balanced controls have none.
/// Source: Unicode, UAX 9; N. Boucher and R. Anderson, "Trojan Source", 2021.
void bidi_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
