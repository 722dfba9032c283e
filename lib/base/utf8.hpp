// UTF-8, read one character at a time, with nothing assumed about the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gird {

/// One character at the head of some bytes. An invalid byte is a "character" of length 1.
struct Utf8 {
  char32_t point = 0;
  std::size_t length = 1;
  bool valid = false;
};

/// The first character of `bytes`, which must not be empty. Overlong forms, surrogates and
/// values over U+10FFFF are invalid. Source: RFC 3629.
Utf8 next_character(std::string_view bytes);

/// Puts the bytes of `point`, at most U+10FFFF, behind `bytes`; a surrogate gets the three that it
/// would have if it were a character.
void append_utf8(std::string& bytes, char32_t point);

bool valid_utf8(std::string_view bytes);

/// Whether `byte` is one of a character of UTF-8 behind its first.
constexpr bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80;
}

/// How many characters start in `bytes`: bytes that do not continue one, eight at a time.
std::uint64_t characters_in(std::string_view bytes);

/// `bytes` without the beginning of a character at the end, which a cut left there.
std::string_view whole_characters(std::string_view bytes);

/// `bytes` with U+FFFD in place of each invalid byte.
std::string with_replacements(std::string_view bytes);

/// `text` as it may be shown on a terminal: control characters and invalid UTF-8 are written as
/// \xNN; tabs stay.
std::string printable(std::string_view text);

}  // namespace gird
