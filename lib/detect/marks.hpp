// Which bytes a text holds, as one number.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect {

/// A set of bytes, told apart as far as it matters: each printable ASCII character that is no
/// letter or digit is its own, so are NUL, tab, line feed, carriage return and escape; the digits,
/// the small letters, the capitals and the other controls are one each; of bytes from 0x80, there
/// are seven groups.
class Marks {
 public:
  constexpr Marks() = default;
  /// Those of `bytes`; "0" is any digit, "a" any small letter.
  explicit constexpr Marks(std::string_view bytes) {
    for (const char c : bytes) bits_ |= bit_of(static_cast<unsigned char>(c));
  }
  static constexpr Marks all() {
    Marks marks;
    marks.bits_ = ~std::uint64_t{0};
    return marks;
  }
  /// Those of a text, in one pass.
  static Marks of(std::string_view text);

  /// Whether there is a byte in both.
  [[nodiscard]] constexpr bool meets(Marks other) const { return (bits_ & other.bits_) != 0; }
  bool operator==(const Marks&) const = default;

 private:
  static constexpr unsigned number_of(unsigned byte) {
    if (byte >= '0' && byte <= '9') return 0;
    if (byte >= 'a' && byte <= 'z') return 1;
    if (byte >= 'A' && byte <= 'Z') return 2;
    if (byte < 0x20 || byte == 0x7F) return 3 + control(byte);
    if (byte >= 0x80) return 9 + high(byte);
    const unsigned digits = byte > '9' ? 10 : 0;
    const unsigned capitals = byte > 'Z' ? 26 : 0;
    const unsigned small = byte > 'z' ? 26 : 0;
    return 16 + (byte - 0x20) - digits - capitals - small;
  }
  static constexpr unsigned control(unsigned byte) {
    constexpr std::string_view own("\0\t\n\r\x1B", 5);
    const std::size_t at = own.find(static_cast<char>(byte));
    return at == std::string_view::npos ? 5 : static_cast<unsigned>(at);
  }
  /// Continuations, 0xC2 (C1 controls), two bytes, 0xE2 (punctuation), 0xEF (full width), three
  /// bytes, four.
  static constexpr unsigned high(unsigned byte) {
    if (byte < 0xC0) return 0;
    if (byte == 0xC2) return 1;
    if (byte < 0xE0) return 2;
    if (byte == 0xE2) return 3;
    if (byte == 0xEF) return 4;
    return byte < 0xF0 ? 5 : 6;
  }
  static constexpr std::uint64_t bit_of(unsigned byte) {
    return std::uint64_t{1} << number_of(byte);
  }

  std::uint64_t bits_ = 0;
};

}  // namespace gird::detect
