// From argv to a command.
#pragma once

#include <span>

#include "base/exit.hpp"
#include "sys/world.hpp"

namespace gird {

/// Runs what `args` (argv, the program's name first) asks for: the command that the link is named
/// after, else the one that the first argument names.
/// `depth` is the number of guards of this process whose command it is.
Exit dispatch(std::span<const char* const> args, World& around, int depth = 0);

/// Whether `args` ask for a command that runs another one.
bool names_wrapper(std::span<const char* const> args);

}  // namespace gird
