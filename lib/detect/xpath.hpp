// Paths through XML documents that were put where a value was expected.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a condition that goes on behind a quote and calls a function of XPath with a path
/// (`') and contains(../a,'b`), and of a predicate that is left for another path (`']|//*`). Paths
/// alone, as selectors of pages, are none.
/// Source: W3C, XML Path Language (XPath) 3.1.
void xpath_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
