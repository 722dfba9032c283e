// Spaces of forms.
#include <algorithm>

#include "text/views_decoders.hpp"

namespace gird::text {

namespace {

/// What ends or begins a word of a form; not the signs of a pattern, nor the dashes of a table.
bool may_be_beside(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("'\"()=<>*,;:").contains(c) || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool is_form_word(std::string_view text, std::size_t at, std::size_t least, std::size_t& end) {
  constexpr std::string_view blanks = " \t\r\n";
  end = std::min(text.find_first_of(blanks, at), text.size());
  const std::string_view word = text.substr(at, end - at);
  std::size_t count = 0;
  for (std::size_t i = word.find('+', 1); i < word.size() - 1; i = word.find('+', i + 1)) {
    if (may_be_beside(word[i - 1]) && may_be_beside(word[i + 1])) ++count;
  }
  return count >= least;
}

}  // namespace gird::text
