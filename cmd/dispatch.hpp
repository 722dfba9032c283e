// From argv to a command.
#pragma once

#include <span>

#include "base/exit.hpp"
#include "sys/world.hpp"

namespace gird {

/// Runs what `args` (argv, the program's name first) asks for: the command that the link is named
/// after, else the one that the first argument names.
Exit dispatch(std::span<const char* const> args, World& world);

}  // namespace gird
