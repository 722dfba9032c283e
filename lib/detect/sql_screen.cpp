#include "detect/sql_screen.hpp"

#include <array>
#include <cstdint>

#include "detect/bytes.hpp"
#include "detect/sql_words.hpp"

namespace gird::detect::sql {
namespace {

constexpr auto npos = std::string_view::npos;

char at(std::string_view text, std::size_t n) { return n < text.size() ? text[n] : '\0'; }
bool word_byte(char c) { return name_byte(c) || c == '$'; }

std::size_t word_end(std::string_view text, std::size_t n) {
  while (n < text.size() && word_byte(text[n])) ++n;
  return n;
}

/// Blanks and parentheses that stand between a quote or a word and what counts.
std::size_t skip_closed(std::string_view text, std::size_t n) {
  while (n < text.size() && (blank(text[n]) || text[n] == ')' || text[n] == '\0')) ++n;
  return n;
}

Word word_at(std::string_view text, std::size_t n) {
  return word_of(part(text, n, word_end(text, n) - n));
}

/// Words without which a sign that begins with them is none, whatever stands around.
bool is_strong(Word word) {
  return word == Word::select || word == Word::unite || word == Word::waitfor ||
         word == Word::outfile || word == Word::infile || word == Word::analyse ||
         word == Word::handler || word == Word::immediate || word == Word::catalogue ||
         word == Word::stored || word == Word::limit || word == Word::shutdown;
}

bool is_verb(Word word) {
  return (word >= Word::insert && word <= Word::use) || word == Word::from ||
         word == Word::time_call;
}

bool is_condition(Word word) {
  return word == Word::logic || word == Word::where || word == Word::having || word == Word::when ||
         word == Word::choice || word == Word::by;
}

/// What the whole text holds.
struct Held {
  bool compares = false;  ///< = < >
  bool stops = false;     ///< ; or a comment or a variable: a verb may stand alone
  bool comments = false;  ///< -- or #
  bool lists = false;     ///< a comma behind a quote
  bool verb = false;
  bool condition = false;  ///< AND or OR before a word
};

/// A word that stands behind a quote and goes on with the statement.
bool goes_on(Word word) {
  return word == Word::logic || word == Word::compare || word == Word::operation ||
         word == Word::negation || word == Word::select || word == Word::by ||
         word == Word::order || word == Word::group || word == Word::where || word == Word::as ||
         is_strong(word) || is_verb(word);
}

bool is_left(std::string_view text, std::size_t quote) {
  const std::size_t next = skip_closed(text, quote + 1);
  const char c = at(text, next);
  if (std::string_view("=<>!+-*^|&#%~?").contains(c)) return c != '\0';
  if (c == ';') return std::string_view("-#/").contains(at(text, skip_blanks(text, next + 1)));
  if (c == '/') return at(text, next + 1) == '*' || digit(at(text, next + 1));
  return letter(c) && goes_on(word_at(text, next));
}

/// A function, or a word of the grammar, before the parenthesis at `n`.
bool is_called(std::string_view text, std::size_t n) {
  std::size_t end = n;
  while (end > 0 && blank(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && end - begin < 40 && word_byte(text[begin - 1])) --begin;
  return word_of(part(text, begin, end - begin)) != Word::none;
}

/// Behind AND and its like: an operand that is no word.
bool is_operand(std::string_view text, std::size_t n) {
  const std::size_t next = skip_blanks(text, n);
  const char c = at(text, next);
  if (!letter(c)) return c != '\0' && std::string_view(".,:;)").find(c) == npos && !high(c);
  return word_at(text, next) == Word::constant;
}

/// Whether the word that ends at `end` decides.
bool decides(std::string_view text, std::size_t end, Word word, Held& held) {
  if (is_strong(word)) return true;
  const bool package = word == Word::schema || word == Word::time_call || word == Word::file_call ||
                       word == Word::error_call;
  if (package && at(text, end) == '.') return true;
  held.verb = held.verb || is_verb(word);
  if (!is_condition(word)) return false;
  held.condition = held.condition || word == Word::logic;
  return is_operand(text, end);
}

/// Texts that begin with what only another's statement could stand before, and short sums.
bool is_piece(std::string_view text) {
  const std::size_t first = skip_blanks(text, 0);
  const char c = at(text, first);
  if (c == ')' || c == ';' || c == '|' || c == '&') return true;
  if (text.size() <= 40 && (digit(c) || std::string_view("-+(~").contains(c))) return true;
  const Word word = letter(c) ? word_at(text, first) : Word::none;
  return word == Word::logic || is_verb(word) ||
         (text.size() <= 64 && at(text, text.size() - 1) == '\'') ||
         (text.size() <= 64 && at(text, text.size() - 1) == '"');
}

/// `;--`, and what else stands alone at the end of a statement.
bool stop_decides(std::string_view text, std::size_t n, Held& held) {
  held.stops = true;
  held.comments = held.comments || text[n] == '#' || text[n] == '-';
  return text[n] == ';' && at(text, n + 1) == '-' && at(text, n + 2) == '-';
}

bool quote_decides(std::string_view text, std::size_t n, Held& held) {
  held.lists = held.lists || at(text, skip_closed(text, n + 1)) == ',';
  return is_left(text, n);
}

bool sign_decides(std::string_view text, std::size_t n, Held& held) {
  const char next = at(text, n + 1);
  switch (text[n]) {
    case '\'':
    case '"':
    case '`': return quote_decides(text, n, held);
    case '(': return is_called(text, n);
    case '&':
    case '|':
    case ':': return next == text[n];
    case '/': return next == '*';
    case '*': return next == '/';
    case '@': return next == '@' || (n > 0 && std::string_view("=<>").contains(text[n - 1]));
    case '=':
    case '<':
    case '>': held.compares = true; return false;
    case '-': return next == '-' && stop_decides(text, n, held);
    default: return stop_decides(text, n, held);  // ; # @
  }
}

constexpr ByteSet signs("'\"`(&|:/*@=<>-;#");

}  // namespace

bool may_hold_sql(std::string_view text) {
  if (is_piece(text)) return true;
  Held held;
  for (std::size_t n = 0; n < text.size();) {
    const char c = text[n];
    if (letter(c)) {
      const std::size_t end = word_end(text, n);
      if (end - n > 1 && decides(text, end, word_of(part(text, n, end - n)), held)) return true;
      n = end;
    } else {
      if (c == '@') held.stops = true;
      if (signs.has(c) && sign_decides(text, n, held)) return true;
      ++n;
    }
  }
  return (held.verb && held.stops) || (held.condition && held.compares) ||
         (held.lists && held.comments);
}

}  // namespace gird::detect::sql
