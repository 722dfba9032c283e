// Completion scripts, made from the rows of every command and a template per shell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace gird::cli {

enum class Shell { bash, zsh, fish };

/// The shells by name.
std::span<const Choice<Shell>> choices(Shell shell);

/// The whole script for `shell`: the page "completions/SHELL" with the table poured in. It serves
/// `gird`, every `gird-NAME` and the links of `free_names`.
std::string completion_script(Shell shell, const Catalogue& catalogue);

/// The commands whose bare names no Debian package, shell or common word has claimed, so that links
/// of these names are installed and made without being asked for each.
std::vector<std::string_view> free_names(const Catalogue& catalogue);

}  // namespace gird::cli
