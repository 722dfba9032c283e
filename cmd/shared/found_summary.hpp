// --summary: how much was found, in a few lines.
#pragma once

#include <memory>

#include "shared/found.hpp"
#include "sys/world.hpp"

namespace gird {

/// Says it on standard error.
std::unique_ptr<FoundListener> found_summary(World& world);

}  // namespace gird
