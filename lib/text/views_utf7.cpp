#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

/// The value of a digit of base64 below 64, or 64.
unsigned value(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52;
  return c == '+' ? 62 : c == '/' ? 63 : 64;
}

}  // namespace

/// One unit takes 16 of the 18 bits of three digits; for ASCII the first nine are 0. It must be
/// punctuation or a blank: letters need no encoding, and `C+Abc` is none.
Decoded decode_utf7(std::string_view rest) {
  if (rest.size() < 4 || rest[1] != 'A') return {};
  const unsigned second = value(rest[2]);
  const unsigned third = value(rest[3]);
  if (second > 7 || third > 63 || (third & 3U) != 0) return {};
  const unsigned byte = second << 4U | third >> 2U;
  const bool digit = byte >= '0' && byte <= '9';
  const bool letter = (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z';
  if (byte < 9 || byte == 0x7f || digit || letter) return {};
  if (rest.size() > 4 && rest[4] == '-') return decoded_byte(Coding::utf7, 5, byte);
  if (rest.size() > 4 && value(rest[4]) < 64 && rest[4] != '+') return {};
  return decoded_byte(Coding::utf7, 4, byte);
}

}  // namespace gird::text
