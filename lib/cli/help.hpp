// Help texts, made from a command's rows and its page.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace gird::cli {

/// What `-h` prints: at most 24 lines of 80 columns.
std::string short_help(const Command& command, const Catalogue& catalogue);

/// What `--help` prints: summary, USAGE, EXAMPLES, OPTIONS in groups with defaults, EXIT STATUS,
/// SEE ALSO.
std::string long_help(const Command& command, const Catalogue& catalogue);

/// What `gird` alone prints: the commands in groups, one line each.
std::string overview(const Catalogue& catalogue);

/// `gird help --json`: every command with its options as one JSON document (one line).
std::string help_json(const Catalogue& catalogue);

/// "gird retry [options] [--] COMMAND [ARG...]"
std::string usage(const Command& command, const Rows& rows);

/// A line of the EXIT STATUS section.
struct ExitLine {
  std::string_view code;
  std::string_view meaning;
};
std::span<const ExitLine> exit_lines(Kind kind);

}  // namespace gird::cli
