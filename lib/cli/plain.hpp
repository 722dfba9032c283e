// Pages as plain text of 80 columns.
#pragma once

#include <string>

#include "cli/page.hpp"

namespace gird::cli {

/// `prose` without its marks: code of several words is quoted, a link to the web shows where to.
std::string plain(const Prose& prose);

/// Appends `block` behind `indent` blanks, without an empty line before or after it.
void append_plain(std::string& out, const Block& block, std::size_t indent);

/// Appends the blocks, an empty line between any two.
void append_plain(std::string& out, const std::vector<Block>& blocks, std::size_t indent);

/// The sections of `page` with positions [first, last), headings in capitals, text indented.
std::string plain_sections(const Document& page, std::size_t first, std::size_t last);

/// `text` in ASCII capitals.
std::string capitals(std::string_view text);

}  // namespace gird::cli
