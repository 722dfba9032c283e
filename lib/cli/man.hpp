// Manual pages in mdoc(7), made from a command's rows and its page.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace gird::cli {

/// gird-NAME(1) of a command.
std::string manual(const Command& command, const Catalogue& catalogue);

/// The manual of a topic page ("gird", "gird-config.5"), whose prose is all there is.
std::string topic_manual(const Page& page, const Catalogue& catalogue);

}  // namespace gird::cli
