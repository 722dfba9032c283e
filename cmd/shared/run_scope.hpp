// What a wrapper inherits from the wrappers around it, and hands to its command.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sys/world.hpp"

namespace gird {

/// One run of one wrapper: its id, its depth among nested wrappers and the deadline of those
/// around it.
struct RunScope {
  std::string run;                    ///< 32 hexadecimal digits, the same in all nested wrappers
  std::int64_t depth = 1;             ///< 1 is the outermost
  std::optional<Time> deadline = {};  ///< GIRD_DEADLINE_AT of an outer wrapper
};

/// From GIRD_RUN (else the trace id of TRACEPARENT, else a new one), GIRD_DEPTH and
/// GIRD_DEADLINE_AT. Fault::usage, variable-invalid.
Result<RunScope> run_scope(World& world);

}  // namespace gird
