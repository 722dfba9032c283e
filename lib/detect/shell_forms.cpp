#include "detect/shell_forms.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/shell_command.hpp"

namespace gird::detect::shell {
namespace {

constexpr std::size_t reach = 160;

// Where the name that ends before `end` begins.
std::size_t name_begin(std::string_view text, std::size_t end) {
  const std::size_t least = end > 64 ? end - 64 : 0;
  while (end > least && name_byte(text[end - 1])) --end;
  return end;
}

std::size_t find_near(std::string_view text, std::string_view what, std::size_t from) {
  return part(text, 0, std::min(text.size(), from + reach)).find(what, from);
}

// The items of a brace list, of which `program` is the first that is not empty.
struct List {
  Program program;
  unsigned empty = 0;
  unsigned items = 0;
  Shape shape;
};

void note_item(std::string_view item, List& list) {
  ++list.items;
  if (item.empty()) {
    ++list.empty;
    return;
  }
  const Word word = read_word(item, 0);
  if (list.program.kind == Kind::none && list.items == list.empty + 1) {
    const std::size_t slash = word.text().rfind('/');
    const std::string_view name =
        slash == std::string_view::npos ? word.text() : part(word.text(), slash + 1);
    list.program =
        word.glob && slash != std::string_view::npos ? program_like(name) : program_of(name);
    return;
  }
  list.shape.flag = list.shape.flag || (word.size > 1 && word.text()[0] == '-');
  list.shape.path = list.shape.path || word.text().find('/') != std::string_view::npos;
}

List items(std::string_view inside) {
  List list;
  for (std::size_t at = 0; at <= inside.size();) {
    const std::size_t end = std::min(inside.find(',', at), inside.size());
    note_item(part(inside, at, end - at), list);
    at = end + 1;
  }
  return list;
}

bool runs_strings(std::string_view name) {
  static constexpr std::array<std::string_view, 13> names = {
      "eval",       "exec",  "execSync", "passthru", "pcntl_exec", "popen",       "proc_open",
      "shell_exec", "spawn", "system",   "Popen",    "getoutput",  "check_output"};
  return std::ranges::find(names, name) != names.end();
}

void call(std::string_view text, std::size_t name, std::size_t at, Signs& signs) {
  if (!runs_strings(part(text, name, at - name))) return;
  std::size_t quote = at + 1;
  while (std::string_view(" (\\").contains(at_or_nul(text, quote)) && quote < at + 8 &&
         quote < text.size()) {
    ++quote;
  }
  if (!std::string_view("'\"`").contains(at_or_nul(text, quote)) || quote >= text.size()) return;
  const Command command = read_command(text, quote + 1);
  if (!command.known() || command.shape.foreign || command.stop == '(') return;
  if (command.program.kind == Kind::word && !command.firm() && !command.bare()) return;
  signs.add(command.firm() ? "shell/call" : "shell/call-bare", {name, command.where.end});
}

// `x(){ x|x& };x` and `x(){ x & x; };x`
bool is_bomb(std::string_view body, std::string_view name) {
  const std::size_t first = body.find(name);
  if (first == std::string_view::npos) return false;
  const std::size_t pipe = skip_blanks(body, first + name.size());
  if (at_or_nul(body, pipe) != '|' && at_or_nul(body, pipe) != '&') return false;
  const std::size_t second = skip_blanks(body, pipe + 1);
  return part(body, second).starts_with(name) && body.find('&', pipe) != std::string_view::npos;
}

bool is_idle(std::string_view body) {
  return std::ranges::none_of(body, letter) && body.find(';') != std::string_view::npos;
}

void function(std::string_view text, std::size_t at, Signs& signs) {
  const std::size_t open = skip_blanks(text, at + 2);
  if (at_or_nul(text, open) != '{') return;
  const std::size_t close = find_near(text, "}", open);
  if (close == std::string_view::npos) return;
  const std::string_view body = part(text, open + 1, close - open - 1);
  std::size_t name = name_begin(text, at);
  if (name == at && at > 0 && (text[at - 1] == ':' || text[at - 1] == '.')) --name;
  if (name < at && is_bomb(body, part(text, name, at - name))) {
    signs.add("shell/bomb", {name, close + 1});
  } else if (name == at && is_idle(body) && at_or_nul(text, skip_blanks(text, close + 1)) == ';') {
    signs.add("shell/shellshock", {at, close + 1});
  }
}

bool is_variable_of_environment(std::string_view name) {
  return name.size() > 1 &&
         std::ranges::all_of(name, [](char c) { return upper_case(c) || c == '_'; });
}

void slice(std::string_view text, std::size_t at, Signs& signs) {
  const std::size_t name = name_end(text, at + 2);
  if (at_or_nul(text, name) != ':') return;
  const std::size_t first = digits_end(text, name + 1);
  const std::size_t last = digits_end(text, first + 1);
  if (first == name + 1 || at_or_nul(text, first) != ':' || last == first + 1) return;
  if (at_or_nul(text, last) != '}' ||
      !is_variable_of_environment(part(text, at + 2, name - at - 2)))
    return;
  signs.add("shell/slice", {at, last + 1});
}

// `${PATH#x}`, `$[2+2]`, and a variable of the environment that is the whole value.
void trimming(std::string_view text, std::size_t at, Signs& signs) {
  const std::size_t name = name_end(text, at + 2);
  if (text[at + 1] == '[') {
    if (name > at + 2 && name_end(text, at + 2) == digits_end(text, at + 2)) {
      signs.add("shell/expansion", {at, name});
    }
    return;
  }
  const bool operates =
      std::string_view("#%/,^").contains(at_or_nul(text, name)) && name < text.size();
  if (operates && is_variable_of_environment(part(text, at + 2, name - at - 2))) {
    signs.add("shell/expansion", {at, name});
  }
}

void here_string(std::string_view text, std::size_t at, Signs& signs) {
  if (at_or_nul(text, at + 3) == '<' || (at > 0 && text[at - 1] == '<')) return;
  std::size_t end = at;
  while (end > 0 && gap(text[end - 1]) && end + 4 > at) --end;
  std::size_t begin = end;
  while (begin > 0 && end - begin < 32 && (name_byte(text[begin - 1]) || text[begin - 1] == '.'))
    --begin;
  if (begin == end || !read_command(text, begin).known()) return;
  signs.add("shell/here-string", {begin, at + 3});
}

// What is worth reading on a machine that one is not meant to read.
constexpr std::array<std::string_view, 8> secrets = {
    "/etc/passwd", "/etc/shadow",  "/etc/group",         "/etc/hosts",
    "/etc/issue",  "/etc/sudoers", "/proc/self/environ", "/root/.ssh/id_rsa"};

// Where the last value that `text` gives to `name` begins.
std::size_t value_of(std::string_view text, std::string_view name) {
  for (std::size_t at = text.rfind(name); at != std::string_view::npos;
       at = text.rfind(name, at - 1)) {
    const std::size_t equals = at + name.size();
    const bool own = at == 0 || (!name_byte(text[at - 1]) && text[at - 1] != '$');
    if (own && at_or_nul(text, equals) == '=') {
      const std::size_t value = equals + 1;
      return at_or_nul(text, value) == '\\' ? value + 1 : value;
    }
    if (at == 0) break;
  }
  return std::string_view::npos;
}

}  // namespace

void brace_list(std::string_view text, std::size_t at, Signs& signs) {
  const char first = at_or_nul(text, at + 1);
  if (!letter_or_digit(first) && !std::string_view(",/$'\"\\").contains(first)) return;
  const std::size_t close = find_near(text, "}", at);
  if (close == std::string_view::npos) return;
  const std::string_view inside = part(text, at + 1, close - at - 1);
  if (inside.find(',') == std::string_view::npos || std::ranges::any_of(inside, blank)) return;
  const List list = items(inside);
  if (list.program.kind == Kind::none) return;
  if (list.empty > 0 || list.shape.flag || list.shape.path) {
    signs.add("shell/brace-list", {at, close + 1});
  } else if (list.program.kind != Kind::word) {
    signs.add("shell/brace-loose", {at, close + 1});
  }
}

void parenthesis(std::string_view text, std::size_t at, Signs& signs) {
  if (at_or_nul(text, at + 1) == ')') return function(text, at, signs);
  const std::size_t name = name_begin(text, at);
  if (name < at) call(text, name, at, signs);
}

void expansion(std::string_view text, std::size_t at, Signs& signs) {
  const char next = at_or_nul(text, at + 1);
  if (next == '{') slice(text, at, signs);
  if (next == '{' || next == '[') trimming(text, at, signs);
  const std::size_t length = ifs_length(text, at);
  if (length == 0 || at == 0) return;
  const char before = text[at - 1];
  const char after = at_or_nul(text, at + length);
  const bool glued = letter_or_digit(before) || std::string_view("'\"}|;&").contains(before);
  if (glued && after != '\0' && !blank(after) && !std::string_view("\"'`,.:)").contains(after)) {
    signs.add("shell/ifs", {at, at + length});
  }
}

void angle(std::string_view text, std::size_t at, Signs& signs) {
  const std::string_view rest = part(text, at);
  if (rest.starts_with("<<<")) return here_string(text, at, signs);
  if (at_or_nul(text, at + 1) == '(') {
    const Command command = read_command(text, at + 2);
    if (command.known() && !command.shape.foreign) {
      signs.add("shell/process-substitution", {at, command.where.end});
    }
    return;
  }
  std::size_t target = at + 1;
  while (target < text.size() && std::string_view("&>< ").contains(text[target]) && target < at + 6)
    ++target;
  const std::string_view device = part(text, target, 9);
  if (device == "/dev/tcp/" || device == "/dev/udp/") signs.add("shell/socket", {at, target + 9});
}

void assigned(std::string_view text, std::size_t lead, std::size_t at, Signs& signs) {
  const std::size_t end = name_end(text, at + 1);
  if (end == at + 1 || digit(text[at + 1])) return;
  const std::string_view before = part(text, 0, lead).substr(lead > 256 ? lead - 256 : 0);
  const std::size_t value = value_of(before, part(text, at + 1, end - at - 1));
  if (value == std::string_view::npos) return;
  const Word word = read_word(before, value);
  const Program program = word.glob ? program_like(word.text()) : program_of(word.text());
  if (program.kind != Kind::none) signs.add("shell/assigned", {at, end});
}

void alias(std::string_view text, std::size_t at, Signs& signs) {
  constexpr std::string_view word = "alias ";
  if (!part(text, std::min(at, text.size())).starts_with(word)) return;
  const std::size_t name = at + word.size();
  const std::size_t equals = name_end(text, name);
  if (equals == name || at_or_nul(text, equals) != '=') return;
  std::size_t value = equals + 1;
  if (std::string_view("'\"").contains(at_or_nul(text, value)) && value < text.size()) ++value;
  const Word meant = read_word(text, value);
  if (program_of(meant.text()).kind == Kind::none) return;
  if (meant.text() != part(text, name, equals - name))
    signs.add("shell/alias", {at, meant.where.end});
}

void dot_command(std::string_view text, std::size_t at, Signs& signs) {
  const Word word = read_word(text, at + 1);
  std::string_view name = word.text();
  if (name.starts_with('\'')) name.remove_prefix(1);
  if (name != "shell" && name != "system") return;
  const std::size_t argument = skip_blanks(text, word.where.end);
  if (argument > word.where.end && letter_or_digit(at_or_nul(text, argument))) {
    signs.add("shell/dot-command", {at, word.where.end});
  }
}

void file_pattern(std::string_view text, std::size_t at, Signs& signs) {
  const Word word = read_word(text, at);
  if (!word.glob || word.cut) return;
  const std::string_view pattern = word.text();
  const std::size_t slash = pattern.rfind('/');
  if (std::ranges::count_if(part(pattern, slash + 1), letter) < 2) return;
  if (std::ranges::any_of(secrets, [&](std::string_view name) { return fits(pattern, name); })) {
    signs.add("shell/file-pattern", word.where);
  }
}

}  // namespace gird::detect::shell
