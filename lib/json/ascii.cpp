// Escapes instead of characters.
#include "json/ascii.hpp"

#include <array>

#include "base/utf8.hpp"
#include "json/scan.hpp"

namespace gird::json {
namespace {

/// How long a character is, by its first byte.
std::size_t length_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
}

void add_unit(Outlet& out, char32_t unit) {
  static constexpr std::string_view digits = "0123456789abcdef";
  const std::array<char, 6> text{'\\',
                                 'u',
                                 digits[unit >> 12],
                                 digits[unit >> 8 & 15],
                                 digits[unit >> 4 & 15],
                                 digits[unit & 15]};
  out.add({text.data(), text.size()});
}

void add_escaped(Outlet& out, std::string_view character) {
  const char32_t point = next_character(character).point;
  if (point < 0x10000) return add_unit(out, point);
  add_unit(out, 0xd800 + ((point - 0x10000) >> 10));
  add_unit(out, 0xdc00 + ((point - 0x10000) & 0x3ff));
}

}  // namespace

void Ascii::text(std::string_view bytes) {
  std::size_t at = 0;
  if (!cut_.empty()) {
    at = std::min(length_of(cut_[0]) - cut_.size(), bytes.size());
    cut_ += bytes.substr(0, at);
    if (cut_.size() < length_of(cut_[0])) return;
    add_escaped(out_, cut_);
    cut_.clear();
  }
  while (at < bytes.size()) {
    const std::size_t end = not_ascii(bytes, at);
    out_.add(bytes.substr(at, end - at));
    if (end == bytes.size()) return;
    const std::size_t length = length_of(bytes[end]);
    if (length > bytes.size() - end) {
      cut_ = bytes.substr(end);
      return;
    }
    add_escaped(out_, bytes.substr(end, length));
    at = end + length;
  }
}

}  // namespace gird::json
