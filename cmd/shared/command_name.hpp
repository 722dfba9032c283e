// An operand that names a command of gird.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace gird {

struct CommandName {
  std::string name;
};

/// Any text: some operands also take the name of a page or a file.
Result<void> from_text(std::string_view text, CommandName& field);
std::string to_text(const CommandName& field);
/// Every command of the catalogue with its summary.
std::vector<std::pair<std::string_view, std::string_view>> words_of(const CommandName* field);

}  // namespace gird
