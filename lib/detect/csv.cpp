#include "detect/csv.hpp"

#include <algorithm>

namespace gird::detect {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.'; }

/// How many bytes of a word `text` starts with.
std::size_t word_length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_word) - text.begin());
}

/// `|'/c calc'!A0`: a topic of another program and an item of it.
bool is_topic(std::string_view rest) {
  return rest.size() > 1 && rest.front() == '|' && rest.find('!') != std::string_view::npos;
}

}  // namespace

void csv_signs(std::string_view text, Signs& signs) {
  const std::size_t start = text.find_first_not_of("\"' \t\r\n");
  if (start == std::string_view::npos || !std::string_view("=+-@").contains(text[start])) return;
  const std::size_t name = text.find_first_not_of("=+-@ ", start);
  if (name == std::string_view::npos || !is_letter(text[name])) return;
  const std::size_t after = name + word_length(text.substr(name));
  const std::string_view rest = text.substr(after);
  if (is_topic(rest)) {
    signs.add("csv/dde", {start, text.find('!', after) + 1});
  } else if (rest.starts_with('(')) {
    signs.add("csv/call", {start, after + 1});
  }
}

}  // namespace gird::detect
