#include "detect/shell_lexer.hpp"

#include <algorithm>

#include "detect/bytes.hpp"

namespace gird::detect::shell {
namespace {

// A quote or brace that is not closed so near is none: this bounds what one word may cost.
constexpr std::size_t reach = 128;
// No word is read further.
constexpr std::size_t longest = 512;

constexpr ByteSet ends_word(std::string_view(" \t\n\r;|&<>()`\0", 13));
constexpr ByteSet globs("*?[");

std::size_t closing(std::string_view text, std::size_t from, char quote) {
  const std::size_t end = part(text, 0, std::min(text.size(), from + reach)).find(quote, from);
  return end == std::string_view::npos ? 0 : end;
}

bool has_root_first(std::string_view name) {
  static constexpr std::array<std::string_view, 5> paths = {"HOME", "PATH", "PWD", "OLDPWD",
                                                            "SHELL"};
  return std::ranges::find(paths, name) != paths.end();
}

// Reads one word; `at_` is what comes next.
class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) { word_.where = {at, at}; }

  Word read() {
    const std::size_t last = std::min(text_.size(), at_ + longest);
    while (at_ < last && step()) {
    }
    if (at_ >= last && at_ < text_.size()) word_.cut = true;
    word_.where.end = at_;
    return word_;
  }

 private:
  void keep(char c) {
    if (word_.size == Word::most) {
      word_.cut = true;
      return;
    }
    word_.bytes.at(word_.size++) = c;
  }

  // Whether there was more of the word.
  bool step() {
    const char c = text_[at_];
    switch (c) {
      case '\'':
      case '"': return quotes(c, at_ + 1);
      case '\\': return escape();
      case '$': return dollar();
      case '`': return nothing_between_backticks();
      case '+': return plus();
      default: break;
    }
    if (ends_word.has(c)) return false;
    if (globs.has(c)) word_.glob = true;
    keep(c);
    ++at_;
    return true;
  }

  bool quotes(char quote, std::size_t from) {
    const std::size_t end = closing(text_, from, quote);
    if (end == 0) return false;
    word_.quoted = true;
    if (word_.size > 0 || letter_or_digit(at_or_nul(text_, end + 1))) word_.split = true;
    for (const char c : part(text_, from, end - from)) keep(c);
    at_ = end + 1;
    return true;
  }

  bool escape() {
    const char next = at_or_nul(text_, at_ + 1);
    if (next == '\0') return false;
    if (next == '\n') {
      word_.split = true;
      at_ += 2;
      return true;
    }
    if (letter_or_digit(next)) word_.split = true;
    keep(next);
    at_ += 2;
    return true;
  }

  bool nothing_between_backticks() {
    if (at_or_nul(text_, at_ + 1) != '`' || word_.size == 0) return false;
    if (!letter_or_digit(at_or_nul(text_, at_ + 2))) return false;
    word_.split = true;
    at_ += 2;
    return true;
  }

  // A form sends a blank as `+`.
  bool plus() {
    if (at_ > word_.where.begin && at_or_nul(text_, at_ + 1) != '+') return false;
    keep('+');
    ++at_;
    return true;
  }

  bool dollar() {
    if (ifs_length(text_, at_) > 0) return false;
    const char next = at_or_nul(text_, at_ + 1);
    if (next == '\'') return ansi_quotes(at_ + 2);
    if (next == '"') return quotes('"', at_ + 2);
    if (next == '{') return braces();
    if (next == '(') return parentheses();
    if (next == '0') return literally(2);
    if (std::string_view("@*!-_?$").contains(next) || digit(next)) return leaves_nothing(2);
    if (name_byte(next)) return variable(name_end(text_, at_ + 1));
    return literally(1);
  }

  bool literally(std::size_t count) {
    for (const char c : part(text_, at_, count)) keep(c);
    at_ += count;
    return true;
  }

  bool leaves_nothing(std::size_t count) {
    if (word_.size > 0 || letter(at_or_nul(text_, at_ + count))) word_.split = true;
    at_ += count;
    return true;
  }

  bool variable(std::size_t end) {
    word_.expanded = true;
    at_ = end;
    return true;
  }

  // `$'…'` with the escapes of C.
  bool ansi_quotes(std::size_t from) {
    const std::size_t end = closing(text_, from, '\'');
    if (end == 0) return false;
    word_.quoted = true;
    word_.split = true;
    for (std::size_t i = from; i < end;) i = ansi_byte(i, end);
    at_ = end + 1;
    return true;
  }

  std::size_t ansi_byte(std::size_t i, std::size_t end) {
    if (text_[i] != '\\' || i + 1 == end) {
      keep(text_[i]);
      return i + 1;
    }
    const char kind = text_[i + 1];
    if (kind == 'x') return number(i + 2, std::min(end, i + 4), 16);
    if (kind == 'u') return number(i + 2, std::min(end, i + 6), 16);
    if (kind >= '0' && kind <= '7') return number(i + 1, std::min(end, i + 4), 8);
    keep(kind);
    return i + 2;
  }

  std::size_t number(std::size_t i, std::size_t end, int base) {
    int value = 0;
    for (; i < end; ++i) {
      const int more = hex_value(text_[i]);
      if (more < 0 || more >= base) break;
      value = value * base + more;
    }
    keep(static_cast<char>(value & 0x7F));
    return i;
  }

  // `${x}`, `${x:-y}`, `${x:0:1}`.
  bool braces() {
    const std::size_t end = closing(text_, at_ + 2, '}');
    if (end == 0) return false;
    const std::string_view inside = part(text_, at_ + 2, end - at_ - 2);
    const std::size_t name = name_end(inside, 0);
    at_ = end + 1;
    given(part(inside, 0, name), part(inside, name));
    return true;
  }

  void given(std::string_view name, std::string_view rest) {
    if (rest.starts_with(':') && !rest.starts_with(":0")) rest.remove_prefix(1);
    if (rest.starts_with('-') || rest.starts_with('=')) {
      if (word_.size > 0) word_.split = true;
      for (const char c : part(rest, 1)) keep(c);
    } else if (rest == ":0:1" && has_root_first(name)) {
      word_.split = true;
      keep('/');
    } else if (rest == "@" || rest == "*") {
      word_.split = true;
    } else {
      word_.expanded = true;
    }
  }

  // `$(…)` gives nobody knows what; `$()` gives nothing.
  bool parentheses() {
    if (at_or_nul(text_, at_ + 2) == ')') return leaves_nothing(3);
    if (word_.size == 0 && at_or_nul(text_, at_ + 2) != '(') return false;
    int depth = 0;
    const std::size_t last = std::min(text_.size(), at_ + reach);
    for (std::size_t i = at_ + 1; i < last; ++i) {
      if (text_[i] == '(') ++depth;
      if (text_[i] == ')' && --depth == 0) {
        word_.computed = true;
        at_ = i + 1;
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_;
  Word word_;
};

}  // namespace

Word read_word(std::string_view text, std::size_t at) { return Reader(text, at).read(); }

std::size_t ifs_length(std::string_view text, std::size_t at) {
  const std::string_view rest = part(text, std::min(at, text.size()));
  if (rest.starts_with("$IFS")) return 4;
  if (!rest.starts_with("${IFS")) return 0;
  const std::size_t end = part(rest, 0, 24).find('}');
  return end == std::string_view::npos ? 0 : end + 1;
}

std::size_t blank_length(std::string_view text, std::size_t at) {
  const char c = at_or_nul(text, at);
  if (gap(c) || c == '+') return 1;
  if (c == '\\' && at_or_nul(text, at + 1) == '\n') return 2;
  return c == '$' ? ifs_length(text, at) : 0;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  for (;;) {
    const std::size_t length = blank_length(text, at);
    if (length == 0) return at;
    at += length;
  }
}

}  // namespace gird::detect::shell
