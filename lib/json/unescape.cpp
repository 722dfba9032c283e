// Escapes and characters.
#include "json/unescape.hpp"

#include <charconv>
#include <cstdint>

namespace gird::json {

char Unescape::meaning(char letter) {
  switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter;
  }
}

char32_t Unescape::unit_of(std::string_view digits) {
  std::uint32_t unit = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
  return unit;
}

}  // namespace gird::json
