// What a document looks like from outside.
#include "json/candidate.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gird::json {
namespace {

/// A word, key or number that is longer is not looked at to its end.
constexpr std::size_t most_word = 256;
/// Brackets in brackets (`[[[1`) are looked into so deep.
constexpr int most_levels = 4;

constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool name_start(char c) {
  return letter(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool name_part(char c) { return name_start(c) || digit(c); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

constexpr std::array<std::string_view, 9> literals{"true", "false",     "null",     "none", "nil",
                                                   "nan",  "undefined", "infinity", "inf"};

bool comment_starts(Outlook& text, std::size_t i) {
  return text.at(i) == '/' && (text.at(i + 1) == '/' || text.at(i + 1) == '*');
}

std::size_t skip_digits(Outlook& text, std::size_t i) {
  while (digit(text.at(i)) || text.at(i) == '_') ++i;
  return i;
}

/// Behind digits with a point and an exponent, as JSON and its relatives write them.
std::size_t skip_number(Outlook& text, std::size_t start) {
  std::size_t i = start;
  if (text.at(i) == '-' || text.at(i) == '+') ++i;
  const std::size_t whole = skip_digits(text, i);
  const std::size_t behind = text.at(whole) == '.' ? skip_digits(text, whole + 1) : whole;
  if (behind == i || (behind == i + 1 && text.at(i) == '.')) return start;
  if (lower(text.at(behind)) != 'e') return behind;
  const bool sign = text.at(behind + 1) == '-' || text.at(behind + 1) == '+';
  return skip_digits(text, behind + 1 + (sign ? 1 : 0));
}

/// Whether no text follows an empty container or a single number in its line, as it would follow a
/// check box, a reference or a placeholder: `[ ]`, `[1]`, `{}`.
bool closed_for_good(Outlook& text, std::size_t i) {
  i = text.skip(i, line_blanks);
  return !text.has(i) || std::string_view("\n,;)]}'\"`<").contains(text.at(i));
}

/// `{` at `i - 1`: a key, a nested bracket, a comment or the end must come.
bool object_starts(Outlook& text, std::size_t i, Suspicion suspicion, int levels);

bool array_starts(Outlook& text, std::size_t i, Suspicion suspicion, int levels) {
  const std::size_t start = i;
  i = text.skip(i, json_blanks);
  if (!text.has(i) || quote_size(text, i) > 0) return true;
  // In a log two slashes are more often a path: `[//host/share]`.
  if (comment_starts(text, i)) return suspicion != Suspicion::log;
  const char c = text.at(i);
  // An empty array, a check box, a reference: `[]`, `[ ]`, `[1]`.
  if (c == ']') return closed_for_good(text, i + 1);
  if (c == '{' || c == '[') {
    if (levels == 0) return true;
    return c == '{' ? object_starts(text, i + 1, suspicion, levels - 1)
                    : array_starts(text, i + 1, suspicion, levels - 1);
  }
  if (suspicion == Suspicion::log) return false;
  const std::size_t scalar = skip_scalar(text, i);
  if (scalar > i) {
    const std::size_t behind = text.skip(scalar, json_blanks);
    if (text.at(behind) == ']') return i > start || closed_for_good(text, behind + 1);
    return text.at(behind) == ',' || !text.has(behind);
  }
  const std::size_t name = skip_name(text, i);
  return name > i && text.at(text.skip(name, line_blanks)) == ',';
}

bool object_starts(Outlook& text, std::size_t i, Suspicion suspicion, int levels) {
  const bool log = suspicion == Suspicion::log;
  i = text.skip(i, json_blanks);
  if (!text.has(i) || quote_size(text, i) > 0) return true;
  const char c = text.at(i);
  if (c == '}') return closed_for_good(text, i + 1);
  if (c == '\\') return text.at(i + 1) == '"' || text.at(i + 1) == 'n';
  // Behind a comment may stand what makes it no object: `{/* x */ 4}` becomes an array, and one of
  // numbers is no document of a log.
  if (comment_starts(text, i)) return !log;
  if (c == '{') return !log && levels > 0 && object_starts(text, i + 1, suspicion, levels - 1);
  std::size_t behind = skip_name(text, i);
  if (behind == i) behind = skip_digits(text, i);
  if (behind == i) return false;
  while (behind - i < most_word &&
         (name_part(text.at(behind)) || text.at(behind) == '-' || text.at(behind) == '.')) {
    ++behind;
  }
  behind = text.skip(behind, line_blanks);
  return text.at(behind) == ':' || (!log && text.at(behind) == '=') || !text.has(behind);
}

/// Whether what follows a scalar at `i` in its line leaves it a document of its own.
bool scalar_stands_alone(Outlook& text, std::size_t i) {
  const std::size_t next = text.skip(i, line_blanks);
  return !text.has(next) || std::string_view("\n,;{[\"").contains(text.at(next)) ||
         comment_starts(text, next) || text.has(next, "```") || skip_scalar(text, next) > next;
}

/// Whether the scalar before `i` numbers what follows it: `1. {…}`.
bool list_item(Outlook& text, std::size_t i) {
  if (text.at(i - 1) != '.') return false;
  const std::size_t next = text.skip(i, line_blanks);
  return next > i && (text.at(next) == '{' || text.at(next) == '[');
}

bool regular_expression_starts(Outlook& text, std::size_t i) {
  if (text.at(i) != '/' || comment_starts(text, i)) return false;
  const std::size_t start = ++i;
  while (i - start < most_word && text.has(i) && text.at(i) != '/' && text.at(i) != '\n') {
    i += text.at(i) == '\\' ? 2 : 1;
  }
  if (i == start || text.at(i) != '/') return false;
  return scalar_stands_alone(text, skip_name(text, i + 1));
}

}  // namespace

std::size_t quote_size(Outlook& text, std::size_t i) {
  switch (text.at(i)) {
    case '"':
    case '\'': return 1;
    case '`': return text.at(i + 1) == '`' ? 0 : 1;
    case '\xc2': return text.has(i, "\xc2\xb4") ? 2 : 0;
    case '\xe2': break;
    default: return 0;
  }
  for (const std::string_view quote :
       {"\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\u201d", "\u201e", "\u201f"}) {
    if (text.has(i, quote)) return quote.size();
  }
  return 0;
}

bool line_ends(Outlook& text, std::size_t i) {
  i = text.skip(i, line_blanks);
  return !text.has(i) || text.at(i) == '\n' || text.has(i, "```");
}

std::size_t skip_name(Outlook& text, std::size_t i) {
  if (!name_start(text.at(i)) || quote_size(text, i) > 0) return i;
  const std::size_t start = i;
  while (i - start < most_word && name_part(text.at(i))) ++i;
  return i;
}

std::size_t skip_scalar(Outlook& text, std::size_t i) {
  const std::size_t number = skip_number(text, i);
  if (number > i) return name_part(text.at(number)) || text.at(number) == '.' ? i : number;
  const std::size_t word = i + (text.at(i) == '-' || text.at(i) == '+' ? 1 : 0);
  const std::size_t behind = skip_name(text, word);
  const std::string_view name = text.window().substr(std::min(word, text.size()), behind - word);
  const bool known =
      std::ranges::any_of(literals, [&](std::string_view l) { return same_word(l, name); });
  return known ? behind : i;
}

bool container_starts(Outlook& text, std::size_t i, Suspicion suspicion) {
  return text.at(i) == '{' ? object_starts(text, i + 1, suspicion, most_levels)
                           : array_starts(text, i + 1, suspicion, most_levels);
}

bool label_at(Outlook& text, std::size_t i) {
  if (text.at(i) != '[') return false;
  const std::size_t start = i + 1;
  std::size_t end = start;
  while (end - start < most_word && text.has(end) && text.at(end) != ']') {
    if (std::string_view("\"'`{}[,\n").contains(text.at(end))) return false;
    ++end;
  }
  const std::size_t scalar = skip_scalar(text, text.skip(start, line_blanks));
  if (text.at(end) != ']' || end == start || text.skip(scalar, line_blanks) == end) return false;
  const std::size_t next = text.skip(end + 1, line_blanks);
  return text.has(next) && !std::string_view("\n,;)]}`").contains(text.at(next)) &&
         !comment_starts(text, next);
}

bool call_starts(Outlook& text, std::size_t start) {
  std::size_t i = skip_name(text, start);
  while (i > start && text.at(i) == '.') {
    const std::size_t next = skip_name(text, i + 1);
    if (next == i + 1) return false;
    i = next;
  }
  if (i == start) return false;
  if (text.window().substr(start, i - start) == "new") {
    const std::size_t name = text.skip(i, line_blanks);
    return name > i && text.window().substr(start, 3) == "new" && call_starts(text, name);
  }
  i = text.skip(i, line_blanks);
  if (text.at(i) != '(') return false;
  i = text.skip(i + 1, json_blanks);
  if (text.at(i) == '{' || text.at(i) == '[') return container_starts(text, i, Suspicion::usual);
  const std::size_t argument = i;
  while (i - argument < most_word && text.has(i) && text.at(i) != ')' && text.at(i) != '\n') ++i;
  if (text.at(i) != ')') return false;
  return scalar_stands_alone(text, i + 1);
}

bool value_starts(Outlook& text, std::size_t i) {
  if (quote_size(text, i) > 0) return true;
  const char c = text.at(i);
  if (c == '\\') return quote_size(text, i + 1) > 0;
  if (c == '(') {
    const std::size_t inner = text.skip(i + 1, json_blanks);
    if (text.at(inner) == '{' || text.at(inner) == '[')
      return container_starts(text, inner, Suspicion::usual);
    return text.at(inner) == '(' || text.at(inner) == ')' || quote_size(text, inner) > 0 ||
           skip_scalar(text, inner) > inner;
  }
  const std::size_t scalar = skip_scalar(text, i);
  if (scalar > i) return scalar_stands_alone(text, scalar) && !list_item(text, scalar);
  const std::size_t name = skip_name(text, i);
  const bool prefixed =
      name > i && name - i <= 2 && (text.at(name) == '"' || text.at(name) == '\'');
  return prefixed || call_starts(text, i) || regular_expression_starts(text, i);
}

}  // namespace gird::json
