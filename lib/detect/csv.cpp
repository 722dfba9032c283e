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

/// Where `cmd|'/c calc'!A0` ends in `text`: a topic of another program, and an item of it.
std::size_t topic_end(std::string_view text) {
  const std::size_t item = text.rfind('!');
  for (std::size_t bar = text.find('|'); bar < item; bar = text.find('|', bar + 1)) {
    if (item != std::string_view::npos && bar > 0 && is_word(text[bar - 1])) return item + 1;
  }
  return std::string_view::npos;
}

}  // namespace

void csv_signs(std::string_view text, Signs& signs) {
  const std::size_t start = text.find_first_not_of("\"' \t\r\n");
  if (start == std::string_view::npos || !std::string_view("=+-@").contains(text[start])) return;
  const std::size_t name = text.find_first_not_of("=+-@ ", start);
  if (name == std::string_view::npos || !is_letter(text[name])) return;
  const std::size_t after = name + word_length(text.substr(name));
  const std::size_t topic = topic_end(text.substr(name));
  if (topic != std::string_view::npos) {
    signs.add("csv/dde", {start, name + topic});
  } else if (text.substr(after).starts_with('(')) {
    signs.add("csv/call", {start, after + 1});
  }
}

}  // namespace gird::detect
