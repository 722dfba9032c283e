// What is done with records that are not as they should be.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace gird {

enum class Action : std::uint8_t {
  check,       ///< all records are judged, none is written
  encode,      ///< what can be written is written
  filter,      ///< the others are left out
  quarantine,  ///< the others go to a file
};

/// One --action: "filter", "quarantine=FILE".
struct ActionChoice {
  Action action = Action::check;
  std::string path;  ///< of the quarantine
};
/// Fault::usage, value-choice.
Result<void> from_text(std::string_view text, ActionChoice& choice);
std::string to_text(const ActionChoice& choice);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const ActionChoice*);

}  // namespace gird
