#include "detect/ldap.hpp"

#include <algorithm>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

char at(std::string_view text, std::size_t n) { return n < text.size() ? text[n] : '\0'; }
bool is_attribute(char c) { return letter(c) || digit(c) || std::string_view("-_;.:").contains(c); }

std::size_t behind_space(std::string_view text, std::size_t n) {
  const std::size_t most = std::min(text.size(), n + 8);
  while (n < most && blank(text[n])) ++n;
  return n;
}

/// `uid=`, `sn~=`, `gidNumber<=`, `cn:dn:=`: the byte behind the comparison that begins at `n`,
/// else 0. No space, as a filter has none.
std::size_t comparison(std::string_view text, std::size_t n) {
  if (!letter(at(text, n))) return 0;
  std::size_t end = n;
  while (end - n < 64 && is_attribute(at(text, end))) ++end;
  if (std::string_view("~<>").contains(at(text, end)) && at(text, end) != '\0') ++end;
  return at(text, end) == '=' && at(text, end + 1) != '=' ? end + 1 : 0;
}

bool is_join(char c) { return c == '&' || c == '|'; }

/// What stands behind a '(' at `n` begins a filter: a comparison, or a join of others.
std::size_t filter(std::string_view text, std::size_t n) {
  n = behind_space(text, n + 1);
  if (!is_join(at(text, n)) && at(text, n) != '!') return comparison(text, n);
  const bool join = is_join(at(text, n));
  const std::size_t next = behind_space(text, n + 1);
  if (at(text, next) == '\0') return join ? next : 0;
  if (join && at(text, next) == ')') return next + 1;
  if (at(text, next) != '(') return join ? comparison(text, next) : 0;
  const std::size_t inner = behind_space(text, next + 1);
  if (join && at(text, inner) == '\0') return inner;
  return is_join(at(text, inner)) && join ? inner : comparison(text, inner);
}

/// What is behind a ')' that closes nothing of the text.
void break_sign(std::string_view text, std::size_t n, Signs& signs) {
  std::size_t open = behind_space(text, n + 1);
  while (open - n < 8 && at(text, open) == ')') open = behind_space(text, open + 1);
  const bool star = n > 0 && text[n - 1] == '*';
  if (at(text, open) != '(') return;
  std::size_t end = filter(text, open);
  if (end == 0 && at(text, open + 1) == '(') end = filter(text, open + 1);
  if (end == 0) return;
  signs.add(star || open == n + 1 ? "ldap/break-out" : "ldap/loose-break", {n, end});
}

/// A filter that joins others, or one behind the star of a value.
void open_sign(std::string_view text, std::size_t n, Signs& signs) {
  const std::size_t next = n + 1;
  const bool star = n > 0 && text[n - 1] == '*';
  if (star && (is_join(at(text, next)) || comparison(text, next) != 0)) {
    signs.add("ldap/star-filter", {n - 1, next + 1});
  }
  const std::size_t end =
      is_join(at(text, next)) && at(text, next + 1) == '(' ? filter(text, n) : 0;
  if (end != 0 && comparison(text, next + 2) != 0) signs.add("ldap/filter", {n, end});
}

/// The text is made of nothing but signs that a filter gives a meaning.
bool is_probe(std::string_view text) {
  if (text.size() < 3 || text.size() > 16) return false;
  const auto has = [&](char c) { return text.contains(c); };
  const bool meant =
      std::ranges::all_of(text, [](char c) { return std::string_view("*()|&!='").contains(c); });
  return meant && has('*') && has('(') && has(')') && (has('|') || has('&'));
}

}  // namespace

void ldap_signs(std::string_view text, Signs& signs) {
  std::size_t n = text.find_first_of("()");
  if (n == std::string_view::npos) return;
  if (is_probe(text)) signs.add("ldap/probe", {0, text.size()});
  std::size_t depth = 0;
  for (; n < text.size(); ++n) {
    if (text[n] == '(') {
      open_sign(text, n, signs);
      ++depth;
    } else if (text[n] == ')') {
      const bool star = n > 0 && text[n - 1] == '*' && n > 1 && text[n - 2] != '=';
      if (depth == 0 || (star && at(text, n + 1) == '(')) break_sign(text, n, signs);
      if (depth > 0) --depth;
    }
  }
}

}  // namespace gird::detect
