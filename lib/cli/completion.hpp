// Completion scripts, made from the rows of every command and a template per shell.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace gird::cli {

enum class Shell { bash, zsh, fish };

/// The whole script for `shell`. `links` names the multicall links it also serves.
std::string completion_script(Shell shell, const Catalogue& catalogue);

}  // namespace gird::cli
