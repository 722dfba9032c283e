#include "shared/color.hpp"

#include <array>

namespace gird {
namespace {

bool set_and_not_zero(const World& world, const char* name) {
  const auto value = world.variable(name);
  return value && *value != "0";
}

bool is_terminal(Stream stream, const World& world) {
  return stream == Stream::error ? world.err_is_terminal() : world.out_terminal().has_value();
}

}  // namespace

std::span<const Choice<Color>> choices(Color) {
  static constexpr std::array<Choice<Color>, 3> all{{
      {"auto", Color::automatic, "on a terminal"},
      {"always", Color::always, "everywhere"},
      {"never", Color::never, "nowhere"},
  }};
  return all;
}

bool coloured(Color color, Stream stream, const World& world) {
  if (color != Color::automatic) return color == Color::always;
  if (world.variable("NO_COLOR")) return false;
  if (set_and_not_zero(world, "FORCE_COLOR") || set_and_not_zero(world, "CLICOLOR_FORCE"))
    return true;
  const auto term = world.variable("TERM");
  return is_terminal(stream, world) && term && *term != "dumb";
}

}  // namespace gird
