#include <algorithm>

#include "base/utf8.hpp"
#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

constexpr std::size_t shortest = 8;
constexpr std::uint8_t none = 64;

/// Both alphabets in one: of RFC 4648, sections 4 and 5.
constexpr std::array<std::uint8_t, 256> values = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(none);
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    table[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
  }
  table['+'] = table['-'] = 62;
  table['/'] = table['_'] = 63;
  return table;
}();
unsigned value(char c) { return values[static_cast<unsigned char>(c)]; }
bool is_digit(char c) { return value(c) != none; }

/// Bytes of a text: not controls, but blanks, and what may be a part of UTF-8.
bool is_text(unsigned byte) {
  return byte >= 0x20 ? byte != 0x7f : byte == '\t' || byte == '\n' || byte == '\r';
}

/// The three bytes of four digits.
std::array<unsigned, 3> bytes_of(const char* digits) {
  const unsigned bits =
      value(digits[0]) << 18U | value(digits[1]) << 12U | value(digits[2]) << 6U | value(digits[3]);
  return {bits >> 16U, bits >> 8U & 0xffU, bits & 0xffU};
}

/// A first look that most words do not pass: the first bytes are of a text of UTF-8 or UTF-16.
bool may_be_text(const char* digits) {
  const auto [a, b, c] = bytes_of(digits);
  if (!is_text(a)) return false;
  if (a >= 0x80) return a >= 0xc2 && a <= 0xf4 && (b & 0xc0U) == 0x80;
  if (b == 0) return is_text(c) && c < 0x80;
  return is_text(b) && is_text(c) && (b & 0xc0U) != 0x80;
}

/// The bytes of digits, one by one.
class Reader {
 public:
  explicit Reader(std::string_view digits) : digits_(digits), size_(digits.size() * 3 / 4) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] unsigned operator[](std::size_t at) const {
    const std::size_t digit = at / 3 * 4 + at % 3;
    const unsigned shift = 2 * static_cast<unsigned>(at % 3 + 1);
    const unsigned low = digit + 1 < digits_.size() ? value(digits_[digit + 1]) : 0;
    return (value(digits_[digit]) << shift | low >> (6U - shift)) & 0xffU;
  }

 private:
  std::string_view digits_;
  std::size_t size_;
};

/// How many bytes at `at` are a character that shows, or a blank; 0 for what is none.
std::size_t text_at(const Reader& bytes, std::size_t at) {
  std::array<char, 4> few{};
  const std::size_t count = std::min<std::size_t>(few.size(), bytes.size() - at);
  const unsigned first = bytes[at];
  if (first < 0x80) return is_text(first) ? 1 : 0;
  for (std::size_t i = 0; i < count; ++i) few.at(i) = static_cast<char>(bytes[at + i]);
  const Utf8 character = next_character({few.data(), count});
  return character.valid ? character.length : 0;
}

/// Every other byte is NUL: UTF-16 of ASCII, as PowerShell takes its commands.
bool is_wide_text(const Reader& bytes) {
  if (bytes.size() < 6 || bytes.size() % 2 != 0) return false;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    if (bytes[at + 1] != 0 || bytes[at] >= 0x80 || !is_text(bytes[at])) return false;
  }
  return true;
}

/// At least 95 % of the bytes are text, of ASCII where there are few, as chance has it in 1 of 200
/// words otherwise. Ends at the first byte too many that is not.
bool is_plain_text(const Reader& bytes) {
  std::size_t odd_ones = bytes.size() / 20;
  const bool only_ascii = bytes.size() < 12;
  for (std::size_t at = 0; at < bytes.size();) {
    if (only_ascii && bytes[at] >= 0x80) return false;
    const std::size_t length = text_at(bytes, at);
    if (length == 0 && odd_ones-- == 0) return false;
    at += std::max<std::size_t>(length, 1);
  }
  return true;
}

/// Letters in both cases (not those of a word with a capital), one alphabet, a length that there
/// is.
bool has_shape(std::string_view digits) {
  if (digits.size() % 4 == 1) return false;
  enum : unsigned { capital = 1, small = 2, number = 4, standard = 8, for_urls = 16 };
  unsigned seen = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const unsigned v = value(digits[i]);
    if (v < 26) {
      seen |= i > 0 ? capital : 0U;
    } else if (v < 62) {
      seen |= v < 52 ? small : number;
    } else {
      seen |= digits[i] == '+' || digits[i] == '/' ? standard : for_urls;
    }
  }
  const bool one_alphabet = (seen & (standard | for_urls)) != (standard | for_urls);
  return (seen & small) != 0 && (seen & (capital | number)) != 0 && one_alphabet;
}

/// The last digit has no bits that stand for nothing: words seldom end so.
bool ends_well(std::string_view digits) {
  const unsigned last = value(digits.back());
  const std::size_t over = digits.size() % 4;
  return over == 0 || (over == 2 ? (last & 15U) == 0 : (last & 3U) == 0);
}

bool is_token(std::string_view digits) {
  if (digits.size() < shortest || !may_be_text(digits.data())) return false;
  if (!has_shape(digits) || !ends_well(digits)) return false;
  const Reader bytes(digits);
  return is_wide_text(bytes) || is_plain_text(bytes);
}

/// Behind the padding at `at`, also where that is still encoded.
std::size_t padding_end(std::string_view text, std::size_t at) {
  for (int i = 0; i < 2; ++i) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with('=')) {
      at += 1;
    } else if (rest.starts_with("%3D") || rest.starts_with("%3d")) {
      at += 3;
    }
  }
  return at;
}

/// The token that the digits from `begin` to `end` are, or the first between slashes that is one.
std::optional<Token> token_in(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view head = text.substr(0, end);
  if (is_token(head.substr(begin))) return Token{begin, end, padding_end(text, end)};
  std::size_t slash = head.find('/', begin);
  while (slash < end) {
    const std::size_t next = std::min(head.find('/', slash + 1), end);
    const std::string_view part = head.substr(slash + 1, next - slash - 1);
    if (is_token(part)) return Token{slash + 1, next, padding_end(text, next)};
    slash = next;
  }
  return std::nullopt;
}

}  // namespace

/// A token has a digit at every eighth byte: others need no look.
std::optional<Token> next_token(std::string_view text, std::size_t at) {
  while (at + shortest <= text.size()) {
    std::size_t begin = at + shortest - 1;
    if (!is_digit(text[begin])) {
      at += shortest;
      continue;
    }
    std::size_t end = begin + 1;
    while (begin > at && is_digit(text[begin - 1])) --begin;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - begin >= shortest) {
      if (const auto token = token_in(text, begin, end)) return token;
    }
    at = end + 1;
  }
  return std::nullopt;
}

void decode_token(std::string_view digits, char* out) {
  const Reader bytes(digits);
  for (std::size_t at = 0; at < bytes.size(); ++at) *out++ = static_cast<char>(bytes[at]);
}

}  // namespace gird::text
