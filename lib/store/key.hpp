// The names of cells.
#pragma once

#include <string_view>

#include "base/result.hpp"

namespace gird::store {

/// Whether `key` can name a cell: 1 to 128 of A-Z a-z 0-9 . _ : @ -, the first of them not . or -.
bool is_key(std::string_view key);

/// Fault::usage, store-key: it cannot. Callers that take names from people check them before and
/// name the option; this keeps a path from escaping its folder whoever called.
Result<void> check_key(std::string_view key);

}  // namespace gird::store
