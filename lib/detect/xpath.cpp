#include "detect/xpath.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

constexpr auto npos = std::string_view::npos;

char at(std::string_view text, std::size_t n) { return n < text.size() ? text[n] : '\0'; }
bool is_name(char c) { return letter(c) || c == '-' || c == '_'; }

bool is_function(std::string_view name) {
  static constexpr std::array<std::string_view, 22> names = {
      "boolean",       "concat",    "contains",      "count",     "doc",
      "doc-available", "ends-with", "exists",        "last",      "local-name",
      "matches",       "name",      "namespace-uri", "node-name", "normalize-space",
      "not",           "position",  "starts-with",   "string",    "string-length",
      "substring",     "translate"};
  static_assert(std::ranges::is_sorted(names));
  return std::ranges::binary_search(names, name);
}

/// `/`, `../`, `@id`, `name/text()`, `'//host`: a path is what a function of XPath is given.
bool is_path(std::string_view text, std::size_t n) {
  n = skip_blanks(text, n);
  if (at(text, n) == '\'' || at(text, n) == '"') return part(text, n + 1).starts_with("//");
  if (at(text, n) == '/' || at(text, n) == '@' || part(text, n).starts_with("../")) return true;
  const std::size_t from = n;
  while (n - from < 40 && is_name(at(text, n))) ++n;
  return n > from && (part(text, n).starts_with("::") || part(text, n).starts_with("/text(") ||
                      part(text, n).starts_with("/node("));
}

/// Whether what was left ends before the word at `n`: a quote, `)`, `*`, a digit.
bool is_behind_value(std::string_view text, std::size_t n) {
  for (std::size_t i = 0; i < 8 && n > 0 && blank(text[n - 1]); ++i) --n;
  return n > 0 && (std::string_view("'\")*]").contains(text[n - 1]) ||
                   (text[n - 1] >= '0' && text[n - 1] <= '9'));
}

/// `and contains(../a,`, `or position()=1`: at the word of the condition.
void condition_sign(std::string_view text, std::size_t n, std::size_t length, Signs& signs) {
  const bool word = blank(at(text, n + length)) || at(text, n + length) == '(';
  if (!word || (n > 0 && is_name(text[n - 1])) || !is_behind_value(text, n)) return;
  std::size_t name = skip_blanks(text, n + length);
  if (part(text, name).starts_with("not(")) name += 4;
  std::size_t end = name;
  while (end - name < 16 && is_name(at(text, end))) ++end;
  if (at(text, end) != '(' || !is_function(part(text, name, end - name))) return;
  const bool place =
      part(text, name).starts_with("position()") || part(text, name).starts_with("last()");
  if (place || is_path(text, end + 1)) signs.add("xpath/condition", {n, end + 1});
}

void condition_signs(std::string_view text, std::string_view word, Signs& signs) {
  for (std::size_t n = text.find(word); n != npos; n = text.find(word, n + 1)) {
    condition_sign(text, n, word.size(), signs);
  }
}

/// `']|//*`, `'] | /a`: the predicate is left, another path is joined.
void union_signs(std::string_view text, Signs& signs) {
  const std::size_t opened = text.find('[');
  for (std::size_t n = text.find(']'); n != npos; n = text.find(']', n + 1)) {
    const std::size_t bar = skip_blanks(text, n + 1);
    if (at(text, bar) != '|') continue;
    const std::size_t path = skip_blanks(text, bar + 1);
    const bool quoted = n > 0 && (text[n - 1] == '\'' || text[n - 1] == '"' || text[n - 1] == ')');
    if (quoted && opened > n && at(text, path) == '/') signs.add("xpath/union", {n, path + 1});
  }
}

}  // namespace

void xpath_signs(std::string_view text, Signs& signs) {
  if (text.contains('(')) {
    for (const std::string_view word : {"and", "or"}) condition_signs(text, word, signs);
  }
  if (text.contains('|')) union_signs(text, signs);
}

}  // namespace gird::detect
