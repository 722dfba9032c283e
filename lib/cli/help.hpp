// Help texts, made from a command's rows and its page.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/page.hpp"

namespace gird::cli {

/// What `-h` prints: at most 24 lines of 80 columns.
std::string short_help(const Command& command, const Catalogue& catalogue);

/// What `--help` prints: summary, USAGE, EXAMPLES, OPTIONS in groups with defaults, EXIT STATUS,
/// SEE ALSO.
std::string long_help(const Command& command, const Catalogue& catalogue);

/// What `gird` alone prints: the commands in groups, one line each.
std::string overview(const Catalogue& catalogue);

/// What `gird help TOPIC` prints for a page of man/: its title and its prose.
std::string topic_help(const Page& page);

/// `gird help --json`: the commands with their options as one JSON document (one line); with a
/// command, that one alone.
std::string help_json(const Catalogue& catalogue, const Command* only = nullptr);

/// "gird retry [options] [--] COMMAND [ARG...]"
std::string usage(const Command& command, const Rows& rows);

/// "run a command under a policy": what the commands of `kind` do, as a heading.
std::string_view heading(Kind kind);

/// A line of the EXIT STATUS section.
struct ExitLine {
  std::string_view code;
  std::string_view meaning;
};
std::span<const ExitLine> exit_lines(Kind kind);

/// The manual pages to be read after that of `command`: those that belong to its kind and those
/// that its page names, by section and name. Views point into `page` and `catalogue`.
std::vector<Reference> see_also(const Command& command, const Document& page,
                                const Catalogue& catalogue);

/// Every NAME(N) in the prose of `section`.
std::vector<Reference> references(const Section& section);

/// The page of a topic, by "gird-config.5", "gird-config" or "config"; null when there is none.
const Page* topic(const Catalogue& catalogue, std::string_view name);

/// The names of all topic pages, as `topic` takes them.
std::vector<std::string_view> topics(const Catalogue& catalogue);

}  // namespace gird::cli
