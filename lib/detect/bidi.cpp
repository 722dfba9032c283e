#include "detect/bidi.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.hpp"
#include "detect/odd_bytes.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

constexpr char32_t lre = 0x202a;
constexpr char32_t rle = 0x202b;
constexpr char32_t pdf = 0x202c;
constexpr char32_t lro = 0x202d;
constexpr char32_t rlo = 0x202e;
constexpr char32_t lri = 0x2066;
constexpr char32_t rli = 0x2067;
constexpr char32_t pdi = 0x2069;

constexpr bool is_embedding(char32_t c) { return (c >= lre && c <= rlo) && c != pdf; }
constexpr bool is_isolate(char32_t c) { return c >= lri && c < pdi; }
constexpr bool is_mark(char32_t c) { return c == 0x200e || c == 0x200f || c == 0x61c; }

/// Letters of the scripts that are written from right to left, by their blocks.
constexpr bool is_rtl(char32_t c) {
  return (c >= 0x590 && c < 0x900 && c != 0x61c) || (c >= 0xfb1d && c < 0xfe00) ||
         (c >= 0xfe70 && c < 0xfeff) || (c >= 0x10800 && c < 0x11000) ||
         (c >= 0x1e800 && c < 0x1f000);
}

/// None of the characters that matter here begins with another byte.
bool may_matter(std::string_view text) {
  for (std::size_t at = next_wide(text, 0); at + 2 < text.size(); at = next_wide(text, at + 1)) {
    if (text[at] == '\xe2' && (text[at + 1] == '\x80' || text[at + 1] == '\x81')) return true;
    if (text[at] == '\xd8' && text[at + 1] == '\x9c') return true;
  }
  return false;
}

/// What is open in a line.
struct Open {
  char32_t control = 0;
  std::size_t begin = 0;
  bool rtl = false;  ///< a letter from right to left was inside
};

class Reader {
 public:
  Reader(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void read() {
    for (std::size_t at = 0; at < text_.size();) {
      const Utf8 character = next_character(part(text_, at));
      take(character.valid ? character.point : 0, at, at + character.length);
      at += character.length;
    }
    end_line(text_.size());
    if (unclosed_) signs_.add(rtl_ ? "bidi/unclosed" : "bidi/unbalanced", *unclosed_);
    if (rtl_) return;
    if (turned_) signs_.add("bidi/turned", *turned_);
    if (isolate_) signs_.add("bidi/isolate", *isolate_);
    if (idle_) signs_.add("bidi/idle", *idle_);
  }

 private:
  void take(char32_t c, std::size_t at, std::size_t end) {
    if (is_embedding(c) || is_isolate(c)) return open(c, at, end);
    if (c == pdf || c == pdi) return close(c, at, end);
    if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2029) return end_line(at);
    if (is_mark(c)) note(idle_, {at, end});
    if (!is_rtl(c)) return;
    rtl_ = true;
    if (depth_ > 0) open_.at(depth_ - 1).rtl = true;
  }
  void open(char32_t c, std::size_t at, std::size_t end) {
    if (c == lro || c == rlo) signs_.add("bidi/override", {at, end});
    if (depth_ == open_.size()) return note(unclosed_, {at, end});
    open_.at(depth_++) = {c, at, false};
  }
  /// A PDI closes embeddings that are still open inside of its isolate; a PDF no isolate.
  void close(char32_t c, std::size_t at, std::size_t end) {
    std::size_t to = depth_;
    while (c == pdi && to > 0 && !is_isolate(open_.at(to - 1).control)) --to;
    const bool fits = to > 0 && is_isolate(open_.at(to - 1).control) == (c == pdi);
    if (!fits) return note(unclosed_, {at, end});
    if (to != depth_) note(unclosed_, {open_.at(to).begin, end});
    const Open closed = open_.at(to - 1);
    depth_ = to - 1;
    if (depth_ > 0) open_.at(depth_ - 1).rtl |= closed.rtl;
    const bool turns = closed.control == rle || closed.control == rli;
    if (!closed.rtl) note(turns ? turned_ : isolate_, {closed.begin, end});
  }
  void end_line(std::size_t at) {
    if (depth_ > 0) note(unclosed_, {open_.at(0).begin, at});
    depth_ = 0;
  }
  static void note(std::optional<Span>& place, Span where) {
    if (!place) place = where;
  }

  std::string_view text_;
  Signs& signs_;
  std::array<Open, 125> open_{};  ///< as many as UAX 9 allows
  std::size_t depth_ = 0;
  bool rtl_ = false;
  std::optional<Span> unclosed_;
  std::optional<Span> turned_;
  std::optional<Span> isolate_;
  std::optional<Span> idle_;
};

}  // namespace

void bidi_signs(std::string_view text, Signs& signs) {
  if (may_matter(text)) Reader(text, signs).read();
}

}  // namespace gird::detect
