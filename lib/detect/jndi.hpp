// Lookups that Log4j resolves in what it is to log.
#pragma once

#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

/// Signs of Log4j lookups, which are resolved as Log4j does, inside out: `jndi/lookup` (some
/// nesting of `${...}` comes to start with "jndi:"), `jndi/url` (jndi:ldap:// and the like outside
/// of one), `jndi/nested` (a lookup that spells another one), `jndi/leak` (`${env:X}` and others
/// that give away the surroundings).
/// Source: Apache Log4j 2 manual, "Lookups"; CVE-2021-44228, CVE-2021-45046.
void jndi_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
