// Manual pages in mdoc(7), made from a command's rows and its page.
#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/page.hpp"

namespace gird::cli {

/// gird-NAME(1) of a command. `date` is "2026-11-21".
std::string manual(const Command& command, const Catalogue& catalogue, std::string_view date);

/// The manual of a topic page ("gird", "gird-config.5"), whose prose is nearly all there is:
/// gird(1) has the list of commands besides.
std::string topic_manual(const Page& source, const Catalogue& catalogue, std::string_view date);

/// `prose` as lines of mdoc(7), each with its newline.
std::string mdoc(const Prose& prose);

}  // namespace gird::cli
