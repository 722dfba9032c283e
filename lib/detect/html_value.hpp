// What a browser makes of an attribute's value: addresses and style sheets.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect {

enum class Address : std::uint8_t {
  other,
  script,    ///< javascript:, vbscript:, livescript:, mocha:
  document,  ///< data: with a type that a browser opens as a page, mhtml:
  image,     ///< data: with SVG: a page in a frame, a picture in <img>
};

/// What opens when `value` is followed. Blanks and controls before and between the letters are
/// left out and entities decoded, as browsers do; `url=` of a refresh may precede.
/// Source: WHATWG URL 4.4 (tabs and line ends are removed), HTML 13.2.5.72 (entities).
Address address_kind(std::string_view value);

/// Is the host of an http address a number that is not written as four decimal parts: one whole,
/// or with hexadecimal or octal parts? Browsers read it as an address of IPv4.
/// Source: WHATWG URL 3.5 (the IPv4 number parser).
bool has_numeric_host(std::string_view value);

enum class Sheet : std::uint8_t {
  plain,
  loads,  ///< url() or @import of another place
  odd,    ///< brackets and escapes that no sheet needs: parsers disagree on where the value ends
  runs,   ///< expression(), url(javascript:), -moz-binding, behavior
};

/// What a style sheet, or a style attribute, does. Escapes are decoded, comments left out.
/// Source: CSS Syntax 4.3.2, 4.3.7. At most `longest_sheet` bytes are read.
Sheet sheet_kind(std::string_view css);

inline constexpr std::size_t longest_sheet = 2048;

/// The bytes of one entity at `at` (which holds `&`) and what it stands for; no length if it is
/// none, or none of those that addresses and calls are written with.
struct Entity {
  std::size_t length = 0;
  char means = 0;
};
Entity entity_at(std::string_view text, std::size_t at);

}  // namespace gird::detect
