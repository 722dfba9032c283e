// Where a command's values come from besides its command line.
#pragma once

#include <vector>

#include "cli/config.hpp"
#include "sys/world.hpp"

namespace gird {

/// The configuration files in force, the most binding first: the one named by --config or
/// GIRD_CONFIG alone ("none": none at all), else the user's and then the system's, where they
/// exist.
Result<std::vector<cli::ConfigFile>> config_files(World& world,
                                                  const std::optional<std::string>& named);

/// Every setting that `command` would take, the most binding first: its variables, the general
/// ones, the profile, the files. Fault::usage: config-*, profile-unknown.
Result<std::vector<cli::Setting>> settings_for(const cli::Command& command, const cli::Rows& rows,
                                               const cli::Typed& typed, World& world,
                                               const cli::Catalogue& catalogue);

}  // namespace gird
