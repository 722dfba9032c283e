// Functions and settings of PHP.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect {

enum class PhpFunction : std::uint8_t {
  none,
  common,  ///< other languages and people have the word too
  own,     ///< the name is PHP's alone
  danger,  ///< runs programs or code, and the name is PHP's alone
  shared,  ///< runs programs or code, in other languages as well: system, exec, eval
};

/// What the function of this name (lower case) is.
PhpFunction php_function(std::string_view name);

/// Settings that change which code is run, or where it may be.
bool is_php_setting(std::string_view name);

}  // namespace gird::detect
