#include "detect/sql_lexer.hpp"

#include <algorithm>

#include "detect/bytes.hpp"

namespace gird::detect::sql {
namespace {

constexpr auto npos = std::string_view::npos;

bool hex_digit(char c) { return hex_value(c) >= 0; }
bool is_letter(char c) { return letter(c) || c == '_' || high(c); }
bool is_word(char c) { return is_letter(c) || digit(c) || c == '$'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0'; }

/// Signs that are compared with, the longer ones first.
constexpr std::string_view comparisons[] = {
    "<=>", "!~~", "<>", "!=", "<=", ">=", "==", "~~", "@>", "=", "<", ">"};

}  // namespace

Token Lexer::take(Kind kind, std::size_t length) {
  Token token{.kind = kind, .where = {}};
  token.where = {here_, std::min(here_ + length, text_.size())};
  here_ = token.where.end;
  return token;
}

/// `/*!50000union*/` is SQL to MySQL and MariaDB (`/*M!`): only its marks are passed over.
bool Lexer::open_version() {
  const std::size_t mark = here_ + (at(here_ + 2) == 'M' ? 3 : 2);
  if (at(mark) != '!') return false;
  std::size_t begin = mark + 1;
  while (begin - mark <= 6 && digit(at(begin))) ++begin;
  std::size_t end = begin;
  while (end - begin < 16 && is_letter(at(end))) ++end;
  const Word word = word_of(part(text_, begin, end - begin));
  if (versioned_.end == 0 && word != Word::none) versioned_ = {here_, end};
  here_ = begin;
  return true;
}

bool Lexer::skip_comment() {
  if (starts("*/")) {
    here_ += 2;
    return true;
  }
  if (!starts("/*")) return false;
  if (open_version()) return true;
  const std::size_t end = text_.find("*/", here_ + 2);
  if (end == npos) return false;  // hides the rest: a token
  here_ = end + 2;
  return true;
}

bool Lexer::skip_space() {
  const std::size_t from = here_;
  while (here_ < text_.size()) {
    if (is_space(text_[here_])) {
      ++here_;
    } else if (!skip_comment() && !skip_line()) {
      break;
    }
  }
  return here_ != from;
}

/// A line comment with more lines behind it. One that hides the rest of the text is a token.
bool Lexer::skip_line() {
  if (!is_line_comment() || line_end() == text_.size()) return false;
  here_ = line_end();
  return true;
}

/// Where the line ends. Asked once per line, so that a text of '#' stays linear.
std::size_t Lexer::line_end() {
  if (line_end_ <= here_) line_end_ = std::min(text_.find_first_of("\r\n", here_), text_.size());
  return line_end_;
}

/// `--1` is a number to MySQL, and `a--b` a word to everyone who writes prose: what follows `--`
/// has to be white space, a sign or nothing. `#` hides what follows where another line does.
bool Lexer::is_line_comment() {
  if (starts("--")) return !is_word(at(here_ + 2)) || line_end() < text_.size();
  if (at(here_) != '#') return false;
  return line_end() < text_.size() || text_.size() - here_ <= 4 || !is_word(at(here_ + 1));
}

Token Lexer::line_comment() {
  Token token = take(Kind::comment, line_end() - here_);
  token.unclosed = here_ == text_.size();
  return token;
}

Token Lexer::rest_of_quote() {
  const std::size_t end = text_.find(quote_);
  Token token = take(Kind::string, end == npos ? text_.size() : end + 1);
  token.broken = end != npos;
  token.unclosed = end == npos;
  quote_ = 0;
  return token;
}

Token Lexer::string(char quote, std::size_t from) {
  std::size_t i = from;
  for (; i < text_.size(); ++i) {
    if (text_[i] == '\\') {
      ++i;
    } else if (text_[i] == quote) {
      if (at(i + 1) != quote) break;
      ++i;
    }
  }
  Token token = take(Kind::string, std::min(i + 1, text_.size()) - here_);
  token.unclosed = i >= text_.size();
  return token;
}

Token Lexer::dollar_string() {
  const std::size_t end = text_.find("$$", here_ + 2);
  return take(Kind::string, end == npos ? 2 : end + 2 - here_);
}

Token Lexer::number() {
  std::size_t i = here_;
  const auto digits = [&] {
    while (digit(at(i))) ++i;
  };
  const char mark = static_cast<char>(at(i + 1) | 0x20);
  if (at(i) == '0' && (mark == 'x' || mark == 'b') && hex_digit(at(i + 2))) {
    i += 2;
    while (hex_digit(at(i))) ++i;
    return take(Kind::number, i - here_);
  }
  digits();
  if (at(i) == '.' && at(i + 1) != '.') ++i;
  digits();
  if ((at(i) | 0x20) == 'e' && (digit(at(i + 1)) || (at(i + 1) == '-' && digit(at(i + 2))))) {
    i += 2;
    digits();
  }
  return take(Kind::number, i - here_);
}

Token Lexer::name() {
  std::size_t i = here_ + 1;
  while (is_word(at(i))) ++i;
  const std::string_view word = part(text_, here_, i - here_);
  // N'...', E'...', X'...', B'...': strings with a letter.
  if (word.size() == 1 && at(i) == '\'' && std::string_view("nNeExXbB").contains(word[0])) {
    return string('\'', i + 1);
  }
  Token token = take(Kind::name, word.size());
  token.word = word_of(word);
  if (token.word == Word::logic) token.kind = Kind::logic;
  return token;
}

/// `word` and [word]; a bracket that holds anything else is none of SQL's.
Token Lexer::quoted_name(char last) {
  std::size_t i = here_ + 1;
  while (i - here_ < 64 && (is_word(at(i)) || at(i) == ' ' || at(i) == '-' || at(i) == '.')) ++i;
  if (at(i) != last || i == here_ + 1) return take(Kind::operation, 1);
  Token token = take(Kind::name, i + 1 - here_);
  token.quoted = true;
  return token;
}

Token Lexer::variable() {
  std::size_t i = here_ + 1;
  if (at(i) == '@') ++i;
  while (is_word(at(i)) || (at(i) == '.' && at(i + 1) != '.')) ++i;
  Token token = take(Kind::variable, i - here_);
  token.quoted =
      token.where.end - token.where.begin <= 2 && !is_word(text_[token.where.end - 1]);  // a bare @
  return token;
}

Token Lexer::sign() {
  switch (text_[here_]) {
    case '(': return take(Kind::open, 1);
    case ')': return take(Kind::close, 1);
    case ',': return take(Kind::comma, 1);
    case ';': return take(Kind::semicolon, 1);
    case '.': return take(Kind::dot, 1);
    case '{':
    case '}': return take(Kind::brace, 1);
    default: break;
  }
  if (starts("||") || starts("&&")) return take(Kind::logic, 2);
  if (starts("::")) return take(Kind::operation, 2);
  for (const std::string_view word : comparisons) {
    if (starts(word)) return take(Kind::compare, word.size());
  }
  return take(Kind::operation, 1);
}

Token Lexer::next() {
  if (quote_ != 0) return rest_of_quote();
  const bool spaced = skip_space();
  Token token{.kind = Kind::end, .where = {text_.size(), text_.size()}};
  if (here_ < text_.size()) {
    const char c = text_[here_];
    if (is_letter(c)) {
      token = name();
    } else if (digit(c) || (c == '.' && digit(at(here_ + 1)))) {
      token = number();
    } else if (c == '\'' || c == '"') {
      token = string(c, here_ + 1);
    } else if (is_line_comment()) {
      token = line_comment();
    } else if (starts("/*")) {
      token = take(Kind::comment, text_.size() - here_);
      token.unclosed = true;
    } else if (c == '`') {
      token = quoted_name('`');
    } else if (c == '[') {
      token = quoted_name(']');
    } else if (c == '@' && !starts("@>")) {
      token = variable();
    } else if (starts("$$")) {
      token = dollar_string();
    } else {
      token = sign();
    }
  }
  token.spaced = spaced;
  return token;
}

}  // namespace gird::detect::sql
