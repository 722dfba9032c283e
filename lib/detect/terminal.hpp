// What a terminal would do instead of showing it.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of control functions, in their 7-bit form (ESC [), as C1 in UTF-8 (C2 9B) and as a raw
/// byte (9B) where that is no part of a character of UTF-8. Strings that a terminal would wait for
/// the end of count as well. Source: ECMA-48; xterm, Control Sequences.
void terminal_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
