// Repair of a text that comes in pieces.
#pragma once

#include <expected>
#include <string_view>

#include "json/repairer.hpp"

namespace gird::json {

/// As `repair_json`, but `size` bytes at a time.
std::expected<Repaired, Refusal> repair_in_pieces(std::string_view text, std::size_t size,
                                                  const Settings& settings);

/// `text` with the repairs applied; they must be in order and short enough to be told whole.
std::string with_repairs(std::string_view text, const std::vector<Repair>& repairs);

}  // namespace gird::json
