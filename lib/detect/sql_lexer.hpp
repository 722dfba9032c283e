// SQL of many dialects, from any byte on, inside or outside of a quote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "detect/part.hpp"
#include "detect/sign.hpp"
#include "detect/sql_words.hpp"

namespace gird::detect::sql {

enum class Kind : std::uint8_t {
  end,        ///< behind the text; for ever
  start,      ///< before the text
  number,     ///< 1, .5, 0x1f, 1e3
  string,     ///< '...', "...", N'...', $$...$$; the rest of a quote that the text started in, too
  name,       ///< a word, `word` or [word]
  variable,   ///< @x, @@x, :x
  compare,    ///< = < > <= >= <> != <=> == ~~ and the like
  operation,  ///< + - * / % ^ | & ~ ! :: and what is not known
  logic,      ///< && and ||
  open,       ///< (
  close,      ///< )
  comma,
  semicolon,
  dot,
  brace,    ///< {
  comment,  ///< one that hides the rest of the line or of the text
};

struct Token {
  Kind kind = Kind::end;
  Word word = Word::none;  ///< of a name, without its case
  bool broken = false;     ///< a string that was begun before the text
  bool unclosed = false;   ///< a string that the text does not end
  bool spaced = false;     ///< behind white space or a comment
  bool quoted = false;     ///< a name in backticks or brackets; a variable without a name
  bool split = false;      ///< a word that a comment stood in
  Span where;
};

/// The tokens of `text` in order. Comments between tokens are white space, and the inside of
/// MySQL's versioned comments is SQL. Memory is constant, time is linear in the text.
/// Source: MySQL 8 manual 11 (Language Structure), PostgreSQL 17 manual 4.1 (Lexical Structure),
/// Transact-SQL reference (Database Identifiers), SQLite "SQL As Understood".
class Lexer {
 public:
  /// `quote` is the quote that the text starts in, 0 for none.
  Lexer(std::string_view text, char quote) : text_(text), quote_(quote) {}
  Token next();
  /// Whether a versioned comment held a word of SQL (`/*!50000union*/`), and where.
  [[nodiscard]] Span versioned() const { return versioned_; }

 private:
  [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  [[nodiscard]] bool starts(std::string_view word) const {
    return part(text_, here_).starts_with(word);
  }
  bool skip_space();
  bool skip_comment();
  bool skip_line();
  bool open_version();
  std::size_t line_end();
  Token rest_of_quote();
  Token string(char quote, std::size_t from);
  Token dollar_string();
  Token number();
  Token name();
  Token quoted_name(char last);
  Token variable();
  Token sign();
  Token line_comment();
  [[nodiscard]] bool is_line_comment();
  Token take(Kind kind, std::size_t length);

  std::string_view text_;
  std::size_t here_ = 0;
  std::size_t line_end_ = 0;
  Span versioned_;
  char quote_;
};

}  // namespace gird::detect::sql
