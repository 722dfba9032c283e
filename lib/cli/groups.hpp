// A command's rows as pages show them: options in groups, operands apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace gird::cli {

/// The options below one heading; "Options" for those above the first.
struct Group {
  std::string_view heading;
  std::vector<const Row*> rows;
};

/// The options of `rows`, group by group, without empty ones.
std::vector<Group> groups(const Rows& rows);

std::vector<const Row*> operands(const Rows& rows);

/// False for a letter that has no long name.
bool has_long_name(const Row& row);

/// The words a value must be one of; empty where any text may stand.
std::vector<Word> choices(const Row& row);

/// "inherit, replay, null"
std::string listed(const std::vector<Word>& words);

/// The variable that pages name for an option of `command`; empty for one that is only typed.
/// What every command takes from the same variable (--config) is shown under the general name.
std::string shown_variable(const Command& command, const Row& row);

}  // namespace gird::cli
