// What may stand inside a string, character by character where the fast loops leave it.
#include "json/body_length.hpp"

#include "base/utf8.hpp"
#include "json/runs.hpp"

namespace gird::json {
namespace {

bool hexadecimal(unsigned char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'f');
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

/// Behind characters beyond ASCII, at most those up to `end`. Those of two and three bytes that
/// have no exceptions are told by their bits, which makes prose of most languages three times as
/// fast.
const char* after_characters(const char* at, const char* end) {
  while (at != end) {
    const auto lead = static_cast<unsigned char>(*at);
    if (lead < 0x80) break;
    if (lead >= 0xC2 && lead < 0xE0 && end - at > 1 && continues(at[1])) {
      at += 2;
    } else if (lead > 0xE0 && lead < 0xF0 && lead != 0xED && end - at > 2 && continues(at[1]) &&
               continues(at[2])) {
      at += 3;
    } else {
      const auto length = character_length({at, static_cast<std::size_t>(end - at)});
      if (length == 0) break;
      at += length;
    }
  }
  return at;
}

}  // namespace

std::size_t character_length(std::string_view bytes) {
  if (bytes.empty()) return 0;
  const Utf8 character = next_character(bytes);
  return character.valid ? character.length : 0;
}

std::size_t escape_length(std::string_view bytes) {
  if (bytes.size() < 2) return 0;
  if (bytes[1] != 'u') return std::string_view("\"\\/bfnrt").contains(bytes[1]) ? 2 : 0;
  if (bytes.size() < 6) return 0;
  for (std::size_t i = 2; i < 6; ++i) {
    if (!hexadecimal(static_cast<unsigned char>(bytes[i]))) return 0;
  }
  return 6;
}

std::size_t plain_length(std::string_view bytes) {
  const char* end = bytes.data() + bytes.size();
  return static_cast<std::size_t>(runs::after_plain(bytes.data(), end) - bytes.data());
}

std::size_t body_length(std::string_view bytes) {
  const char* const end = bytes.data() + bytes.size();
  const char* at = bytes.data();
  while (true) {
    at = runs::after_plain(at, end);
    if (at == end || *at == '"') break;
    const char* const before = at;
    if (*at == '\\') {
      at += escape_length({at, static_cast<std::size_t>(end - at)});
    } else {
      at = after_characters(at, end);
    }
    if (at == before) break;
  }
  return static_cast<std::size_t>(at - bytes.data());
}

}  // namespace gird::json
