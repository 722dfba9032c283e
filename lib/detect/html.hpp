// Markup that runs programs, loads documents or changes the page it is put into.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a text that is put into a page: as its data, inside a quoted or bare attribute, inside
/// a comment, or inside an element of raw text (script, style, textarea, title). Every `<` starts a
/// tag, also one that a value or a comment hides: which of them hides it is what parsers, and
/// filters that write the page again, disagree about. Tags that only format are no signs.
/// Source: WHATWG HTML 13.2.5 (tokenization).
void html_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
