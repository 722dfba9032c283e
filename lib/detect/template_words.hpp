// Names that expressions of an attack are made of, over all template languages.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect {

enum class TemplateWord : std::uint8_t {
  other,
  walk,    ///< leads from a value to its class, module or loader
  run,     ///< runs, loads or reads when called
  engine,  ///< an object of the engine that data has no business with
  object,  ///< an object that every template sees; honest with a member, a probe alone
};

/// What a name in lower case is.
TemplateWord template_word(std::string_view name);

/// Whether PHP runs its argument as a program or as code, so that a filter must not be given it.
bool is_php_callback(std::string_view name);

}  // namespace gird::detect
