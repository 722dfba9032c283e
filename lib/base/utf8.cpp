// Decoding UTF-8.
#include "base/utf8.hpp"

#include <bit>
#include <cstring>

namespace gird {

Utf8 next_character(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length) return {lead, 1, false};
  char32_t point = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xc0U) != 0x80) return {lead, 1, false};
    point = point << 6 | (at(i) & 0x3fU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  const bool surrogate = point >= 0xd800 && point <= 0xdfff;
  if (overlong || surrogate || point > 0x10ffff) return {lead, 1, false};
  return {point, length, true};
}

void append_utf8(std::string& bytes, char32_t point) {
  const auto tail = [&](unsigned shift) {
    bytes += static_cast<char>(0x80U | (point >> shift & 0x3fU));
  };
  if (point < 0x80) {
    bytes += static_cast<char>(point);
    return;
  }
  if (point < 0x800) {
    bytes += static_cast<char>(0xc0U | point >> 6U);
  } else {
    if (point < 0x10000) {
      bytes += static_cast<char>(0xe0U | point >> 12U);
    } else {
      bytes += static_cast<char>(0xf0U | point >> 18U);
      tail(12);
    }
    tail(6);
  }
  tail(0);
}

bool valid_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const Utf8 next = next_character(bytes);
    if (!next.valid) return false;
    bytes.remove_prefix(next.length);
  }
  return true;
}

std::uint64_t characters_in(std::string_view bytes) {
  std::uint64_t continuing = 0;
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, sizeof word);
    constexpr std::uint64_t high = 0x8080808080808080U;
    continuing += static_cast<std::uint64_t>(std::popcount(word & ~(word << 1U) & high));
  }
  for (; i < bytes.size(); ++i) continuing += continues_character(bytes[i]) ? 1 : 0;
  return bytes.size() - continuing;
}

std::string_view whole_characters(std::string_view bytes) {
  std::size_t tail = 0;
  while (tail < 3 && tail < bytes.size() && continues_character(bytes[bytes.size() - 1 - tail]))
    ++tail;
  if (tail == bytes.size()) return bytes;
  const auto lead = static_cast<unsigned char>(bytes[bytes.size() - 1 - tail]);
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  if (length > tail + 1) bytes.remove_suffix(tail + 1);
  return bytes;
}

std::string with_replacements(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const Utf8 next = next_character(bytes);
    text += next.valid ? bytes.substr(0, next.length) : std::string_view("\xef\xbf\xbd");
    bytes.remove_prefix(next.length);
  }
  return text;
}

std::string printable(std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string shown;
  while (!text.empty()) {
    const Utf8 next = next_character(text);
    const auto byte = static_cast<unsigned char>(text.front());
    // C1 controls (U+0080 to U+009F) start escape sequences on some terminals too.
    const bool control = next.point < 0x20 || (next.point >= 0x7f && next.point < 0xa0);
    if (next.valid && (!control || byte == '\t')) {
      shown += text.substr(0, next.length);
    } else {
      for (const char raw : text.substr(0, next.length)) {
        const auto value = static_cast<unsigned char>(raw);
        shown += "\\x";
        shown += hex[value >> 4];
        shown += hex[value & 15];
      }
    }
    text.remove_prefix(next.length);
  }
  return shown;
}

}  // namespace gird
