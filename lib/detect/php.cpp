#include "detect/php.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/php_words.hpp"

namespace gird::detect {
namespace {

constexpr std::size_t none = std::string_view::npos;

/// Comments are read this far, as each `(` may ask for the one before it.
constexpr std::size_t longest_comment = 64;

/// Where blanks and comments at `at` end.
std::size_t skip_space(std::string_view text, std::size_t at) {
  for (int comments = 0; comments < 4; ++comments) {
    at = skip_blanks(text, at);
    const bool block = holds(text, at, "/*");
    const bool line = holds(text, at, "//") || byte_at(text, at) == '#';
    if (!block && !line) return at;
    const std::string_view rest = part(text, at, longest_comment);
    const std::size_t end = block ? rest.find("*/", 2) : rest.find('\n');
    if (end == none) return at;
    at += end + (block ? 2 : 1);
  }
  return at;
}

bool has_code(std::string_view rest) {
  constexpr std::size_t enough = 256;
  rest = part(rest, 0, enough);
  return rest.contains('(') || rest.contains('$') || rest.contains(';') || rest.contains("echo") ||
         rest.contains('"') || rest.contains('\'');
}

/// `<?xml` is XML if attributes follow; PHP with short tags takes the name as a constant.
bool is_xml_code(std::string_view rest) {
  const std::size_t at = skip_blanks(rest, 0);
  return byte_at(rest, at) == ':' || byte_at(rest, at) == '(';
}

void tag_at(std::string_view text, std::size_t at, Signs& signs) {
  const std::string_view rest = part(text, at + 2);
  const std::size_t word = skip_blanks(rest, 0);
  if (holds(rest, word, "php") && !name_byte(byte_at(rest, word + 3)) &&
      byte_at(rest, word + 3) != '-') {
    signs.add(has_code(part(rest, word + 3)) ? "php/tag-code" : "php/tag", {at, at + word + 5});
  } else if (holds(rest, 0, "=")) {
    signs.add("php/tag-code", {at, at + 3});
  } else if (holds(rest, 0, "xml")) {
    if (is_xml_code(part(rest, 3))) signs.add("php/pseudo-tag", {at, at + 5});
  } else if (word > 0 && word < rest.size() && has_code(rest)) {
    signs.add("php/tag-code", {at, at + 2});
  }
}

void tag_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find("<?"); at != none; at = text.find("<?", at + 2)) {
    tag_at(text, at, signs);
  }
  if (!text.contains("php]") && !text.contains("php}")) return;
  for (const std::string_view tag : {"[php]", "[/php]", "[\\php]", "{php}", "{/php}"}) {
    const std::size_t at = text.find(tag);
    if (at != none) signs.add("php/pseudo-tag", {at, at + tag.size()});
  }
}

/// The name that ends before `at`, within reach of a table's longest word.
std::string_view name_before(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 48;
  std::size_t begin = at;
  while (begin > 0 && at - begin < longest && name_byte(text[begin - 1])) --begin;
  return part(text, begin, at - begin);
}

/// Where the blanks before `at` start; the last few only.
std::size_t back_over_blanks(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 16;
  const std::size_t end = at;
  while (at > 0 && end - at < longest && blank(text[at - 1])) --at;
  return at;
}

/// What stands before a `(`, when a name does.
struct Call {
  std::string_view name;
  std::size_t begin;
  std::size_t open;  ///< the bracket
  char before;       ///< the byte before the name
  bool spaced;       ///< blanks between name and bracket
};

/// Where a text starts and ends but for blanks and the `;` behind it.
struct Whole {
  std::size_t begin;
  std::size_t last;
};

Whole whole_of(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n@");
  const std::size_t last = text.find_last_not_of("; \t\r\n");
  return {.begin = begin, .last = last};
}

/// A text that is one call and nothing else.
bool is_alone(std::string_view text, const Whole& whole, const Call& call) {
  return call.begin == whole.begin && whole.last != none &&
         (text[whole.last] == ')' || text[whole.last] == '(');
}

/// Functions of C have some of the names, too: of those, a call without arguments, or in a case
/// that only PHP takes, is told.
bool is_odd(std::string_view text, const Call& call, PhpFunction kind) {
  if (kind != PhpFunction::common) return true;
  const auto big = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool mixed =
      std::ranges::any_of(call.name, big) &&
      !std::ranges::all_of(call.name, [&](char c) { return big(c) || c == '_' || digit(c); });
  return mixed || byte_at(text, skip_blanks(text, call.open + 1)) == ')';
}

void call_signs(std::string_view text, const Whole& whole, const Call& call, Signs& signs) {
  const SmallWord word(call.name);
  const PhpFunction kind = php_function(word.view());
  if (kind == PhpFunction::none) return;
  const Span where{call.begin, call.open + 1};
  const bool method = call.before == '.' || call.before == '>' || call.before == ':';
  if (is_alone(text, whole, call) && is_odd(text, call, kind)) signs.add("php/call-alone", where);
  if (method || call.spaced) return;
  if (kind == PhpFunction::danger) signs.add("php/call-danger", where);
  if (kind == PhpFunction::own) signs.add("php/call", where);
}

/// Where the bracket opens that closes at `close`, `none` if not within reach.
std::size_t opening(std::string_view text, std::size_t close) {
  constexpr std::size_t longest = 48;
  const char last = text[close];
  const char open = last == ')' ? '(' : '[';
  std::size_t depth = 0;
  for (std::size_t at = close;; --at) {
    if (text[at] == last) ++depth;
    if (text[at] == open && --depth == 0) return at;
    if (at == 0 || close - at == longest) return none;
  }
}

/// What is between quotes that close at `close`.
std::string_view quoted_before(std::string_view text, std::size_t close) {
  constexpr std::size_t longest = 48;
  const std::string_view reach = part(text, 0, close);
  const std::size_t at = reach.rfind(text[close]);
  return at == none || close - at > longest ? std::string_view() : part(reach, at);
}

/// The group that closes at `close`: `('system')`, `[system][0]`, `"system"`; empty if none does.
std::string_view group_before(std::string_view text, std::size_t close) {
  constexpr int most_indices = 4;
  for (int i = 0; i < most_indices; ++i) {
    const char last = text[close];
    if (last == '"' || last == '\'') return quoted_before(text, close);
    const std::size_t at = last == ')' || last == ']' ? opening(text, close) : none;
    if (at == none) return {};
    const std::size_t before = back_over_blanks(text, at);
    // Of an index, what is before it counts: [system][0].
    const char list = before == 0 ? ' ' : text[before - 1];
    if (last != ']' || (list != ']' && list != ')')) return part(text, at, close - at);
    close = before - 1;
  }
  return {};
}

/// Whether letters of `group`, without quotes, dots and comments, are a function that runs code.
bool names_function(std::string_view group) {
  std::array<char, 40> letters{};
  std::size_t count = 0;
  for (std::size_t at = skip_space(group, 0); at < group.size(); at = skip_space(group, at + 1)) {
    const char c = group[at];
    if (!name_byte(c)) continue;
    if (digit(c) && count == 0) continue;
    if (count == letters.size()) return false;
    letters.at(count++) = lower(c);
  }
  std::string_view name(letters.data(), count);
  while (!name.empty() && digit(name.back())) name.remove_suffix(1);
  if (name.starts_with("string")) name.remove_prefix(6);
  const PhpFunction kind = php_function(name);
  return kind == PhpFunction::danger || kind == PhpFunction::shared;
}

/// `$f(`, `$f['x'](`, `$$b(`, `${'f'}(`: as the whole value, as jQuery and shells call so too.
void variable_signs(std::string_view text, Signs& signs) {
  std::string_view word = trimmed(text);
  while (word.ends_with(';') || word.ends_with(' ')) word.remove_suffix(1);
  while (word.starts_with('@')) word.remove_prefix(1);
  constexpr std::size_t longest = 200;
  if (word.size() < 4 || word.size() > longest || word[0] != '$' || word.back() != ')') return;
  std::size_t at = word.find_first_not_of("$ {'\"@", 1);
  if (at == none || !(name_byte(word[at]))) return;
  at = word.find('(');
  const std::string_view callee = part(word, 0, at);
  const bool plain =
      std::ranges::none_of(callee, [](char c) { return c == '=' || c == ')' || c == '.'; });
  const bool prompt = word[1] == ' ' && byte_at(word, 2) != '{';
  if (plain && !prompt) signs.add("php/variable-call", {0, text.size()});
}

void bracket_at(std::string_view text, const Whole& whole, std::size_t open, Signs& signs) {
  const std::size_t end = back_over_blanks(text, open);
  const std::string_view name = name_before(text, end);
  if (!name.empty()) {
    const std::size_t begin = end - name.size();
    const Call call{name, begin, open, begin == 0 ? ' ' : text[begin - 1], end != open};
    call_signs(text, whole, call, signs);
  } else if (end > 0 && names_function(group_before(text, end - 1))) {
    signs.add("php/named-call", {end, open + 1});
  }
}

void superglobal_signs(std::string_view text, Signs& signs) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"cookie", "env", "files", "get", "post", "request", "server", "session"});
  for (std::size_t at = text.find("$_"); at != none; at = text.find("$_", at + 2)) {
    const std::size_t end = name_end(text, at + 2);
    if (listed(names, SmallWord(part(text, at + 2, end - at - 2)).view()) &&
        (byte_at(text, end) == '[' || byte_at(text, end) == '{')) {
      signs.add("php/superglobal", {at, end + 1});
    }
  }
}

/// Where digits at `at` end, followed by `:`; `none` without any.
std::size_t count_end(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (digit(byte_at(text, at)) && at - begin < 12) ++at;
  return at > begin && byte_at(text, at) == ':' ? at + 1 : none;
}

/// `O:8:"stdClass":0:{`, `C:11:"ArrayObject":...`, `a:1:{i:0;`.
void object_at(std::string_view text, std::size_t at, Signs& signs) {
  if (at > 0 && name_byte(text[at - 1])) return;
  const char kind = text[at];
  std::size_t next = byte_at(text, at + 2) == '+' ? at + 3 : at + 2;
  next = count_end(text, next);
  if (next == none) return;
  if (kind == 'a') {
    const char item = byte_at(text, next + 1);
    if (byte_at(text, next) == '{' && (item == 'i' || item == 's' || item == '}')) {
      signs.add("php/array", {at, next + 1});
    }
    return;
  }
  const bool quoted = byte_at(text, next) == '"' || holds(text, next, "\\\"");
  if (quoted) signs.add("php/object", {at, next + 1});
}

void object_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find(':'); at != none; at = text.find(':', at + 1)) {
    if (at > 0 && std::string_view("OCa").contains(text[at - 1])) object_at(text, at - 1, signs);
  }
}

/// `auto_prepend_file=...` as the whole value.
void setting_signs(std::string_view text, Signs& signs) {
  const std::string_view word = trimmed(text);
  const std::size_t equals = part(word, 0, 40).find('=');
  if (equals == none || !is_php_setting(SmallWord(trimmed(part(word, 0, equals))).view())) return;
  signs.add("php/setting", {0, text.size()});
}

void session_signs(std::string_view text, Signs& signs) {
  constexpr std::size_t shortest_id = 20;
  const std::size_t at = text.contains('_') ? text.find("sess_") : none;
  if (at == none || (at > 0 && text[at - 1] != '/')) return;
  const auto id = [](char c) { return letter(c) || digit(c) || c == ',' || c == '-'; };
  const std::string_view rest = part(text, at + 5);
  const auto end = std::ranges::find_if_not(rest, id);
  const bool whole = end == rest.end() || blank(*end);
  if (whole && end - rest.begin() >= static_cast<std::ptrdiff_t>(shortest_id)) {
    signs.add("php/session", {at, text.size()});
  }
}

}  // namespace

void php_signs(std::string_view text, Signs& signs) {
  tag_signs(text, signs);
  const Whole whole = whole_of(text);
  for (std::size_t at = text.find('('); at != none; at = text.find('(', at + 1)) {
    bracket_at(text, whole, at, signs);
  }
  variable_signs(text, signs);
  superglobal_signs(text, signs);
  object_signs(text, signs);
  setting_signs(text, signs);
  session_signs(text, signs);
}

}  // namespace gird::detect
