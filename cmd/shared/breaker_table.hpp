// Breakers as a table.
#pragma once

#include <span>
#include <string>

#include "shared/breaker_view.hpp"

namespace gird {

/// One breaker a line below a heading, in `width` columns where names allow it: one that is too
/// long stands on a line of its own. In the order of `views`, which has at least one.
std::string table_of(std::span<const BreakerView> views, std::size_t width);

/// The width of tables that no terminal measures, and the most of one that a terminal does.
inline constexpr std::size_t table_width = 80;
inline constexpr std::size_t widest = 100;

}  // namespace gird
