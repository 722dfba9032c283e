// Programs in JavaScript where a text was expected.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a text that goes on as a program: inside a string (`'-alert(1)-'`, `";x()//`), inside a
/// template (`${...}`), as a handler, or as an address (`javascript:`). Only calls and values that
/// an injected text needs are looked at; a program that defines or calls its own names has no sign.
/// Source: ECMA-262 (2024) 12 and 13.3; HTML 8.1.8 (handlers), WHATWG URL.
void js_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
