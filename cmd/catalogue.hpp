// The commands of the program, as the build poured them.
#pragma once

#include "cli/command.hpp"

namespace gird {

cli::Catalogue catalogue();

}  // namespace gird
