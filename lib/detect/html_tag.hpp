// What one tag does to the page that it is put into.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Reads the tag whose `<` stands at `at` (a letter, or `/` and one, follows it) and adds the signs
/// of its name, its attributes and, of scripts and style sheets, of what they hold.
/// Returns where its attributes end.
std::size_t tag_signs(std::string_view text, std::size_t at, Signs& signs);

/// Adds the signs of one attribute of a tag that starts at `tag`.
struct Attribute;
void attribute_signs(const Attribute& attribute, Span where, Signs& signs);

}  // namespace gird::detect
