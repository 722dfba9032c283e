// Reading TOML.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "toml/value.hpp"

namespace gird::toml {

/// Why a text is no TOML; lower case, as messages want it.
struct Mistake {
  Place place;
  std::string why;
};

/// Takes any bytes. Values nest 256 deep at most.
/// Source: TOML 1.0.
std::expected<Table, Mistake> parse(std::string_view text);

}  // namespace gird::toml
