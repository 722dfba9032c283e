// Directives that a web server, or its cache, runs inside a page.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Server-side includes (`<!--#exec cmd="..." -->`) and edge-side includes (`<esi:include .../>`).
/// Source: Apache mod_include; nginx ngx_http_ssi_module; W3C note "ESI Language 1.0".
void ssi_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
