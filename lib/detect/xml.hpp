// Declarations of XML that make its reader load, or grow.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of documents whose declarations act on the reader: entities of other places, entities of
/// parameters, entities made of entities, XInclude, schemas of other places.
/// Source: XML 1.0 (fifth edition) 2.8, 4.2; XInclude 1.1; XML Schema 1.1, part 1, 4.2.
void xml_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
