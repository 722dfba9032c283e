// The extent of unquoted text.
#include "json/word.hpp"

#include <algorithm>
#include <array>

#include "json/gap.hpp"
#include "json/letters.hpp"
#include "json/quote.hpp"
#include "json/quote_context.hpp"

namespace gird::json {
namespace {

constexpr std::array<std::string_view, 8> schemes{
    "http:", "https:", "ftp:", "mailto:", "file:", "data:", "irc:", "ws:"};
constexpr std::string_view marks_of_urls = "-._~:/?#@!$&'()*+;=%";

bool in_url(int c) {
  return c >= 0 && (in_name(c) || marks_of_urls.contains(static_cast<char>(c)));
}

/// Whether the text before the `//` at `slash` is the scheme of a URL.
bool after_scheme(const Ahead& ahead, std::size_t from, std::size_t slash) {
  const std::string_view word = ahead.text(from, slash);
  return std::ranges::any_of(schemes, [&](std::string_view s) { return word.ends_with(s); });
}

bool starts_comment(const Ahead& ahead, std::size_t at) {
  if (ahead.at(at) != '/') return false;
  return ahead.at(at + 1) == '/' || ahead.at(at + 1) == '*';
}

bool stops_anywhere(const Ahead& ahead, std::size_t at, const WordRules& rules) {
  const int c = ahead.at(at);
  if (c < 0 || c == ',' || c == '\n' || is_opener(c) || is_closer(c)) return true;
  if (c == ')' && rules.in_parens) return true;
  if (rules.role == Role::key && (c == ':' || c == '=')) return true;
  return false;
}

/// `;` where a line or a container ends behind it, or the next key comes.
bool stops_at_semicolon(const Ahead& ahead, std::size_t at) {
  if (ahead.at(at) != ';') return false;
  const std::size_t next = at + 1 + gap_at(ahead, at + 1, {}, at + 65).size;
  const int c = ahead.at(next);
  return c == Ahead::end || is_closer(c) || c == ')' || key_follows(ahead, next) ||
         begins_string(ahead, next);
}

bool stops_at_plus(const Ahead& ahead, std::size_t at) {
  if (ahead.at(at) != '+') return false;
  return bool(quote_at(ahead, at + 1 + gap_at(ahead, at + 1, {}, at + 65).size));
}

bool is_hash_comment(const Ahead& ahead, std::size_t at, std::size_t from) {
  return ahead.at(at) == '#' && at > from && is_blank(ahead.at(at - 1));
}

/// Behind brackets that belong to a word, `words{in brackets}m`: they follow a letter at once, and
/// hold words alone. `at` where there are none.
std::size_t behind_brackets(const Ahead& ahead, std::size_t from, std::size_t at) {
  constexpr std::size_t longest = 256;
  if (at == from || !in_name(ahead.at(at - 1)) || !is_opener(ahead.at(at))) return at;
  std::size_t i = at + 1;
  while (i < at + longest && (in_name(ahead.at(i)) || ahead.at(i) == ' ')) ++i;
  const bool closed = i > at + 1 && ahead.at(i) == (ahead.at(at) == '{' ? '}' : ']');
  return closed && in_name(ahead.at(i + 1)) ? i + 1 : at;
}

}  // namespace

Word word_at(const Ahead& ahead, std::size_t at, const WordRules& rules) {
  Word word;
  std::size_t i = at;
  for (;; ++i) {
    if (rules.role != Role::key) i = behind_brackets(ahead, at, i);
    if (stops_anywhere(ahead, i, rules)) break;
    if (starts_comment(ahead, i)) {
      if (!after_scheme(ahead, at, i)) break;
      while (in_url(ahead.at(i))) ++i;
      break;
    }
    if (const Quote quote = quote_at(ahead, i)) {
      const bool apostrophe = quote.style != QuoteStyle::straight && i > at &&
                              in_name(ahead.at(i - 1)) && in_name(ahead.at(i + quote.size));
      if (!apostrophe) {
        word.end_quote = quote.style == QuoteStyle::straight;
        break;
      }
    }
    if (stops_at_semicolon(ahead, i) || stops_at_plus(ahead, i) || is_hash_comment(ahead, i, at)) {
      break;
    }
  }
  word.far = ahead.at(i) == Ahead::far;
  const std::size_t behind = i;
  while (i > at && (is_blank(ahead.at(i - 1)))) --i;
  word.size = i - at;
  word.end_quote &= i == behind && word.size > 0;
  return word;
}

std::size_t call_at(const Ahead& ahead, std::size_t at, bool blanks) {
  constexpr std::size_t longest = 128;
  std::size_t i = at;
  if (ahead.starts(i, "new ")) i += 4;
  if (!starts_name(ahead.at(i))) return 0;
  while (i < at + longest && (in_name(ahead.at(i)) || ahead.at(i) == '.')) ++i;
  const std::size_t gap = blanks ? gap_at(ahead, i, {}, i + longest).size : 0;
  return ahead.at(i + gap) == '(' ? i + gap - at : 0;
}

std::size_t string_prefix(const Ahead& ahead, std::size_t at) {
  constexpr std::string_view letters = "bBrRuUfF";
  std::size_t i = at;
  while (i < at + 2 && ahead.at(i) > 0 && letters.contains(static_cast<char>(ahead.at(i)))) ++i;
  const int c = ahead.at(i);
  return c == '\'' || c == '"' ? i - at : 0;
}

}  // namespace gird::json
