// The rules that gird is built with.
#pragma once

#include "rules/book.hpp"

namespace gird::detect {

/// Those of lib/detect/rules.
rules::Book compiled_rules();

}  // namespace gird::detect
