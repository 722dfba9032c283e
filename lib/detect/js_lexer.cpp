#include "detect/js_lexer.hpp"

#include "detect/js_words.hpp"
#include "detect/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect::js {
namespace {

using letters::Folded;
using letters::is_blank;
using letters::is_digit;
using letters::is_name;

constexpr std::size_t reach = 64;

bool is_operator(char c) { return std::string_view("-+*/;,|&^%?<>=:~!)}]").contains(c); }

/// The start of a comment that ends before `at`; `at` itself if none does.
std::size_t comment_back(std::string_view text, std::size_t at) {
  if (at < 4 || text[at - 1] != '/' || text[at - 2] != '*') return at;
  const std::size_t from = at > reach ? at - reach : 0;
  const std::size_t open = part(text, from, at - 3 - from + 1).rfind("/*");
  return open == std::string_view::npos ? at : from + open;
}

/// `<x>` between a name and its call: what a filter of tags takes away.
std::size_t tag_back(std::string_view text, std::size_t at) {
  if (at < 3 || text[at - 1] != '>') return at;
  const std::size_t from = at > 12 ? at - 12 : 0;
  const std::size_t open = part(text, from, at - from).rfind('<');
  if (open == std::string_view::npos || open == 0) return at;
  const std::string_view inside = part(text, from + open + 1, at - 2 - from - open);
  return !inside.empty() && std::ranges::all_of(inside, letters::is_letter) ? from + open : at;
}

Argument text_argument(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string_view rest = part(text, at + 1, reach);
  const std::string_view said = part(rest, 0, rest.find(quote));
  return std::ranges::count(said, ' ') > 1 ? Argument::message : Argument::literal;
}

Argument name_argument(std::string_view text, std::size_t at) {
  const Folded name(name_at(text, at));
  return is_page_value(name.text()) || call_kind(name.text()) != Call::none ? Argument::page
                                                                            : Argument::other;
}

}  // namespace

std::size_t skip_space(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.size(), at + reach);
  while (at < end) {
    if (is_blank(text[at])) {
      ++at;
    } else if (letters::has_at(text, at, "/*")) {
      const std::size_t close = part(text, 0, end).find("*/", at + 2);
      if (close == std::string_view::npos) return at;
      at = close + 2;
    } else {
      return at;
    }
  }
  return at;
}

std::size_t skip_space_back(std::string_view text, std::size_t at) {
  const std::size_t least = at > reach ? at - reach : 0;
  while (at > least) {
    const std::size_t before = is_blank(text[at - 1]) ? at - 1 : comment_back(text, at);
    if (before == at) return at;
    at = before;
  }
  return at;
}

std::string_view name_at(std::string_view text, std::size_t at) {
  const std::string_view rest = part(text, std::min(at, text.size()), Folded::most);
  return part(rest, 0, letters::skip(rest, 0, is_name));
}

std::string_view name_before(std::string_view text, std::size_t at) {
  const std::size_t from = at > Folded::most ? at - Folded::most : 0;
  const std::string_view near = part(text, from, at - from);
  return part(near, letters::skip_back(near, near.size(), is_name));
}

Callee callee_before(std::string_view text, std::size_t at) {
  Callee callee;
  std::size_t end = skip_space_back(text, at);
  if (end > 1 && text[end - 1] == '.' && text[end - 2] == '?') end = skip_space_back(text, end - 2);
  for (int depth = 0; depth < 4 && end > 0 && text[end - 1] == ')'; ++depth) {
    callee.wrapped = true;
    end = skip_space_back(text, end - 1);
  }
  end = tag_back(text, end);
  // `alert\`1\``: escaped for the language around.
  while (end > 1 && text[end - 1] == '\\' && end + 4 > at) --end;
  callee.name = name_before(text, end);
  callee.begin = end - callee.name.size();
  std::size_t dot = skip_space_back(text, callee.begin);
  if (dot == 0 || text[dot - 1] != '.') return callee;
  callee.member = true;
  --dot;
  if (dot > 0 && text[dot - 1] == '?') --dot;
  callee.receiver = name_before(text, skip_space_back(text, dot));
  return callee;
}

Argument argument_at(std::string_view text, std::size_t at) {
  at = skip_space(text, at);
  if (at >= text.size()) return Argument::none;
  const char c = text[at];
  if (c == ')') return Argument::none;
  if (is_digit(c) || c == '/' || c == '`' || c == '\\' || c == '&' || c == '%') {
    return Argument::literal;
  }
  if (c == '"' || c == '\'') return text_argument(text, at);
  return is_name(c) ? name_argument(text, at) : Argument::other;
}

bool breaks_before(std::string_view text, std::size_t begin) {
  const std::size_t least = begin > 12 ? begin - 12 : 0;
  bool operated = false;
  for (std::size_t at = begin; at > least; --at) {
    const char c = text[at - 1];
    if (c == '"' || c == '\'' || c == '`') return operated;
    if (is_operator(c)) operated = true;
    if (!is_operator(c) && !is_blank(c) && c != '(' && c != '[' && c != '{') return false;
  }
  return false;
}

}  // namespace gird::detect::js
