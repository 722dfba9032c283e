#include <algorithm>

#include "text/escapes.hpp"
#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

struct Name {
  std::string_view name;
  char16_t point;
};

/// By name, as bytes compare. `fjlig` stands for two characters and is left out.
constexpr std::array names = std::to_array<Name>({
    {"AMP", 0x26},
    {"ApplyFunction", 0x2061},
    {"DiacriticalGrave", 0x60},
    {"GT", 0x3e},
    {"Hat", 0x5e},
    {"InvisibleComma", 0x2063},
    {"InvisibleTimes", 0x2062},
    {"LT", 0x3c},
    {"MediumSpace", 0x205f},
    {"NegativeMediumSpace", 0x200b},
    {"NegativeThickSpace", 0x200b},
    {"NegativeThinSpace", 0x200b},
    {"NegativeVeryThinSpace", 0x200b},
    {"NewLine", 0xa},
    {"NoBreak", 0x2060},
    {"NonBreakingSpace", 0xa0},
    {"QUOT", 0x22},
    {"Tab", 0x9},
    {"ThinSpace", 0x2009},
    {"UnderBar", 0x5f},
    {"VerticalLine", 0x7c},
    {"VeryThinSpace", 0x200a},
    {"ZeroWidthSpace", 0x200b},
    {"af", 0x2061},
    {"amp", 0x26},
    {"apos", 0x27},
    {"ast", 0x2a},
    {"bsol", 0x5c},
    {"colon", 0x3a},
    {"comma", 0x2c},
    {"commat", 0x40},
    {"dollar", 0x24},
    {"emsp", 0x2003},
    {"emsp13", 0x2004},
    {"emsp14", 0x2005},
    {"ensp", 0x2002},
    {"equals", 0x3d},
    {"excl", 0x21},
    {"grave", 0x60},
    {"gt", 0x3e},
    {"hairsp", 0x200a},
    {"ic", 0x2063},
    {"it", 0x2062},
    {"lbrace", 0x7b},
    {"lbrack", 0x5b},
    {"lcub", 0x7b},
    {"lowbar", 0x5f},
    {"lpar", 0x28},
    {"lrm", 0x200e},
    {"lsqb", 0x5b},
    {"lt", 0x3c},
    {"midast", 0x2a},
    {"nbsp", 0xa0},
    {"num", 0x23},
    {"numsp", 0x2007},
    {"percnt", 0x25},
    {"period", 0x2e},
    {"plus", 0x2b},
    {"puncsp", 0x2008},
    {"quest", 0x3f},
    {"quot", 0x22},
    {"rbrace", 0x7d},
    {"rbrack", 0x5d},
    {"rcub", 0x7d},
    {"rlm", 0x200f},
    {"rpar", 0x29},
    {"rsqb", 0x5d},
    {"semi", 0x3b},
    {"shy", 0xad},
    {"sol", 0x2f},
    {"thinsp", 0x2009},
    {"verbar", 0x7c},
    {"vert", 0x7c},
    {"zwj", 0x200d},
    {"zwnj", 0x200c},
});

/// What numbers from 0x80 to 0x9f stand for: windows-1252.
constexpr std::array<char16_t, 32> of_windows = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

/// Where the letters and digits at the head of `text` end, at most `most` of them.
std::size_t word_end(std::string_view text, std::size_t most) {
  const std::string_view head = text.substr(0, most);
  return static_cast<std::size_t>(std::ranges::find_if_not(head, is_alnum) - head.begin());
}

/// Names that stand without a semicolon as well.
std::size_t bare_name(std::string_view word) {
  for (const std::string_view name : {"lt", "LT", "gt", "GT", "amp", "AMP", "quot", "QUOT"}) {
    if (word.starts_with(name)) return name.size();
  }
  return word.starts_with("nbsp") ? 4 : 0;
}

/// `&lt=5` and `&lte=5` are parameters of a URL.
bool is_parameter(std::string_view word, std::string_view behind) {
  return word.size() < 24 && behind.starts_with('=');
}

Decoded decode_name(std::string_view rest) {
  constexpr std::size_t longest = 32;
  const std::string_view word = rest.substr(1, word_end(rest.substr(1), longest));
  const std::string_view behind = rest.substr(1 + word.size());
  const auto lookup = [](std::string_view name) {
    const auto* row = std::ranges::lower_bound(names, name, {}, &Name::name);
    return row != names.end() && row->name == name ? row : nullptr;
  };
  if (behind.starts_with(';')) {
    if (const Name* row = lookup(word)) {
      return decoded_point(Coding::html, word.size() + 2, row->point);
    }
  }
  const std::size_t bare = bare_name(word);
  if (bare == 0 || is_parameter(word, behind)) return {};
  return decoded_point(Coding::html, bare + 1, lookup(word.substr(0, bare))->point);
}

struct Number {
  char32_t point = 0;
  std::size_t end = 0;
};

/// The digits from `begin` on as far as the number is below `limit`, or all of them, up to U+10FFFF
/// and one.
template <unsigned base>
Number read_number(std::string_view rest, std::size_t begin, char32_t limit) {
  Number number{0, begin};
  for (; number.end < rest.size(); ++number.end) {
    const unsigned digit = hex_value(rest[number.end]);
    if (digit >= base) break;
    const char32_t next = std::min<char32_t>(number.point * base + digit, 0x110000);
    if (next >= limit) break;
    number.point = next;
  }
  return number;
}

/// Old browsers take at most seven digits, so a padded number may end before a digit of the text:
/// `&#0000391` is a quote and a 1 rather than a letter of Croatian.
template <unsigned base>
Decoded decode_number(std::string_view rest, std::size_t begin) {
  Number number = read_number<base>(rest, begin, 0x110001);
  if (number.end == begin) return {};
  if (number.end < rest.size() && rest[number.end] == ';') {
    ++number.end;
  } else if (rest[begin] == '0' && number.point >= 0x80) {
    number = read_number<base>(rest, begin, 0x80);
  }
  if (number.point >= 0x80 && number.point < 0xa0)
    number.point = of_windows.at(number.point - 0x80);
  return decoded_point(Coding::html, number.end, number.point == 0 ? 0xfffd : number.point);
}

}  // namespace

Decoded decode_entity(std::string_view rest) {
  if (rest.size() < 3) return {};
  if (rest[1] != '#') return is_letter(rest[1]) ? decode_name(rest) : Decoded();
  const bool hex = rest[2] == 'x' || rest[2] == 'X';
  return hex ? decode_number<16>(rest, 3) : decode_number<10>(rest, 2);
}

}  // namespace gird::text
