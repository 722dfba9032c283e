// Letters that look like others.
#pragma once

#include <string_view>

namespace gird::detect {

/// The letter or digit of ASCII that a letter of another alphabet looks like; 0 if it is like none.
/// Source: Unicode, UTS 39.
char looks_like(char32_t point);

/// Whether a word, in small letters, is one that is imitated: of a brand, an account, a command.
bool is_imitated(std::string_view word);

}  // namespace gird::detect
