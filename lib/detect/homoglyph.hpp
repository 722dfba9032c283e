// Words that are not what they look like.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of words with letters of other alphabets that look like ASCII: among letters of ASCII
/// (`homoglyph/mixed`; `/ending` where only the end of a word of ASCII is), alone in the name of a
/// host (`/host`), alone as a word that is worth an imitation (`/word`) or any other one in a text
/// of ASCII (`/whole`). Words of languages that are written with those alphabets are none: a letter
/// that looks like no other one makes a word honest.
/// Source: Unicode, UTS 39.
void homoglyph_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
