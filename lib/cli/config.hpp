// Configuration files as settings of a command.
#pragma once

#include <string_view>
#include <vector>

#include "cli/fill.hpp"

namespace gird::cli {

/// A configuration file that was read: TOML with a table per command ([retry]) and profiles
/// ([profile.NAME.retry]); keys are long option names.
struct ConfigFile {
  std::string path;
  std::string text;
};

/// What `file` says of `command`: the settings of `profile` (may be empty), then the plain ones.
/// `has_profile` is set when the profile exists in it, whatever it says of this command.
/// Fault::usage: config-syntax, config-unknown-table, config-unknown-key, config-type, each with
/// FILE:LINE:COL and the nearest known name.
struct FromConfig {
  std::vector<Setting> of_profile;
  std::vector<Setting> plain;
  bool has_profile = false;
};
Result<FromConfig> from_config(const ConfigFile& file, const Command& command, const Rows& rows,
                               std::string_view profile, const Catalogue& catalogue);

/// Every mistake of `file`, in every table, each value tried on its option.
std::vector<Error> config_mistakes(const ConfigFile& file, const Catalogue& catalogue);

}  // namespace gird::cli
