#include "text/escapes.hpp"
#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

/// `%02d`, `%10s`: a width and a conversion of printf. `%09s` is none, but a tab before an
/// attribute.
bool is_conversion(std::string_view rest) {
  if (rest.size() < 4 || !std::string_view("diuxXs").contains(rest[3])) return false;
  const char digit = rest[2];
  return (rest[1] == '0' && digit >= '1' && digit <= '8') ||
         (rest[1] == '1' && digit >= '0' && digit <= '9');
}

}  // namespace

Decoded decode_percent(std::string_view rest) {
  std::string_view digits = rest.substr(1);
  if (digits.starts_with('u') || digits.starts_with('U')) {
    digits.remove_prefix(1);
    const auto point = take_hex(digits, 4);
    return point ? decoded_point(Coding::percent_u, 6, *point) : Decoded();
  }
  if (is_conversion(rest)) return {};
  const auto byte = take_hex(digits, 2);
  return byte ? decoded_byte(Coding::url, 3, *byte) : Decoded();
}

}  // namespace gird::text
