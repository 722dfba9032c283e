// Filling lines greedily.
#include "cli/wrap.hpp"

#include <algorithm>

namespace gird::cli {

std::size_t columns(std::string_view text) {
  const auto starts = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(text, starts));
}

void append_wrapped(std::string& out, std::string_view text, std::size_t indent, std::size_t hang) {
  if (text.find_first_not_of(' ') == text.npos) {
    out += '\n';
    return;
  }
  std::size_t column = columns(std::string_view(out).substr(out.rfind('\n') + 1));
  if (column > 0 && column + 2 > indent) {
    out += '\n';
    column = 0;
  }
  out.append(indent - column, ' ');
  column = indent;
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (!first && column + 1 + columns(word) > page_width) {
      out += '\n';
      out.append(indent + hang, ' ');
      column = indent + hang;
      first = true;
    }
    if (!first) out += ' ';
    out += word;
    column += columns(word) + (first ? 0 : 1);
    first = false;
  }
  out += '\n';
}

}  // namespace gird::cli
