// Bytes beyond ASCII that stand for ASCII, or for nothing that shows.
#include <algorithm>

#include "base/utf8.hpp"
#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

/// Points from `first` on stand for the characters of `texts`, one each.
struct Series {
  char32_t first;
  std::string_view texts;
};

constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view smalls = "abcdefghijklmnopqrstuvwxyz";
/// The letters of the mathematical alphabets follow each other in this order.
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view digits = "0123456789";
constexpr std::string_view printable =
    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz"
    "{|}~";

/// A NUL in a text stands for a point that is a form of nothing in ASCII. By `first`.
constexpr std::array all_series = std::to_array<Series>({
    {0x2024, "."},
    {0x2044, "/"},
    {0x207a, {"+\0=()", 5}},
    {0x208a, {"+\0=()", 5}},
    {0x2102, "C"},
    {0x210a, {"gHHHh\0IILl\0N\0\0\0PQRRR", 20}},
    {0x2124, "Z"},
    {0x2128, {"Z\0K\0BC\0eEF\0Mo", 13}},
    {0x2139, "i"},
    {0x2145, "Ddeij"},
    {0x216c, "LCDM"},
    {0x217c, "lcdm"},
    {0x2215, "/\\"},
    {0x24b6, capitals},
    {0x24d0, smalls},
    {0x3000, " "},
    {0xfe50, {",\0.\0;:?!\0(){}\0\0#&*+-<>=\0\\$%@", 28}},
    {0xff01, printable},
    {0x1f130, capitals},
});

/// Forms of more than one character.
struct Ligature {
  char32_t point;
  std::string_view text;
};
constexpr std::array ligatures = std::to_array<Ligature>({
    {0x2025, ".."},
    {0xfb00, "ff"},
    {0xfb01, "fi"},
    {0xfb02, "fl"},
    {0xfb03, "ffi"},
    {0xfb04, "ffl"},
    {0xfb05, "st"},
    {0xfb06, "st"},
});

std::string_view of_series(char32_t point) {
  const auto* after = std::ranges::upper_bound(all_series, point, {}, &Series::first);
  if (after == all_series.begin()) return {};
  const Series& series = *std::prev(after);
  const std::size_t at = point - series.first;
  if (at >= series.texts.size() || series.texts[at] == '\0') return {};
  return series.texts.substr(at, 1);
}

struct Range {
  char32_t first;
  char32_t last;
};
constexpr std::array ignorable = std::to_array<Range>({
    {0xad, 0xad},
    {0x34f, 0x34f},
    {0x61c, 0x61c},
    {0x115f, 0x1160},
    {0x17b4, 0x17b5},
    {0x180b, 0x180f},
    {0x200b, 0x200f},
    {0x202a, 0x202e},
    {0x2060, 0x206f},
    {0x3164, 0x3164},
    {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff},
    {0xffa0, 0xffa0},
    {0xfff0, 0xfff8},
    {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a},
    {0xe0000, 0xe0fff},
});

/// Full-width punctuation that Chinese and Japanese are written with.
bool is_of_prose(char32_t point) {
  return std::u32string_view(U"\u3000\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff5e")
      .contains(point);
}

/// Whether the character at `at` is of ASCII, or a full-width form of it that is not of prose.
bool is_narrow(std::string_view text, std::size_t at) {
  const Utf8 character = next_character(text.substr(at));
  if (character.point <= 0x80) return character.point != ' ';
  return character.point > 0xff00 && character.point < 0xff5f && !is_of_prose(character.point);
}

bool beside_narrow(std::string_view text, std::size_t at, std::size_t length) {
  const std::size_t behind = at + length;
  if (behind < text.size() && is_narrow(text, behind)) return true;
  if (at == 0) return false;
  return continues_character(text[at - 1]) ? at >= 3 && is_narrow(text, at - 3)
                                           : is_narrow(text, at - 1);
}

Decoded decode_valid(std::string_view text, std::size_t at, const Utf8& character) {
  Decoded decoded{.coding = Coding::ignorable, .in = character.length};
  if (default_ignorable(character.point)) return decoded;
  const std::string_view ascii = ascii_of(character.point);
  if (ascii.empty()) return {};
  if (is_of_prose(character.point) && !beside_narrow(text, at, character.length)) return {};
  decoded.coding = Coding::width;
  decoded.out = static_cast<std::uint8_t>(ascii.size());
  std::ranges::copy(ascii, decoded.bytes.begin());
  return decoded;
}

/// How long a character is by its first byte, up to the six of the first definition.
std::size_t length_by(unsigned char lead) {
  if (lead >= 0xfc) return 6;
  if (lead >= 0xf8) return 5;
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/// C0 and C1 followed by ASCII: decoders that do not look at the upper bits of the second byte.
Decoded decode_loose(unsigned char lead, unsigned char second) {
  const unsigned byte = lead == 0xc1 && second < 0x40 ? second | 0x40U : second;
  const bool plausible = byte == '.' || byte == '/' || byte == '\\';
  return plausible ? decoded_byte(Coding::overlong, 2, byte) : Decoded();
}

/// Only characters of ASCII are hidden like that.
Decoded decode_overlong(std::string_view rest) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0xc0 || lead >= 0xfe || rest.size() < 2) return {};
  if (lead < 0xc2 && byte(1) < 0x80) return decode_loose(lead, byte(1));
  const std::size_t length = length_by(lead);
  if (rest.size() < length) return {};
  char32_t point = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return {};
    point = point << 6U | (byte(i) & 0x3fU);
  }
  return point < 0x80 ? decoded_byte(Coding::overlong, length, point) : Decoded();
}

}  // namespace

std::string_view ascii_of(char32_t point) {
  if (point >= 0x1d400 && point < 0x1d6a4) return letters.substr((point - 0x1d400) % 52, 1);
  if (point >= 0x1d7ce && point < 0x1d800) return digits.substr((point - 0x1d7ce) % 10, 1);
  if (const std::string_view text = of_series(point); !text.empty()) return text;
  const auto* row = std::ranges::lower_bound(ligatures, point, {}, &Ligature::point);
  return row != ligatures.end() && row->point == point ? row->text : std::string_view();
}

bool default_ignorable(char32_t point) {
  const auto* row = std::ranges::lower_bound(ignorable, point, {}, &Range::last);
  return row != ignorable.end() && row->first <= point;
}

Decoded decode_wide(std::string_view text, std::size_t at) {
  const Utf8 character = next_character(text.substr(at));
  return character.valid ? decode_valid(text, at, character) : decode_overlong(text.substr(at));
}

}  // namespace gird::text
