// What lines of logs begin with.
#pragma once

#include <string_view>

namespace gird::detect {

/// The sign for the head of a line of a log that `line` begins with; empty if there is none.
std::string_view log_head(std::string_view line);

}  // namespace gird::detect
