// Characters that nobody sees.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of characters without a glyph where no script or emoji needs them: tags (`invisible/tag`),
/// variation selectors that carry bytes (`/variation`), in words of ASCII (`/in-word`), several
/// behind each other (`/run`), anywhere else (`/loose`). Joiners of emoji, Arabic, Persian and the
/// scripts of India, spaces without width of Thai and Khmer, a mark of byte order, the hyphen in a
/// long word are none.
/// Source: Unicode, UTS 51, UTR 36; Default_Ignorable_Code_Point.
void invisible_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
