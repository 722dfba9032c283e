// --color: whether what people read is coloured.
#pragma once

#include <cstdint>
#include <span>

#include "base/choice.hpp"
#include "sys/world.hpp"

namespace gird {

enum class Color : std::uint8_t { automatic, always, never };
std::span<const Choice<Color>> choices(Color);

/// What is written to.
enum class Stream : std::uint8_t { output, error };

/// Whether it is to be coloured. Source: no-color.org, bixense.com/clicolors.
bool coloured(Color color, Stream stream, const World& world);

}  // namespace gird
