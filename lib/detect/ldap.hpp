// Search filters of directories that were put where a value was expected.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of a filter that is left and continued (`*)(uid=*`, `x)(|(`), and of whole filters that
/// join others (`(&(sn=a)(cn=b*))`). Parentheses of prose are balanced, and no comparison follows
/// where they are opened behind others.
/// Source: RFC 4515, "String Representation of Search Filters".
void ldap_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
