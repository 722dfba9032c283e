#include "detect/html.hpp"

#include "detect/html_lexer.hpp"
#include "detect/html_tag.hpp"
#include "detect/html_value.hpp"
#include "detect/html_words.hpp"
#include "detect/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

using letters::Folded;
using letters::has_at;
using letters::is_blank;
using letters::is_letter;
using letters::is_space;

constexpr std::size_t none = std::string_view::npos;

/// How many bytes may be read again because a tag stands inside another's value, before values are
/// stepped over: keeps the whole linear.
constexpr std::size_t most_again(std::size_t size) { return 8 * size + 4096; }

/// `<!--[if`, `<![CDATA[`, `<?import`.
void declaration_signs(std::string_view text, std::size_t at, Signs& signs) {
  const Span where{at, std::min(at + 16, text.size())};
  if (has_at(text, at, "<?xml-stylesheet") || has_at(text, at, "<?import") ||
      has_at(text, at, "<?xml:namespace")) {
    signs.add("html/instruction", where);
  }
  if (has_at(text, at, "<!doctype html")) signs.add("html/page", where);
  if (has_at(text, at, "<!--[if")) signs.add("html/condition", where);
}

/// `< script`, `< / script >`: filters and language models take the blank away again.
void spaced_signs(std::string_view text, std::size_t at, Signs& signs) {
  const std::size_t slash = letters::skip(text, at + 1, is_space);
  const bool ends = slash < text.size() && text[slash] == '/';
  const std::size_t name = ends ? letters::skip(text, slash + 1, is_space) : slash;
  std::string_view word = tag_name(text, name);
  const bool prefixed = word.ends_with(':');
  if (prefixed) word = tag_name(text, letters::skip(text, name + word.size(), is_space));
  const Tag kind = tag_kind(Folded(word).text());
  const auto word_end = static_cast<std::size_t>(word.data() - text.data()) + word.size();
  const std::size_t after = word.empty() ? text.size() : letters::skip(text, word_end, is_space);
  const bool closed = after < text.size() && (text[after] == '>' || text[after] == '/');
  if (kind == Tag::script && (closed || prefixed)) signs.add("html/spaced", {at, after});
}

/// `<f o r m`: the blanks go where a filter folds them.
void spelled_signs(std::string_view text, std::size_t at, Signs& signs) {
  std::array<char, 12> bytes{};
  std::size_t size = 0;
  for (std::size_t next = at + 1; size < bytes.size() && next < text.size(); next += 2) {
    if (!is_letter(text[next])) break;
    bytes.at(size++) = letters::lower(text[next]);
    if (next + 1 >= text.size() || text[next + 1] != ' ') break;
  }
  const std::string_view name(bytes.data(), size);
  if (size > 3 && (tag_kind(name) != Tag::plain || name == "dialog")) {
    signs.add("html/spaced", {at, at + 2 * size});
  }
}

/// The eighth bit is dropped where a page is read as US-ASCII: 0xBC is `<` then.
/// Source: RFC 1345; Internet Explorer up to 9.
void seven_bit_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find('\xbc'); at != none; at = text.find('\xbc', at + 1)) {
    const std::size_t name = at + 1 < text.size() && text[at + 1] == '/' ? at + 2 : at + 1;
    if (tag_kind(Folded(tag_name(text, name)).text()) == Tag::script) {
      signs.add("html/seven-bit", {at, name + 6});
    }
  }
}

/// Tags between the letters of a word: `o<x>nerror=`, `<scr<script>ipt>`. A filter that removes the
/// tags puts the word together.
void split_signs(std::string_view text, std::size_t at, Signs& signs) {
  if (at == 0 || (!is_letter(text[at - 1]) && text[at - 1] != '<' && text[at - 1] != '/')) return;
  const std::size_t close = part(text, 0, std::min(text.size(), at + 64)).find('>', at);
  if (close == none || close + 1 >= text.size() || !is_letter(text[close + 1])) return;
  const std::size_t first = letters::skip_back(text, at, is_letter);
  const std::string_view head = part(text, first, std::min<std::size_t>(at - first, 16));
  const std::string_view tail = part(text, close + 1).substr(0, 32);
  std::array<char, 64> bytes{};
  const std::size_t size = head.size() + tail.size();
  std::ranges::copy(tail, std::ranges::copy(head, bytes.begin()).out);
  const std::string_view word(bytes.data(), size);
  const std::size_t end = letters::skip(word, 0, is_letter);
  const Folded name(part(word, 0, end));
  const bool handler = end < size && word[end] == '=' && is_handler(name.text());
  const bool tag = first > 0 && (text[first - 1] == '<' || text[first - 1] == '/') &&
                   tag_kind(name.text()) == Tag::script;
  if (handler || tag) signs.add("html/split", {first, close + 1});
}

/// Every `<` of the text.
class Markup {
 public:
  Markup(std::string_view text, Signs& signs)
      : text_(text), signs_(signs), again_(most_again(text.size())) {}

  void read() {
    for (std::size_t at = text_.find('<'); at != none; at = text_.find('<', at)) at = read_at(at);
  }

 private:
  /// Reads what `<` starts, and returns where the next one is looked for.
  std::size_t read_at(std::size_t at) {
    const char c = at + 1 < text_.size() ? text_[at + 1] : ' ';
    if (c == '!' || c == '?') declaration_signs(text_, at, signs_);
    if (is_space(c)) spaced_signs(text_, at, signs_);
    if (!is_letter(c) && c != '/') return at + 1;
    split_signs(text_, at, signs_);
    if (at + 2 < text_.size() && text_[at + 2] == ' ') spelled_signs(text_, at, signs_);
    const std::size_t end = tag_signs(text_, at, signs_);
    if (c == '/') note_end(at);
    if (end - at > again_) return end;
    again_ -= end - at;
    return at + 1;
  }

  /// Two ends of raw text in a row: whichever element the text was put into, it is left.
  void note_end(std::size_t at) {
    if (!is_raw_text(Folded(tag_name(text_, at + 2)).text())) return;
    if (ends_++ == 0) {
      first_end_ = at;
    } else if (at - first_end_ < 64) {
      signs_.add("html/ends", {first_end_, at + 2});
    }
  }

  std::string_view text_;
  Signs& signs_;
  std::size_t again_;
  std::size_t ends_ = 0;
  std::size_t first_end_ = 0;
};

/// The word in front of a `=`, its blanks skipped.
std::string_view word_before(std::string_view text, std::size_t sign) {
  const std::size_t end = letters::skip_back(text, sign, is_blank);
  const std::size_t begin = letters::skip_back(text, end, is_letter);
  return part(text, begin, end - begin);
}

bool may_precede(char c) { return is_blank(c) || std::string_view("\"'`/;>)}").contains(c); }

/// A text that goes on inside the tag that it is put into: `" onfocus=...`, `x onload=...`. A quote
/// leaves a quoted value, a blank a bare one; what follows is read from each name before a `=`.
class Injection {
 public:
  Injection(std::string_view text, Signs& signs)
      : text_(text), signs_(signs), break_(text.find_first_of("\"'`>")) {}

  void read() {
    for (std::size_t sign = text_.find('='); sign != none; sign = text_.find('=', sign + 1)) {
      const std::string_view word = word_before(text_, sign);
      if (word.size() < 3 || word.size() > Folded::most) continue;
      const auto begin = static_cast<std::size_t>(word.data() - text_.data());
      if (begin > 0 && !may_precede(text_[begin - 1])) continue;
      if (has_at(word, 0, "on")) {
        handler(word, begin, sign);
      } else if (break_ < begin && may_act(word.front())) {
        attribute(word, begin);
      }
    }
  }

 private:
  /// The first letters of the attributes that hold an address or a sheet.
  static bool may_act(char c) { return std::string_view("shdafSHDAF").contains(c); }

  void handler(std::string_view word, std::size_t begin, std::size_t sign) {
    if (word.size() < 4) return;
    const std::size_t value = letters::skip(text_, sign + 1, is_blank);
    const Span where{begin, std::min(value + 1, text_.size())};
    const bool broken = break_ < begin;
    if (!is_handler(Folded(word).text())) {
      if (broken) signs_.add("html/injected-unknown", where);
    } else if (value < text_.size() && text_[value] == '{') {
      signs_.add("html/handler-braced", where);
    } else {
      signs_.add(broken ? "html/injected" : "html/injected-bare", where);
    }
  }

  void attribute(std::string_view word, std::size_t begin) {
    const Folded name(word);
    const bool sheet = name.text() == "style";
    if (!sheet &&
        (attribute_bit(name.text()) & (has_source | has_href | has_action | has_formaction)) == 0)
      return;
    Attribute found;
    Attributes attributes(text_, begin);
    if (!attributes.next(found)) return;
    const Span where{begin, attributes.at()};
    if (sheet && sheet_kind(found.value) == Sheet::runs) signs_.add("html/style-runs", where);
    if (!sheet && address_kind(found.value) == Address::script) {
      signs_.add("html/injected-address", where);
    }
  }

  std::string_view text_;
  Signs& signs_;
  std::size_t break_;
};

bool is_bracket_tail(char c) { return c == ';'; }

bool is_sheet_end(char c) { return c == ':' || c == ';' || c == '{'; }

/// Style sheets that run programs, in a text that is put into a sheet or a style attribute:
/// `x:expression(`, `-moz-binding:url(`, `behavior:url(`.
void injected_sheet(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find('('); at != none; at = text.find('(', at + 1)) {
    const std::size_t begin = letters::skip_back(text, at, is_letter);
    const std::string_view word = part(text, begin, at - begin);
    if (word.size() != 3 && word.size() != 10) continue;
    const std::size_t before = letters::skip_back(text, begin, is_blank);
    if (before == 0 || !is_sheet_end(text[before - 1])) continue;
    const std::size_t name =
        letters::skip_back(text, before - 1, [](char c) { return is_letter(c) || c == '-'; });
    const std::string_view property = part(text, name, before - 1 - name);
    const bool binds = has_at(property, 0, "-moz-binding") || has_at(property, 0, "behavio");
    const bool runs =
        has_at(word, 0, "expression") ||
        (has_at(word, 0, "url") &&
         (binds ||
          has_at(text,
                 letters::skip(text, at + 1,
                               [](char c) { return is_blank(c) || c == '"' || c == '\''; }),
                 "javascript")));
    if (runs) signs.add("html/injected-sheet", {name, at + 1});
  }
}

/// Is the whole text a way to write `<`? Such probes ask what decodes them.
bool is_lone_bracket(std::string_view text) {
  if (text.size() < 3 || text.size() > 14) return false;
  const Entity entity = entity_at(text, 0);
  if (text.front() == '&') {
    const bool bare =
        has_at(text, 0, "&lt") && letters::skip(text, 3, is_bracket_tail) == text.size();
    return bare || (entity.means == '<' && entity.length == text.size());
  }
  if (text.front() == '%') return has_at(text, 0, "%3c") && text.size() == 3;
  return text.front() == '\\' && (has_at(text, 1, "u003c") || has_at(text, 1, "x3c")) &&
         text.size() < 7;
}

/// Numbers of entities that are padded with zeros, which no writer needs, and lone brackets.
void written_bracket(std::string_view text, Signs& signs) {
  if (is_lone_bracket(text)) signs.add("html/lone-bracket", {0, text.size()});
  for (std::size_t at = text.find('&'); at != none; at = text.find('&', at + 1)) {
    const Entity entity = entity_at(text, at);
    if (entity.length == 0) continue;
    const bool padded = entity.length > 5 && text[at + 1] == '#' &&
                        (has_at(text, at + 2, "00") || has_at(text, at + 2, "x00"));
    const bool printed = entity.means > ' ' && entity.means < '\x7f';
    if (printed && padded) signs.add("html/padded-entity", {at, at + entity.length});
  }
}

/// `-->`, `]]>` and quotes of several kinds in one short text: it leaves whatever it is put into.
void polyglot_signs(std::string_view text, Signs& signs) {
  const std::size_t comment = text.find("-->");
  if (comment == none) return;
  const std::size_t from = comment > 16 ? comment - 16 : 0;
  const std::string_view near = part(text, from, 40);
  const bool quotes = near.contains('"') && near.contains('\'');
  if (quotes || near.contains("]]>")) signs.add("html/leaves-all", {from, from + near.size()});
}

}  // namespace

void html_signs(std::string_view text, Signs& signs) {
  if (text.contains('<')) Markup(text, signs).read();
  Injection(text, signs).read();
  if (text.contains(':') || text.contains(';')) injected_sheet(text, signs);
  written_bracket(text, signs);
  seven_bit_signs(text, signs);
  polyglot_signs(text, signs);
}

}  // namespace gird::detect
