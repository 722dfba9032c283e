// The decoders behind the views, one file a family. Each looks at one place of a text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "text/views.hpp"

namespace gird::text {

/// What the bytes at a place stand for: `in` of them, none of it if 0, for at most four others and
/// never for more than there were.
struct Decoded {
  Coding coding = Coding::url;
  std::size_t in = 0;
  std::array<char, 4> bytes{};
  std::uint8_t out = 0;

  [[nodiscard]] explicit operator bool() const { return in > 0; }
};

/// `point` in UTF-8 (U+FFFD if there is no such character), read from `in` bytes.
Decoded decoded_point(Coding coding, std::size_t in, char32_t point);
/// `byte` as it is.
Decoded decoded_byte(Coding coding, std::size_t in, unsigned byte);

/// %XX and %uXXXX at a `%`. Not `%02d`, which is a printf's.
Decoded decode_percent(std::string_view rest);
/// A character reference at an `&`: numbers as browsers read them, and the names of ASCII, of
/// blanks and of invisible characters. Source: WHATWG HTML, 13.2.5.72 and 13.5.
Decoded decode_entity(std::string_view rest);
/// \xHH, \uXXXX, \u{H}, \UXXXXXXXX, \OOO at a `\`.
Decoded decode_backslash(std::string_view rest);
/// `+ADw-` at a `+`, of one character of ASCII at a time. Source: RFC 2152.
Decoded decode_utf7(std::string_view rest);
/// At a byte from 0x80 on: overlong UTF-8, compatibility forms of ASCII, what shows nothing.
/// `text` is the whole one, since punctuation of Chinese and Japanese is full-width by right.
Decoded decode_wide(std::string_view text, std::size_t at);

/// The characters of ASCII (at most three) that `point` is a form of. Source: Unicode, NFKC.
std::string_view ascii_of(char32_t point);
/// Whether `point` has no glyph of its own. Source: Unicode, Default_Ignorable_Code_Point.
bool default_ignorable(char32_t point);

/// A token of base64 that stands for text.
struct Token {
  std::size_t begin = 0;
  std::size_t digits_end = 0;  ///< where its digits end
  std::size_t end = 0;         ///< behind its padding, `=` or `%3D`
};
/// The first one from `at` on.
std::optional<Token> next_token(std::string_view text, std::size_t at);
/// Its bytes, for `write(char)`.
void decode_token(std::string_view digits, char* out);

/// Where the first byte from `at` on is that may begin an encoding: `%`, `&`, `\`, `+`, NUL, some
/// first bytes of characters. The size of `text` if there is none.
std::size_t next_trigger(std::string_view text, std::size_t at);

/// Whether `text` as a whole is a JSON document with a string.
bool is_json(std::string_view text);
/// The body of the next string of a JSON document from `at` on.
std::optional<Stretch> next_string(std::string_view text, std::size_t at);
/// An escape at a `\` of a JSON string.
Decoded decode_json(std::string_view rest);

/// Whether the word of `text` at `at` has `+` between its bytes at least `least` times, none of
/// them doubled. `end` becomes the end of the word.
bool is_form_word(std::string_view text, std::size_t at, std::size_t least, std::size_t& end);

}  // namespace gird::text
