// What becomes of each byte in a context: a table, made when the program is built.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.hpp"
#include "text/encode.hpp"

namespace gird::text {

/// A byte written otherwise, in at most seven others.
struct Escape {
  std::array<char, 7> bytes{};
  std::uint8_t size = 0;

  constexpr Escape() = default;
  constexpr explicit(false) Escape(std::string_view text)
      : size(static_cast<std::uint8_t>(text.size())) {
    for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = text[i];
  }
  constexpr Escape& operator+=(char byte) {
    bytes[size++] = byte;
    return *this;
  }
  constexpr Escape& operator+=(std::string_view text) {
    for (const char byte : text) *this += byte;
    return *this;
  }
  [[nodiscard]] constexpr std::string_view text() const { return {bytes.data(), size}; }
};

/// `prefix`, `byte` in `digits` digits of base 8 or 16, `suffix`.
template <int base>
constexpr Escape in_base(std::string_view prefix, unsigned char byte, int digits,
                         std::string_view suffix = {}) {
  constexpr std::string_view names = "0123456789abcdef";
  constexpr int bits = base == 16 ? 4 : 3;
  Escape out(prefix);
  for (int digit = digits - 1; digit >= 0; --digit) {
    out += names[(static_cast<unsigned>(byte) >> (digit * bits)) & (base - 1U)];
  }
  out += suffix;
  return out;
}
constexpr Escape in_hex(std::string_view prefix, unsigned char byte, int digits,
                        std::string_view suffix = {}) {
  return in_base<16>(prefix, byte, digits, suffix);
}

/// As in URLs: `%` and two digits, capital ones.
constexpr Escape in_percent(unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  Escape escape("%");
  escape += digits[byte >> 4U];
  escape += digits[byte & 0xfU];
  return escape;
}

/// The value of a digit of base 16, in capitals or not; 16 for what is none.
constexpr unsigned hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return 16;
}

/// Takes `count` digits of base 16 off the head of `text`.
std::optional<std::uint32_t> take_hex(std::string_view& text, std::size_t count);

/// Bytes from 0x80 on.
enum class Beyond : std::uint8_t {
  bytes,   ///< as the table says, one by one
  utf8,    ///< characters of valid UTF-8, which stay; nothing else
  refuse,  ///< the context is of ASCII
};

inline constexpr std::string_view letters_and_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Controls that XML 1.0 has no place for, not even as references (2.2, Char); with NUL, which
/// passes nowhere.
inline constexpr std::string_view not_in_xml =
    "\1\2\3\4\5\6\7\x8\xb\xc\xe\xf\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f";

class Escapes {
 public:
  enum class Act : std::uint8_t { pass, write, refuse };

 private:
  // Before its users, which run while this is compiled.
  static constexpr std::size_t index(char byte) { return static_cast<unsigned char>(byte); }
  constexpr void write_one(std::size_t byte, auto make) {
    act_[byte] = Act::write;
    texts_[byte] = make(static_cast<unsigned char>(byte));
  }

 public:
  /// At first all of ASCII passes, but NUL.
  constexpr explicit Escapes(Beyond beyond) : beyond_(beyond) {
    refuse({"\0", 1});
    if (beyond == Beyond::bytes) return;
    for (unsigned byte = 0x80; byte < 0x100; ++byte) act_[byte] = Act::refuse;
  }

  constexpr Escapes& refuse(std::string_view bytes) {
    for (const char byte : bytes) act_[index(byte)] = Act::refuse;
    return *this;
  }
  constexpr Escapes& refuse_controls() {
    for (unsigned byte = 0; byte < 0x20; ++byte) act_[byte] = Act::refuse;
    act_[0x7f] = Act::refuse;
    return *this;
  }
  constexpr Escapes& pass(std::string_view bytes) {
    for (const char byte : bytes) act_[index(byte)] = Act::pass;
    return *this;
  }
  /// `make(unsigned char)` gives the escape of each.
  constexpr Escapes& write(std::string_view bytes, auto make) {
    for (const char byte : bytes) write_one(index(byte), make);
    return *this;
  }
  constexpr Escapes& write_controls(auto make) {
    for (unsigned byte = 0; byte < 0x20; ++byte) write_one(byte, make);
    write_one(0x7f, make);
    return *this;
  }
  /// All of ASCII but letters, digits and `kept`; with Beyond::bytes those above it too.
  constexpr Escapes& write_all_but(std::string_view kept, auto make) {
    const unsigned end = beyond_ == Beyond::bytes ? 0x100 : 0x80;
    for (unsigned byte = 0; byte < end; ++byte) write_one(byte, make);
    pass(letters_and_digits);
    return pass(kept);
  }
  constexpr Escapes& before(std::string_view bytes, std::string_view sign) {
    return write(bytes, [sign](unsigned char byte) {
      Escape escape(sign);
      escape += static_cast<char>(byte);
      return escape;
    });
  }
  constexpr Escapes& substitute(std::string_view text) {
    substitute_ = text;
    return *this;
  }

  [[nodiscard]] constexpr Act act(char byte) const { return act_[index(byte)]; }
  [[nodiscard]] constexpr std::string_view text(char byte) const {
    return texts_[index(byte)].text();
  }
  [[nodiscard]] constexpr Beyond beyond() const { return beyond_; }
  [[nodiscard]] constexpr std::string_view instead() const { return substitute_; }

 private:
  std::array<Act, 256> act_{};
  std::array<Escape, 256> texts_{};
  std::string_view substitute_ = "\xEF\xBF\xBD";
  Beyond beyond_;
};

/// What `byte` at the head of something refused is called.
std::string_view why_not(char byte, Beyond beyond);

/// Writes a character beyond ASCII, or says that it cannot stand there.
using Wide = bool (*)(char32_t point, std::string_view bytes, std::string& out);

/// Appends `text` to `out` as the table says; `wide`, if there is one, has the characters beyond
/// ASCII of valid UTF-8. After a refusal `out` is of no use.
std::expected<void, Unsafe> escape(const Escapes& table, std::string_view text, OnUnsafe on_unsafe,
                                   std::string& out, Wide wide = nullptr);

/// The same between `open` and `close`.
Encoded escaped(const Escapes& table, std::string_view text, OnUnsafe on_unsafe,
                std::string_view open = {}, std::string_view close = {}, Wide wide = nullptr);

/// Reads text with `%` and two digits in it.
std::optional<std::string> without_percent(std::string_view encoded);

/// Reads back what the table wrote. None where it would not have written that. Where one escape is
/// the head of another the longer one is meant.
std::optional<std::string> unescaped(const Escapes& table, std::string_view encoded,
                                     std::string_view open = {}, std::string_view close = {});

}  // namespace gird::text
