// Options that make a program run, load or write what their value says.
#pragma once

#include <string_view>

namespace gird::detect::arg {

enum class Effect : unsigned char {
  none,
  runs,    ///< the value is a command line
  loads,   ///< the value is code or a configuration that is read
  writes,  ///< the value is a file that is written, or sent
};

/// What the long option (without its hyphens) does with its value.
Effect effect_of(std::string_view option);

/// Whether a program that gets `-NAME VALUE` runs the value: find's -exec, netcat's -e.
bool is_short_runner(std::string_view name);

/// Whether ssh's `-oNAME=VALUE` runs or loads the value.
bool is_ssh_option(std::string_view name);

/// Whether git's `-c NAME=VALUE` runs the value.
bool is_git_key(std::string_view name);

}  // namespace gird::detect::arg
