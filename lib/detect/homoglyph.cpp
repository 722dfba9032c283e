#include "detect/homoglyph.hpp"

#include <array>
#include <optional>

#include "base/utf8.hpp"
#include "detect/bytes.hpp"
#include "detect/homoglyph_letters.hpp"
#include "detect/odd_bytes.hpp"

namespace gird::detect {
namespace {

constexpr bool in(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// Letters of Latin beyond ASCII: with accents, of IPA.
constexpr bool is_latin(char32_t c) {
  return (in(c, 0xc0, 0x2af) && c != 0xd7 && c != 0xf7) || in(c, 0x1e00, 0x1eff) || c == 0xaa ||
         c == 0xba;
}

/// What a word is made of beyond ASCII; all else parts words.
constexpr bool is_wide_word(char32_t c) {
  return c >= 0xaa && c != 0xab && c != 0xbb && c != 0xd7 && c != 0xf7 && !in(c, 0x2000, 0x2bff) &&
         !in(c, 0x3000, 0x303f) && !in(c, 0xfe10, 0xfe6f) && c != 0xfffd;
}

/// What the letters of a word are.
struct Word {
  static constexpr std::size_t longest = 32;

  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t latin = 0;
  std::size_t alike = 0;        ///< letters that look like ASCII
  std::size_t others = 0;       ///< letters that look like nothing else
  std::size_t alike_begin = 0;  ///< where the first of those that look alike is, in letters
  std::size_t latin_end = 0;    ///< behind the last of Latin, in letters
  std::size_t size = 0;         ///< in letters
  std::array<char, longest> skeleton{};

  [[nodiscard]] std::string_view look() const { return {skeleton.data(), std::min(size, longest)}; }
};

void add(Word& word, char32_t c) {
  char look = c < 0x80 ? static_cast<char>(c) : looks_like(c);
  if (look == '\0') {
    ++(is_latin(c) ? word.latin : word.others);
  } else if (c >= 0x80) {
    if (word.alike++ == 0) word.alike_begin = word.size;
  } else if (letter(look)) {
    ++word.latin;
  }
  if (is_latin(c) || (c < 0x80 && letter(look))) word.latin_end = word.size + 1;
  if (look >= 'A' && look <= 'Z') look = static_cast<char>(look | 0x20);
  if (word.size < Word::longest) word.skeleton.at(word.size) = look;
  ++word.size;
}

class Reader {
 public:
  Reader(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void read() {
    Word word;
    for (std::size_t at = 0; at < text_.size();) {
      const Utf8 character = next_character(part(text_, at));
      const char32_t c = character.valid ? character.point : 0xfffd;
      const bool part =
          c < 0x80 ? letter_or_digit(static_cast<char>(c)) || c == '_' : is_wide_word(c);
      if (part) {
        if (word.size == 0) word.begin = at;
        add(word, c);
      } else if (word.size > 0) {
        end(word, at);
        word = {};
      }
      at += character.length;
    }
    if (word.size > 0) end(word, text_.size());
    if (foreign_) return;
    if (whole_) signs_.add("homoglyph/whole", *whole_);
    if (word_) signs_.add("homoglyph/word", *word_);
  }

 private:
  void end(Word& word, std::size_t at) {
    word.end = at;
    if (word.others > 0) foreign_ = true;
    if (word.alike == 0 || word.others > 0) return;
    const Span where{word.begin, word.end};
    if (word.latin > 0) return note_mixed(word, where);
    if (word.size < 2) return;
    if (is_host(word)) signs_.add("homoglyph/host", where);
    if (word.size >= 3 && !whole_) whole_ = where;
    if (is_imitated(word.look()) && !word_) word_ = where;
  }
  /// Words of ASCII get endings of the language around them; short ones are units and formulas.
  void note_mixed(const Word& word, Span where) {
    if (word.size < 3) return;
    const bool ending = word.latin_end <= word.alike_begin && word.alike <= 3;
    signs_.add(ending && !is_imitated(word.look()) ? "homoglyph/ending" : "homoglyph/mixed", where);
  }
  /// Behind `://` or before `.com`, which is written in ASCII.
  [[nodiscard]] bool is_host(const Word& word) const {
    const std::string_view before = part(text_, 0, word.begin);
    if (before.ends_with("://") || before.ends_with("://www.")) return true;
    const std::string_view behind = part(text_, word.end, 4);
    return behind.size() >= 3 && behind[0] == '.' && letter(behind[1]) && letter(behind[2]);
  }

  std::string_view text_;
  Signs& signs_;
  bool foreign_ = false;  ///< a word with a letter that looks like no other one was read
  std::optional<Span> whole_;
  std::optional<Span> word_;
};

/// None of the letters that look like others begins with another byte.
bool may_matter(std::string_view text) {
  for (std::size_t at = next_wide(text, 0); at < text.size(); at = next_wide(text, at + 1)) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte >= 0xcd && byte <= 0xd6) || byte == 0xe1 || byte == 0xe2 || byte == 0xea) return true;
  }
  return false;
}

}  // namespace

void homoglyph_signs(std::string_view text, Signs& signs) {
  if (may_matter(text)) Reader(text, signs).read();
}

}  // namespace gird::detect
