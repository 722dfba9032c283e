#include "detect/html_tag.hpp"

#include "detect/html_lexer.hpp"
#include "detect/html_value.hpp"
#include "detect/html_words.hpp"
#include "detect/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

using letters::Folded;
using letters::has_at;
using letters::is_space;

/// A tag with what its attributes told.
struct Read {
  std::string_view text;
  Span where;
  Tag kind = Tag::plain;
  std::uint32_t has = 0;
  std::size_t attributes = 0;
  bool ends_element = false;  ///< `</name`
  bool holds_data = false;    ///< type="application/json" and the like: a script that is not run
  bool sends_header = false;  ///< http-equiv with refresh, link, set-cookie, content-type
  bool sets_active = false;   ///< attributename names a handler or an address
  bool loads_sheet = false;   ///< rel=stylesheet, import, ...
  bool foreign_charset = false;
};

bool contains(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; at + word.size() <= text.size() && at < 64; ++at) {
    if (has_at(text, at, word)) return true;
  }
  return false;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return contains(text, word); });
}

void note_type(Read& tag, std::string_view value) {
  tag.holds_data = contains_any(value, {"json", "template", "importmap", "x-tmpl", "glsl"});
}

void note_name(Read& tag, std::string_view name, std::string_view value) {
  tag.has |= attribute_bit(name);
  if (name == "type") note_type(tag, value);
  if (name == "http-equiv") {
    tag.sends_header = contains_any(value, {"refresh", "link", "cookie", "script", "+"});
  }
  if (name == "attributename")
    tag.sets_active = contains_any(value, {"on", "href", "src", "style"});
  if (name == "rel") tag.loads_sheet = contains_any(value, {"stylesheet", "import", "prefetch"});
  if (name == "charset" || name == "content") {
    tag.foreign_charset |= name == "charset"
                               ? !contains_any(value, {"utf-8", "utf8", "ascii", "8859"})
                               : contains_any(value, {"utf-7", "url=", ">;"});
  }
}

/// A word that a sentence goes on with, rather than a program or a sheet.
bool goes_on_in_words(std::string_view text, std::size_t at) {
  static constexpr auto programs = letters::in_order(std::to_array<std::string_view>(
      {"var",    "let",   "const", "function", "new",    "if",     "for",
       "try",    "while", "throw", "with",     "import", "return", "delete",
       "typeof", "void",  "do",    "switch",   "class",  "async",  "await"}));
  const std::size_t word = letters::skip(text, at, is_space);
  const std::size_t end = letters::skip(text, word, letters::is_letter);
  if (word == at || end == word ||
      letters::is_one_of(programs, Folded(part(text, word, end - word)).text())) {
    return false;
  }
  const std::size_t after =
      letters::skip(text, end, [](char c) { return c == ',' || c == '.' || c == ')'; });
  return after >= text.size() || is_space(text[after]);
}

/// `<script>` as a word in a sentence: in code marks, or with a blank and words on both sides.
bool is_mentioned(const Read& tag, std::size_t end) {
  const std::string_view text = tag.text;
  if (tag.attributes > 0 || end >= text.size() || text[end] != '>') return false;
  const std::size_t after = end + 1;
  if (after < text.size() && text[after] == '`') return true;
  const std::size_t begin = tag.where.begin;
  const bool apart = begin > 1 && (text[begin - 1] == ' ' || text[begin - 1] == '(');
  return apart && goes_on_in_words(text, after);
}

/// Does something that could be a program follow the tag?
bool holds_code(const Read& tag, std::size_t end) {
  if (end >= tag.text.size() || tag.text[end] != '>') return false;
  const std::string_view body = part(tag.text, end + 1, 256);
  const std::size_t close = body.find("</");
  const std::string_view code = part(body, 0, close);
  if (code.find_first_not_of(" \t\r\n") == std::string_view::npos) return false;
  if (tag.attributes > 0 || (close != std::string_view::npos && has_at(body, close, "</script")))
    return true;
  return code.find_first_of("(=`;[:/") != std::string_view::npos;
}

void judge_script(const Read& tag, std::size_t end, Signs& signs) {
  if (tag.ends_element) return signs.add("html/script-end", tag.where);
  if (tag.holds_data) return signs.add("html/data-block", tag.where);
  if ((tag.has & (has_source | has_href)) != 0) return signs.add("html/script-source", tag.where);
  if (is_mentioned(tag, end)) return signs.add("html/mention", tag.where);
  if (holds_code(tag, end)) return signs.add("html/script-code", tag.where);
  signs.add("html/script", tag.where);
}

std::size_t next_tag(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '<' && letters::is_letter(text[at + 1])) return at;
  }
  return text.size();
}

void judge_style(const Read& tag, std::size_t end, Signs& signs) {
  if (tag.ends_element || is_mentioned(tag, end)) return signs.add("html/mention", tag.where);
  signs.add("html/style", tag.where);
  if (end >= tag.text.size()) return;
  // The next start of a tag ends what is read, so that each byte is read once.
  const std::string_view sheet = part(tag.text, end + 1, longest_sheet);
  if (sheet_kind(part(sheet, 0, next_tag(sheet))) == Sheet::runs) {
    signs.add("html/style-runs", tag.where);
  }
}

void judge_frame(const Read& tag, Signs& signs) {
  const bool loads = (tag.has & (has_source | has_href)) != 0;
  if (loads && !tag.ends_element) return signs.add("html/frame", tag.where);
  // `<Object>` is a type in many a manual.
  if (tag.attributes > 0 || tag.ends_element) signs.add("html/frame-bare", tag.where);
}

void judge_meta(const Read& tag, Signs& signs) {
  const bool strong = tag.sends_header || tag.foreign_charset || (tag.has & has_equiv) != 0;
  if (tag.attributes == 0) return;
  signs.add(strong ? "html/meta" : "html/meta-plain", tag.where);
}

void judge_link(const Read& tag, Signs& signs) {
  if ((tag.has & (has_href | has_source)) != 0) signs.add("html/link", tag.where);
}

void judge_animation(const Read& tag, Signs& signs) {
  if (tag.sets_active) return signs.add("html/animate", tag.where);
  if ((tag.has & has_target) != 0) signs.add("html/drawing", tag.where);
}

void judge_drawing(const Read& tag, Signs& signs) {
  const bool shown = (tag.has & has_xml) != 0 || tag.ends_element;
  signs.add(shown ? "html/drawing-shown" : "html/drawing", tag.where);
}

void judge_form(const Read& tag, Signs& signs) {
  if ((tag.has & has_formaction) != 0) return signs.add("html/form-action", tag.where);
  if ((tag.has & has_action) != 0) return signs.add("html/form", tag.where);
  if (tag.kind == Tag::form || tag.attributes > 0) signs.add("html/control", tag.where);
}

/// Tags that say something by their name.
void judge_kind(const Read& tag, std::size_t end, Signs& signs) {
  const Span where = tag.where;
  const bool starts = !tag.ends_element;
  switch (tag.kind) {
    case Tag::script: return judge_script(tag, end, signs);
    case Tag::style: return judge_style(tag, end, signs);
    case Tag::frame: return judge_frame(tag, signs);
    case Tag::meta: return judge_meta(tag, signs);
    case Tag::link: return judge_link(tag, signs);
    case Tag::animate: return judge_animation(tag, signs);
    case Tag::drawing: return judge_drawing(tag, signs);
    case Tag::form:
    case Tag::control: return judge_form(tag, signs);
    case Tag::base:
      if ((tag.has & has_href) != 0) signs.add("html/base", where);
      return;
    case Tag::use:
      if ((tag.has & has_href) != 0) signs.add("html/use", where);
      return;
    case Tag::page: return signs.add("html/page", where);
    case Tag::binding:
      if (starts && tag.attributes > 0) signs.add("html/binding", where);
      return;
    case Tag::stray:
      if (starts) signs.add("html/stray", where);
      return;
    case Tag::plain: return;
  }
}

/// `<x:script xmlns:x="http://www.w3.org/1999/xhtml">`: what a name does, whatever its prefix.
void judge_prefixed(Read& tag, std::string_view name, Signs& signs) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return;
  if (tag_kind(part(name, colon + 1)) == Tag::script) signs.add("html/script-prefixed", tag.where);
  if (part(name, 0, colon) == "svg") signs.add("html/drawing", tag.where);
}

void judge_handler(const Attribute& attribute, Span where, Signs& signs) {
  const std::string_view name = handler_in(attribute.name);
  if (name.empty()) return;
  const bool odd = name.end() != attribute.name.end();
  if (!attribute.valued && !odd) return;
  // `onClick={handler}` is how React writes its own.
  if (attribute.value.starts_with('{')) return signs.add("html/handler-braced", where);
  signs.add(is_handler(Folded(name).text()) ? "html/handler" : "html/handler-unknown", where);
}

void judge_address(const Attribute& attribute, std::string_view name, Span where, Signs& signs) {
  switch (address_kind(attribute.value)) {
    case Address::script: return signs.add("html/script-address", where);
    case Address::document: return signs.add("html/data-address", where);
    case Address::image:
      if (name != "src") signs.add("html/data-address", where);
      return;
    case Address::other: return;
  }
}

void judge_sheet(std::string_view css, Span where, Signs& signs) {
  switch (sheet_kind(css)) {
    case Sheet::runs: return signs.add("html/style-runs", where);
    case Sheet::loads: return signs.add("html/style-loads", where);
    case Sheet::odd: return signs.add("html/style-odd", where);
    case Sheet::plain: return;
  }
}

/// A value that ends an element of raw text, or a comment, and goes on with a tag: one parser sees
/// a quoted text, the next a tag.
bool mutates(std::string_view value) {
  for (std::size_t at = value.find('<'); at != std::string_view::npos;
       at = value.find('<', at + 1)) {
    if (at + 2 < value.size() && value[at + 1] == '/' &&
        is_raw_text(Folded(tag_name(value, at + 2)).text())) {
      return true;
    }
  }
  return value.contains("--><") || value.contains("]]><");
}

}  // namespace

void attribute_signs(const Attribute& attribute, Span where, Signs& signs) {
  judge_handler(attribute, where, signs);
  if (attribute.value.empty()) return;
  const Folded folded(attribute.name);
  const std::string_view name = folded.text();
  judge_address(attribute, name, where, signs);
  if (has_numeric_host(attribute.value)) signs.add("html/numeric-host", where);
  if (name == "srcdoc") signs.add("html/srcdoc", where);
  if (name == "xlink:href") signs.add("html/drawing", where);
  if (name == "style") judge_sheet(attribute.value, where, signs);
  if ((attribute_bit(name) & has_binding) != 0) signs.add("html/binding", where);
  if (attribute.value.starts_with("&{")) signs.add("html/script-entity", where);
  if (mutates(attribute.value)) signs.add("html/mutation", where);
}

std::size_t tag_signs(std::string_view text, std::size_t at, Signs& signs) {
  Read tag{.text = text, .where = {at, at + 1}};
  tag.ends_element = text[at + 1] == '/';
  const std::string_view name = tag_name(text, at + (tag.ends_element ? 2 : 1));
  const Folded folded(name);
  tag.kind = tag_kind(folded.text());
  Attributes attributes(text, at + (tag.ends_element ? 2 : 1) + name.size());
  for (Attribute attribute; attributes.next(attribute);) {
    ++tag.attributes;
    // A form writes a blank as `+`; a prefix is whatever the document binds.
    std::string_view bare = attribute.name;
    bare.remove_prefix(std::min(bare.find_first_not_of('+'), bare.size()));
    if (bare.size() > 4 && has_at(bare, bare.size() - 5, ":href"))
      bare.remove_prefix(bare.size() - 4);
    const Folded attribute_name(bare);
    note_name(tag, attribute_name.text(), attribute.value);
    attribute_signs(attribute, {at, attributes.at()}, signs);
  }
  tag.where.end = std::min(attributes.at() + 1, text.size());
  if (!tag.ends_element) judge_prefixed(tag, folded.text(), signs);
  judge_kind(tag, attributes.at(), signs);
  return attributes.at();
}

}  // namespace gird::detect
