#include "detect/nodejs.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

constexpr std::size_t none = std::string_view::npos;

/// Advisories and tickets quote code; a field that is attacked is seldom longer.
constexpr std::size_t long_text = 512;

/// Calls `look` with each place where `word` stands.
template <class Look>
void each(std::string_view text, std::string_view word, Look look) {
  for (std::size_t at = text.find(word); at != none; at = text.find(word, at + word.size())) {
    look(at);
  }
}

/// `__proto__` is a key, an index or assigned through: `"__proto__":`, `[__proto__]`,
/// `__proto__.x=`.
bool is_set(std::string_view text, std::size_t at, std::size_t end) {
  const char before = at == 0 ? ' ' : text[at - 1];
  const char after = byte_at(text, end);
  if (before == '[' && after == ']') return true;
  if (before == '"' || before == '\'') {
    const char colon = byte_at(text, skip_blanks(text, end + 1));
    return colon == ':' || colon == ']';
  }
  return after == '[' || ((before == ' ' || before == '?' || before == '&') && after == '.');
}

void proto_signs(std::string_view text, Signs& signs) {
  constexpr std::string_view word = "__proto__";
  each(text, word, [&](std::size_t at) {
    const std::size_t end = at + word.size();
    signs.add(is_set(text, at, end) ? "nodejs/prototype" : "nodejs/prototype-read", {at, end});
  });
}

/// `constructor.prototype`, `constructor[prototype]`, `"constructor": {"prototype"`.
void constructor_signs(std::string_view text, Signs& signs) {
  constexpr std::string_view word = "constructor";
  constexpr std::size_t reach = 24;
  each(text, word, [&](std::size_t at) {
    const std::size_t end = at + word.size();
    const std::string_view rest = part(text, std::min(end, text.size()), reach);
    const std::size_t next = rest.find_first_not_of("\"'[]. :{\n\t");
    const Span where{at, std::min(end + reach, text.size())};
    if (next == none || next == 0) {
      const bool key = at > 0 && text[at - 1] == '"' && rest.starts_with("\": {");
      if (key && at < 3) signs.add("nodejs/prototype-read", where);
    } else if (holds(rest, next, "prototype") && rest[0] != ' ') {
      signs.add("nodejs/prototype", where);
    } else if (holds(rest, next, "constructor(") || holds(rest, next, "_load")) {
      signs.add(text.size() > long_text ? "nodejs/module-quoted" : "nodejs/module", where);
    }
  });
}

/// Whether the module is only taken, as programs do, or used at once.
bool is_used(std::string_view rest) {
  constexpr std::size_t reach = 40;
  const std::size_t close = part(rest, 0, reach).find(')');
  return close != none && byte_at(rest, close + 1) == '.';
}

void module_signs(std::string_view text, Signs& signs) {
  const bool quoted = text.size() > long_text;
  each(text, "child_process", [&](std::size_t at) {
    const std::size_t from = at > 12 ? at - 12 : 0;
    const std::string_view before = part(text, from, at - from);
    const bool taken =
        before.contains("require") || before.contains("import") || before.contains("_load");
    const bool used = taken && is_used(part(text, at));
    if (used) signs.add(quoted ? "nodejs/module-quoted" : "nodejs/child-process", {at, at + 13});
  });
  for (const std::string_view way :
       {"mainModule.require", "mainModule.constructor", "process.binding(", "process.dlopen(",
        "Module._load", "global.process.mainModule"}) {
    const std::size_t at = text.find(way);
    if (at != none)
      signs.add(quoted ? "nodejs/module-quoted" : "nodejs/module", {at, at + way.size()});
  }
}

void process_signs(std::string_view text, Signs& signs) {
  const std::size_t at = text.find("process[");
  if (at == none || (at > 0 && name_byte(text[at - 1]))) return;
  const std::string_view key = part(text, at + 8, 12);
  for (const std::string_view name : {"env", "mainModule", "binding", "argv", "dlopen"}) {
    if (key.contains(name)) signs.add("nodejs/process", {at, at + 8});
  }
}

/// `while(true);`: a condition without a name, and nothing to do.
void loop_signs(std::string_view text, Signs& signs) {
  constexpr std::size_t longest = 40;
  std::string_view word = trimmed(text);
  if (word.size() > longest || !holds(word, 0, "while(")) return;
  const std::size_t close = word.rfind(')');
  if (close == none || close + 2 < word.size()) return;
  if (close + 2 == word.size() && word.back() != ';') return;
  const std::string_view condition = part(word, 6, close - 6);
  static constexpr auto constants = std::to_array<std::string_view>(
      {"date", "false", "infinity", "nan", "new", "null", "true", "undefined"});
  for (std::size_t at = 0; at < condition.size(); ++at) {
    if (!name_byte(condition[at])) continue;
    const std::size_t end = name_end(condition, at);
    const SmallWord name(part(condition, at, end - at));
    if (!digit(condition[at]) && !listed(constants, name.view())) return;
    at = end;
  }
  signs.add("nodejs/endless", {0, text.size()});
}

/// `new Function (`, `function() {`, `module.exports=`: code as the start of a value.
void function_signs(std::string_view text, Signs& signs) {
  const std::string_view word = trimmed(text);
  constexpr std::size_t longest = 80;
  if (word.size() > longest) return;
  for (const std::string_view start :
       {"new function", "function()", "function(){", "module.exports="}) {
    if (holds(word, 0, start)) signs.add("nodejs/function", {0, text.size()});
  }
}

/// `"$1:constructor:constructor"`, `"$7:x:prototype"`. Source: CVE-2025-55182.
void flight_signs(std::string_view text, Signs& signs) {
  each(text, "\"$", [&](std::size_t at) {
    constexpr std::size_t reach = 64;
    std::size_t end = at + 2;
    while (hex_value(byte_at(text, end)) >= 0) ++end;
    if (end == at + 2 || byte_at(text, end) != ':') return;
    const std::string_view path = part(text, end, reach);
    const std::string_view name = part(path, 0, path.find('"'));
    if (name.contains(":constructor") || name.contains(":prototype") ||
        name.contains(":__proto__")) {
      signs.add("nodejs/flight", {at, end + name.size()});
    }
  });
}

}  // namespace

void nodejs_signs(std::string_view text, Signs& signs) {
  each(text, "_$$ND_FUNC$$_",
       [&](std::size_t at) { signs.add("nodejs/serialised", {at, at + 13}); });
  proto_signs(text, signs);
  constructor_signs(text, signs);
  if (text.contains("rocess") || text.contains("Module")) {
    module_signs(text, signs);
    process_signs(text, signs);
  }
  loop_signs(text, signs);
  function_signs(text, signs);
  flight_signs(text, signs);
}

}  // namespace gird::detect
