#include "detect/template.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/template_words.hpp"

namespace gird::detect {
namespace {

/// How an expression or a tag is fenced.
struct Fence {
  std::string_view open;
  std::string_view close;
  bool output;     ///< it prints a value
  bool statement;  ///< it is a block tag
  bool common;     ///< shells and JavaScript write it as well
};

/// Longer ones before those that they start with.
constexpr auto fences = std::to_array<Fence>({
    {"${{", "}}", true, false, true},
    {"{{{", "}}}", true, false, false},
    {"{{", "}}", true, false, false},
    {"[%", "%]", true, true, true},
    {"[=", "]", true, false, true},
    {"{system(", "}", false, true, false},
    {"{exec(", "}", false, true, false},
    {"{passthru(", "}", false, true, false},
    {"{shell_exec(", "}", false, true, false},
    {"{self::", "}", false, true, false},
    {"{smarty_", "}", false, true, false},
    {"{%", "%}", false, true, false},
    {"{$", "}", true, false, true},
    {"{=", "}", true, false, true},
    {"{@", "}", true, false, true},
    {"{php}", "{/php}", false, true, false},
    {"${", "}", true, false, true},
    {"#{", "}", true, false, true},
    {"*{", "}", true, false, true},
    {"~{", "}", true, false, true},
    {"%{", "}", true, false, true},
    {"@{", "}", true, false, true},
    {"<%", "%>", true, true, false},
    {"<#", ">", false, true, false},
    {"[#", "]", false, true, true},
    {"[[", "]]", true, false, true},
    {"@(", ")", true, false, true},
    {"#set(", ")", false, true, false},
    {"#foreach(", ")", false, true, false},
    {"#evaluate(", ")", false, true, false},
});

struct Expression {
  const Fence& fence;
  std::string_view body;
  Span where;
  bool whole;   ///< nothing but it in the text
  bool quoted;  ///< the text is so long that it is about something else
};

/// Advisories and tickets quote code; a field that is attacked is seldom longer.
constexpr std::size_t long_text = 512;

/// Expressions are read this far; longer ones say what they are within it.
constexpr std::size_t longest = 2048;

const Fence* fence_at(std::string_view text, std::size_t at) {
  const auto here = [&](const Fence& fence) {
    return fence.open[0] == text[at] && holds(text, at, fence.open);
  };
  const auto* const fence = std::ranges::find_if(fences, here);
  return fence == fences.end() ? nullptr : fence;
}

/// Where the fence closes that opened before `at`; inner braces are skipped for those of braces.
std::size_t closing(std::string_view text, std::size_t at, const Fence& fence) {
  const std::size_t last = std::min(text.size(), at + longest);
  std::size_t depth = 0;
  for (; at < last; ++at) {
    const char c = text[at];
    if (depth == 0 && holds(text, at, fence.close)) return at;
    if (fence.close == "}" || fence.close == "}}") {
      if (c == '{') ++depth;
      if (c == '}' && depth > 0) --depth;
    } else if (fence.close == ")") {
      if (c == '(') ++depth;
      if (c == ')' && depth > 0) --depth;
    }
  }
  return last;
}

/// What the names of an expression add up to.
struct Words {
  std::size_t walks = 0;
  std::size_t runs = 0;  ///< names that run something, called or given as text
  std::size_t engines = 0;
  std::size_t objects = 0;
  std::size_t all = 0;
  bool builtin_new = false;  ///< `?new(`, `?api`
  bool java_type = false;    ///< `T(java`, `new java`, `@java`
  bool backtick = false;
  bool callback = false;  ///< a filter with the name of a PHP function
  bool resource = false;  ///< `new File(`
  bool changes = false;   ///< `this.push`, `request.getAttribute`: a top object is taken apart
  bool object_first = false;
};

/// Classes of Java and C# whose objects reach out of the program.
bool is_resource(std::string_view name) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"file", "fileinputstream", "filereader", "filewriter", "initialcontext", "process",
       "processbuilder", "scanner", "scriptenginemanager", "serversocket", "socket", "url",
       "urlclassloader"});
  return listed(names, name);
}

/// What is done to a top object by one who wants to see or change what is in it.
bool is_change(std::string_view name) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"add", "getattribute", "getsession", "os", "pop", "push", "setattribute", "shift"});
  return listed(names, name);
}

bool is_filter(std::string_view name) {
  static constexpr auto filters =
      std::to_array<std::string_view>({"filter", "find", "map", "reduce", "sort"});
  return listed(filters, name);
}

class WordReader {
 public:
  explicit WordReader(std::string_view body) : body_(body) {}

  Words read() {
    for (std::size_t at = 0; at < body_.size();) {
      at = name_byte(body_[at]) ? name(at) : mark(at);
    }
    words_.callback = filter_ && php_;
    words_.changes = change_ && words_.objects > 0;
    return words_;
  }

 private:
  std::size_t mark(std::size_t at) {
    words_.backtick |= body_[at] == '`';
    words_.builtin_new |= holds(body_, at, "?new(") || holds(body_, at, "?api");
    return at + 1;
  }

  std::size_t name(std::size_t at) {
    const std::size_t end = name_end(body_, at);
    if (digit(body_[at])) return end;
    const SmallWord word(part(body_, at, end - at));
    count(word.view(), at, end);
    return end;
  }

  void count(std::string_view word, std::size_t at, std::size_t end) {
    ++words_.all;
    words_.resource |= made_ && is_resource(word) && byte_at(body_, end) == '(';
    made_ = word == "new";
    change_ |= is_change(word) && at > 0 && body_[at - 1] == '.';
    filter_ |= is_filter(word);
    php_ |= is_php_callback(word);
    words_.java_type |= (word == "java" || word == "javax") && byte_at(body_, end) == '.';
    const TemplateWord kind = template_word(word);
    if (kind == TemplateWord::walk) ++words_.walks;
    if (kind == TemplateWord::run && is_used(at, end)) ++words_.runs;
    if (kind == TemplateWord::engine) ++words_.engines;
    if (kind == TemplateWord::object) {
      ++words_.objects;
      words_.object_first |= words_.all == 1;
    }
  }

  /// Called, or named in quotes, or walked through.
  [[nodiscard]] bool is_used(std::size_t at, std::size_t end) const {
    const char before = at == 0 ? ' ' : body_[at - 1];
    const char after = byte_at(body_, skip_blanks(body_, end));
    return after == '(' || after == '[' || before == '"' || before == '\'' ||
           (before == '.' && after == '.') || after == '!';
  }

  std::string_view body_;
  Words words_;
  bool filter_ = false;
  bool php_ = false;
  bool made_ = false;
  bool change_ = false;
};

/// Literals with at least one operator between them: `7*7`, `7*'7'`, `(1+2)`.
bool is_arithmetic(std::string_view body) {
  std::size_t values = 0;
  std::size_t operators = 0;
  for (std::size_t at = 0; at < body.size(); ++at) {
    const char c = body[at];
    if (digit(c)) {
      values += at == 0 || !digit(body[at - 1]) ? 1 : 0;
    } else if (std::string_view("*+-/%").contains(c)) {
      ++operators;
    } else if (!std::string_view(" \t=()'\".").contains(c)) {
      return false;
    }
  }
  return values > 1 && operators > 0 && operators < values + 2;
}

void probe_signs(const Expression& now, Signs& signs) {
  if (!now.fence.output || !is_arithmetic(now.body)) return;
  const bool odd = !now.fence.common || now.whole;
  const bool brackets = now.fence.open == "[[" || now.fence.open == "@(";
  signs.add(odd && !brackets ? "template/probe" : "template/probe-within", now.where);
}

/// Braces that JavaScript writes as well, in a text that is about something else.
bool is_quoted(const Expression& now, const Words& words, Signs& signs) {
  if (!now.quoted || !now.fence.common) return false;
  if (words.runs + words.walks + words.engines > 0) signs.add("template/call-quoted", now.where);
  return true;
}

void word_signs(const Expression& now, const Words& words, Signs& signs) {
  if (is_quoted(now, words, signs)) return;
  const bool types = words.java_type && (words.runs > 0 || words.walks > 0);
  if (words.walks > 1 || types || (words.walks == 1 && words.runs > 0)) {
    signs.add("template/walk", now.where);
  } else if (words.walks == 1) {
    signs.add("template/step", now.where);
  }
  if (words.builtin_new || (words.runs > 1 && !now.fence.common)) {
    signs.add("template/run", now.where);
  } else if (words.runs > 0 || words.java_type || (words.backtick && !now.fence.common)) {
    signs.add(now.fence.common ? "template/call-within" : "template/call", now.where);
  } else if (words.resource) {
    signs.add("template/resource", now.where);
  }
  if (words.changes) signs.add("template/object-change", now.where);
  if (words.callback) signs.add("template/filter", now.where);
  if (words.engines > 0) signs.add("template/engine", now.where);
}

/// `{{self}}`, `{{config.items()}}`: an object of every template, alone or taken apart.
bool is_object_probe(const Expression& now, const Words& words) {
  if (!words.object_first || now.fence.common) return false;
  const std::size_t end = name_end(now.body, 0);
  if (end == now.body.size()) return now.whole || now.body != "this";
  return now.whole && (now.body.contains('(') || now.body.contains('|') || now.body[end] == '[');
}

/// `'a'.toUpperCase()`: a method of a literal.
bool is_literal_call(std::string_view body) {
  if (body.empty() || (body[0] != '\'' && body[0] != '"')) return false;
  const std::size_t quote = body.find(body[0], 1);
  if (quote == std::string_view::npos || byte_at(body, quote + 1) != '.') return false;
  const std::size_t end = name_end(body, quote + 2);
  return end > quote + 2;
}

/// `x.y()` with nothing else.
bool is_method_call(std::string_view body) {
  const std::size_t call = body.find('(');
  if (call == std::string_view::npos || !body.ends_with(')')) return false;
  const std::string_view callee = part(body, 0, call);
  return callee.contains('.') &&
         std::ranges::all_of(callee, [](char c) { return name_byte(c) || c == '.'; });
}

void literal_signs(const Expression& now, Signs& signs) {
  if (!now.fence.output) return;
  if (is_literal_call(now.body)) signs.add("template/literal-call", now.where);
  if (now.whole && !now.fence.common && is_method_call(now.body)) {
    signs.add("template/method", now.where);
  }
}

void shape_signs(const Expression& now, const Words& words, Signs& signs) {
  if (is_object_probe(now, words)) signs.add("template/object", now.where);
  const char first = byte_at(now.body, 0);
  const bool block = now.fence.statement || first == '#' || first == '/' || first == '=';
  if (now.fence.open == "<%") {
    signs.add("template/server-tag", now.where);
  } else if ((now.whole || first == '=') && block && !now.fence.common) {
    signs.add("template/statement", now.where);
  } else if (now.whole && now.fence.open != "[[" && now.fence.open != "[#") {
    signs.add("template/expression", now.where);
  }
}

void judge(const Expression& now, Signs& signs) {
  const Words words = WordReader(now.body).read();
  probe_signs(now, signs);
  word_signs(now, words, signs);
  shape_signs(now, words, signs);
  literal_signs(now, signs);
}

/// `${{<%[%'"}}%\.`: a short text that opens expressions of several languages at once.
void polyglot_signs(std::string_view text, Signs& signs) {
  constexpr std::size_t short_text = 80;
  static constexpr auto openings =
      std::to_array<std::string_view>({"{{", "${", "#{", "<%", "{%", "@{", "*{", "[%", "{#", "@("});
  if (text.size() > short_text) return;
  const auto here = [&](std::string_view open) { return text.contains(open); };
  if (std::ranges::count_if(openings, here) > 3) {
    signs.add("template/polyglot", {0, text.size()});
  }
}

/// `__${...}__`, which Thymeleaf evaluates before anything else; `@System.`, a class in Razor.
void engine_signs(std::string_view text, Signs& signs) {
  const std::size_t before = text.find("__${");
  if (before != std::string_view::npos) signs.add("template/preprocess", {before, before + 4});
  const std::size_t razor = text.find("@System.");
  if (razor != std::string_view::npos) signs.add("template/razor", {razor, razor + 8});
}

/// `{7*7}`, one brace alone.
void single_signs(std::string_view text, Signs& signs) {
  constexpr std::size_t longest = 24;
  constexpr std::size_t none = std::string_view::npos;
  for (std::size_t at = text.find('{'); at != none; at = text.find('{', at + 1)) {
    const std::string_view body = part(text, at + 1, longest);
    const std::size_t end = body.find('}');
    if (end == none || !part(body, 0, end).contains('*')) continue;
    if (is_arithmetic(part(body, 0, end))) signs.add("template/probe-within", {at, at + end + 2});
  }
}

/// Walks through Python's classes that stand without braces.
void dunder_signs(std::string_view text, Signs& signs) {
  std::size_t walks = 0;
  std::size_t first = 0;
  constexpr std::size_t none = std::string_view::npos;
  for (std::size_t at = text.find("__"); at != none; at = text.find("__", at)) {
    const std::size_t end = name_end(text, at);
    if (template_word(SmallWord(part(text, at, end - at)).view()) == TemplateWord::walk) {
      if (walks++ == 0) first = at;
    }
    at = end;
  }
  if (walks > 1) signs.add("template/dunder-chain", {first, text.size()});
}

/// Every fence starts with one of these.
constexpr ByteSet openers("{$#*~%@<[");

}  // namespace

void template_signs(std::string_view text, Signs& signs) {
  if (!openers.in(text) && !text.contains("__")) return;
  const std::string_view trim = trimmed(text);
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    const Fence* const fence = openers.has(text[at]) ? fence_at(text, at) : nullptr;
    if (fence == nullptr) continue;
    const std::size_t begin = at + fence->open.size();
    const std::size_t end = closing(text, begin, *fence);
    const std::size_t behind = std::min(end + fence->close.size(), text.size());
    judge({.fence = *fence,
           .body = trimmed(part(text, begin, end - begin)),
           .where = {at, behind},
           .whole = text.data() + at == trim.data() && end < text.size() &&
                    behind + 1 >= at + trim.size(),
           .quoted = text.size() > long_text},
          signs);
    at = behind - 1;
  }
  dunder_signs(text, signs);
  engine_signs(text, signs);
  single_signs(text, signs);
  polyglot_signs(text, signs);
}

}  // namespace gird::detect
