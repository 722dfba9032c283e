#include "detect/invisible.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "detect/bytes.hpp"
#include "detect/odd_bytes.hpp"
#include "text/views_decoders.hpp"

namespace gird::detect {
namespace {

constexpr bool in(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

constexpr bool is_tag(char32_t c) { return in(c, 0xe0000, 0xe007f); }
constexpr bool is_variation(char32_t c) {
  return in(c, 0xfe00, 0xfe0f) || in(c, 0xe0100, 0xe01ef) || in(c, 0x180b, 0x180d) || c == 0x180f;
}
constexpr bool is_direction(char32_t c) {
  return in(c, 0x200e, 0x200f) || in(c, 0x202a, 0x202e) || in(c, 0x2066, 0x2069) || c == 0x61c;
}
constexpr bool is_filler(char32_t c) { return in(c, 0x115f, 0x1160) || c == 0x3164 || c == 0xffa0; }
constexpr bool is_hangul(char32_t c) {
  if (is_filler(c)) return false;
  return in(c, 0x1100, 0x11ff) || in(c, 0x3130, 0x318f) || in(c, 0xa960, 0xa97f) ||
         in(c, 0xac00, 0xd7ff);
}
/// Scripts whose letters join, or do not, by a joiner: Arabic to Sinhala, Myanmar, Khmer,
/// Mongolian.
constexpr bool joins(char32_t c) {
  return in(c, 0x590, 0xdff) || in(c, 0x1000, 0x109f) || in(c, 0x1780, 0x18af) ||
         in(c, 0xfb50, 0xfdff) || in(c, 0xfe70, 0xfefc) || in(c, 0x11000, 0x11fff);
}
/// Scripts without spaces, where a line may break at a space without width.
constexpr bool has_no_spaces(char32_t c) {
  return in(c, 0xe00, 0xfff) || in(c, 0x1000, 0x109f) || in(c, 0x1780, 0x17ff) || c >= 0x2e80;
}
/// Pictures and symbols, their skin and their presentation: what emoji are joined from.
constexpr bool is_symbol(char32_t c) {
  return in(c, 0x2190, 0x2bff) || in(c, 0x1f000, 0x1faff) || c == 0xfe0f || c == 0x200d ||
         is_tag(c);
}
constexpr bool is_word(char32_t c) {
  return c < 0x80 && (letter_or_digit(static_cast<char>(c)) || c == '_' || c == '.' || c == '-' ||
                      c == '/' || c == '@');
}
constexpr bool is_ascii_letter(char32_t c) { return c < 0x80 && letter(static_cast<char>(c)); }

/// Leads of characters that have no glyph; of others only Latin with its accents is passed fast.
bool may_matter(std::string_view text) {
  for (std::size_t at = next_wide(text, 0); at < text.size(); at = next_wide(text, at + 1)) {
    switch (text[at]) {
      case '\xc2':
        if (part(text, at + 1).starts_with('\xad')) return true;
        break;
      case '\xcd':
      case '\xe1':
      case '\xe2':
      case '\xe3':
      case '\xef':
      case '\xf0':
      case '\xf3': return true;
      default: break;
    }
  }
  return false;
}

/// Whether a character without a glyph may stand between these two; 0 is an end of the text.
bool is_due(char32_t c, char32_t before, char32_t after) {
  switch (c) {
    case 0x200d: return joins(before) || joins(after) || (is_symbol(before) && is_symbol(after));
    case 0x200c: return joins(before) || joins(after);
    case 0x200b: return has_no_spaces(before) || has_no_spaces(after);
    case 0xfeff: return before == 0;
    case 0x34f: return (before != c && in(before, 0x300, 0x36f)) || joins(before);
    case 0x180e: return in(before, 0x180b, 0x180d) || in(before, 0x1820, 0x18af);
    case 0x17b4:
    case 0x17b5: return in(before, 0x1780, 0x17ff);
    default: return is_filler(c) && (is_hangul(before) || is_hangul(after));
  }
}

/// A selector belongs to the one character before it: digits of keycaps, symbols, ideographs.
bool is_variation_due(char32_t c, char32_t before) {
  if (before == 0 || is_variation(before)) return false;
  if (in(c, 0xe0100, 0xe01ef)) return in(before, 0x3400, 0x9fff) || in(before, 0xf900, 0x3ffff);
  if (before < 0x80) return !is_ascii_letter(before) && before > ' ';
  return true;
}

class Reader {
 public:
  Reader(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void read() {
    while (at_ < text_.size()) {
      const Utf8 character = next_character(part(text_, at_));
      const std::size_t end = at_ + character.length;
      const char32_t c = character.valid ? character.point : 0xfffd;
      if (c >= 0x80 && !is_direction(c) && is_unseen(c)) {
        take(c, end);
      } else {
        seen(c);
      }
      at_ = end;
    }
  }

 private:
  static bool is_unseen(char32_t c) {
    return text::default_ignorable(c) || in(c, 0xfff9, 0xfffb) || c == 0x2800;
  }
  void seen(char32_t c) {
    in_flag_ = c == 0x1f3f4;
    letters_ = is_ascii_letter(c) ? letters_ + 1 : 0;
    before_ = shown_ = c;
    run_ = 0;
  }
  void take(char32_t c, std::size_t end) {
    const Span where{at_, end};
    const char32_t after = behind(end);
    if (is_tag(c)) {
      if (!in_flag_) signs_.add("invisible/tag", where);
    } else if (is_variation(c)) {
      if (!is_variation_due(c, before_)) signs_.add("invisible/variation", where);
    } else if (!is_due(c, before_, after) && !is_hyphen(c, end)) {
      take_odd(where, after);
    }
    before_ = c;
  }
  void take_odd(Span where, char32_t after) {
    if (++run_ > 1) signs_.add("invisible/run", {run_begin_, where.end});
    if (run_ == 1) run_begin_ = where.begin;
    const bool inside = is_word(shown_) && is_word(after);
    signs_.add(inside ? "invisible/in-word" : "invisible/loose", where);
  }
  [[nodiscard]] char32_t behind(std::size_t end) const {
    if (end == text_.size()) return 0;
    const Utf8 next = next_character(part(text_, end));
    return next.valid ? next.point : 0xfffd;
  }
  /// A soft hyphen where a long word may be divided: two letters before and two behind at least.
  [[nodiscard]] bool is_hyphen(char32_t c, std::size_t end) const {
    if (c != 0xad) return false;
    if (shown_ >= 0x80 || before_ == 0xad) return before_ != 0xad;
    const std::string_view rest = part(text_, end, 24);
    const auto stop = std::ranges::find_if_not(rest, [](char b) { return letter(b); });
    const auto behind = static_cast<std::size_t>(stop - rest.begin());
    return letters_ >= 2 && behind >= 2 && letters_ + behind >= 10;
  }

  std::string_view text_;
  Signs& signs_;
  std::size_t at_ = 0;
  char32_t before_ = 0;  ///< the character before, seen or not
  char32_t shown_ = 0;   ///< the last one that is seen
  std::size_t letters_ = 0;
  std::size_t run_ = 0;
  std::size_t run_begin_ = 0;
  bool in_flag_ = false;
};

}  // namespace

void invisible_signs(std::string_view text, Signs& signs) {
  if (may_matter(text)) Reader(text, signs).read();
}

}  // namespace gird::detect
