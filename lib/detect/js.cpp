#include "detect/js.hpp"

#include "detect/js_lexer.hpp"
#include "detect/js_words.hpp"
#include "detect/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

using js::Argument;
using js::Callee;
using letters::Folded;
using letters::has_at;
using letters::is_blank;
using letters::is_letter;
using letters::is_name;
using letters::lower;

constexpr std::size_t none = std::string_view::npos;

consteval std::array<bool, 256> marks() {
  std::array<bool, 256> is{};
  for (const char c : std::string_view("(`[.:=")) is.at(static_cast<unsigned char>(c)) = true;
  return is;
}

bool is_fuck(char c) { return std::string_view("[]()!+").contains(c); }

bool is_sink(Call call) { return call == Call::dialog || call == Call::program; }

/// One pass over the marks that calls, members and addresses are written with.
class Reader {
 public:
  Reader(std::string_view text, Signs& signs) : text_(text), signs_(signs) {}

  void read() {
    static constexpr std::array<bool, 256> mark = marks();
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (mark[static_cast<unsigned char>(text_[at])]) read_mark(at);
    }
  }

 private:
  void read_mark(std::size_t at) {
    switch (text_[at]) {
      case '(': read_call(at); return;
      case '`': read_template(at); return;
      case '[': read_bracket(at); return;
      case '.': read_dot(at); return;
      case ':': read_colon(at); return;
      default: read_assignment(at); return;
    }
  }

  void read_call(std::size_t at) {
    const Callee callee = js::callee_before(text_, at);
    if (callee.name.empty()) {
      if (at > 0 && text_[at - 1] == ']') computed_call(at);
      return;
    }
    const Folded name(callee.name);
    switch (call_kind(name.text())) {
      case Call::none: return;
      case Call::dialog: dialog(callee, at); return;
      case Call::program: program(callee, at); return;
      case Call::timer: timer(callee, at); return;
      case Call::apply: applied(callee, at); return;
      case Call::each: each(callee, at); return;
      case Call::codes: add("js/character-codes", callee.begin, at); return;
      case Call::write:
        if (Folded(callee.receiver).text() == "document") add("js/document", callee.begin, at);
        return;
      case Call::element: element(callee, at); return;
      case Call::send: send(callee, at); return;
      case Call::constructs: constructs(callee, at); return;
      case Call::maker: maker(callee, at); return;
    }
  }

  /// A method of something that is not the page, or the head of a function: not the browser's own.
  [[nodiscard]] bool foreign(const Callee& callee) const {
    if (callee.member) return !is_global(Folded(callee.receiver).text());
    if (callee.begin > 1 && (text_[callee.begin - 1] == ':' || text_[callee.begin - 1] == '>') &&
        (text_[callee.begin - 2] == ':' || text_[callee.begin - 2] == '-')) {
      return true;
    }
    const std::size_t before = js::skip_space_back(text_, callee.begin);
    return before < callee.begin && is_declarer(Folded(js::name_before(text_, before)).text());
  }

  void dialog(const Callee& callee, std::size_t at) {
    if (foreign(callee)) return;
    const bool apart =
        at > callee.begin + callee.name.size() && !callee.wrapped && is_blank(text_[at - 1]);
    const Argument argument = js::argument_at(text_, at + 1);
    if (js::breaks_before(text_, callee.begin)) add("js/break", callee.begin, at);
    if (argument == Argument::literal || argument == Argument::page) {
      return add("js/dialog-probe", callee.begin, at);
    }
    if (!apart) add("js/dialog", callee.begin, at);
  }

  void program(const Callee& callee, std::size_t at) {
    // `function (` heads a function; only `Function(` makes one of a text.
    if (callee.name.front() == 'f' || foreign(callee)) return;
    if (callee.name.front() == 'F' && follows_new(callee.begin)) {
      return add("js/maker", callee.begin, at);
    }
    if (js::breaks_before(text_, callee.begin)) return add("js/break", callee.begin, at);
    const std::size_t argument = js::skip_space(text_, at + 1);
    const bool decodes = is_decoder(Folded(js::name_at(text_, argument)).text());
    const bool pattern =
        argument < text_.size() && (text_[argument] == '/' || text_[argument] == '`');
    const std::string_view near = part(text_, argument, 48);
    const bool hidden = put_together(part(near, 0, near.find(')')));
    add(decodes || pattern || hidden ? "js/program-decoded" : "js/program", callee.begin, at);
  }

  [[nodiscard]] bool follows_new(std::size_t begin) const {
    const std::size_t before = js::skip_space_back(text_, begin);
    return before < begin && Folded(js::name_before(text_, before)).text() == "new";
  }

  /// `new Function(...)`, `new ActiveXObject(...)`: makes what runs out of a text.
  void maker(const Callee& callee, std::size_t at) {
    if (follows_new(callee.begin)) add("js/maker", callee.begin, at);
  }

  void timer(const Callee& callee, std::size_t at) {
    if (foreign(callee)) return;
    if (js::breaks_before(text_, callee.begin)) return add("js/break", callee.begin, at);
    const std::size_t argument = js::skip_space(text_, at + 1);
    if (argument >= text_.size()) return;
    const char c = text_[argument];
    const bool said = c == '"' || c == '\'' || c == '`' || c == '/';
    if (said || is_decoder(Folded(js::name_at(text_, argument)).text())) {
      add("js/timer-text", callee.begin, at);
    }
  }

  /// `alert.call(...)`, `eval.apply(...)`.
  void applied(const Callee& callee, std::size_t at) {
    if (is_sink(call_kind(Folded(callee.receiver).text())) && callee.receiver.front() != 'f') {
      add("js/applied", callee.begin, at);
    }
    handed_over(callee, at);
  }

  void each(const Callee& callee, std::size_t at) { handed_over(callee, at); }

  /// `[1].some(alert)`, `.replace(/.+/,eval)`: a function that is handed over instead of called.
  void handed_over(const Callee& callee, std::size_t at) {
    if (!callee.member) return;
    const std::size_t close = part(text_, 0, std::min(text_.size(), at + 48)).find(')', at);
    if (close == none) return;
    const std::string_view last = js::name_before(text_, js::skip_space_back(text_, close));
    const auto begin = static_cast<std::size_t>(last.data() - text_.data());
    const std::size_t before = js::skip_space_back(text_, begin);
    const bool alone = before > 0 && (text_[before - 1] == '(' || text_[before - 1] == ',');
    const Call call = call_kind(Folded(last).text());
    if (alone && is_sink(call) && last.front() != 'f') add("js/handed-over", callee.begin, close);
  }

  /// `document.createElement('script')`.
  void element(const Callee& callee, std::size_t at) {
    const std::size_t name = letters::skip(text_, at + 1, [](char c) {
      return c == '"' || c == '\'' || c == '`' || is_blank(c) || c == '\\';
    });
    if (has_at(text_, name, "script") || has_at(text_, name, "iframe")) {
      add("js/script-element", callee.begin, at);
    }
  }

  /// `import('//host/x.js')`, `fetch("//host/?"+document.cookie)`.
  void send(const Callee& callee, std::size_t at) {
    const std::size_t quote = js::skip_space(text_, at + 1);
    if (quote + 1 >= text_.size() || !std::string_view("\"'`").contains(text_[quote])) return;
    const std::string_view argument = part(text_, quote + 1, 96);
    const bool short_address = argument.starts_with("//") || argument.starts_with("\\\\");
    const bool loads = callee.name != "fetch" && has_at(argument, 0, "http");
    const bool leaks = argument.contains("document.cookie") || argument.contains("localStorage");
    if (short_address || loads || leaks) add("js/send", callee.begin, at);
  }

  /// `x.constructor.constructor('...')`, `[].filter.constructor(`, `''.constructor('...')()`.
  void constructs(const Callee& callee, std::size_t at) {
    if (!callee.member && callee.receiver.empty()) return;
    const bool twice = call_kind(Folded(callee.receiver).text()) != Call::none;
    const std::size_t argument = js::skip_space(text_, at + 1);
    const bool said =
        argument < text_.size() && std::string_view("\"'`\\").contains(text_[argument]);
    if (twice || said) add("js/constructor", callee.begin, at);
  }

  /// `top["al"+"ert"](1)`, `[]["filter"]["constructor"]("...")`, `self[x](y)`.
  void computed_call(std::size_t at) {
    const std::size_t least = at > 64 ? at - 64 : 0;
    const std::size_t open = part(text_, least, at - least).rfind('[');
    if (open == none) return;
    const std::string_view inside = part(text_, least + open + 1, at - least - open - 2);
    if (names_hidden(inside)) add("js/computed", least + open, at);
  }

  /// A name that is put together, decoded, or one that nobody writes in brackets.
  [[nodiscard]] static bool names_hidden(std::string_view inside) {
    const std::size_t first = js::skip_space(inside, 0);
    if (first >= inside.size()) return false;
    const std::size_t last = js::skip_space_back(inside, inside.size());
    const std::string_view bare = part(inside, first, last - std::min(first, last));
    if (bare.size() > 2 && (bare.front() == '"' || bare.front() == '\'' || bare.front() == '`')) {
      const Folded name(part(bare, 1, bare.size() - 2));
      const Call call = call_kind(name.text());
      return is_sink(call) || call == Call::constructs || is_page_secret(name.text()) ||
             name.text() == "document" || put_together(bare);
    }
    return put_together(bare);
  }

  [[nodiscard]] static bool put_together(std::string_view inside) {
    for (const std::string_view way : {"'+'", "\"+\"", "`+`", ".source", "toString(", "atob(",
                                       "\\x", "\\u", "fromCharCode", "concat(", "join("}) {
      if (inside.contains(way)) return true;
    }
    return false;
  }

  void read_bracket(std::size_t at) {
    fuck(at);
    std::size_t end = js::skip_space_back(text_, at);
    if (end > 1 && text_[end - 1] == '.' && text_[end - 2] == '?') end -= 2;
    if (end > 0 && text_[end - 1] == ')') --end;
    const std::string_view receiver = js::name_before(text_, end);
    if (!is_global(Folded(receiver).text())) return;
    const std::string_view rest = part(text_, at + 1, 64);
    const std::size_t close = rest.find(']');
    if (close == none) return;
    if (names_hidden(part(rest, 0, close))) {
      add("js/computed", end - receiver.size(), at + 1 + close);
    }
  }

  /// Programs of `[]()!+` alone. Each is read once.
  void fuck(std::size_t at) {
    if (at < fuck_end_) return;
    const std::size_t begin =
        letters::skip_back(text_, at, [](char c) { return c == '!' || c == '+' || c == '('; });
    fuck_end_ = letters::skip(text_, at, is_fuck);
    const std::string_view run = part(text_, begin, fuck_end_ - begin);
    const bool coerces = run.contains("!![]") || run.contains("+[]") || run.contains("+!");
    if (!coerces) return;
    add(run.size() >= 20 ? "js/six-characters" : "js/coercion", begin, fuck_end_);
  }

  /// `document.cookie`, `window.location=...`, with blanks and comments between.
  void read_dot(std::size_t at) {
    if (at == 0) return;
    const char before = text_[at - 1];
    if (lower(before) != 't' && before != '?' && before != '/' && !is_blank(before)) return;
    const std::size_t name_begin = js::skip_space(text_, at + 1);
    const std::size_t end = js::skip_space_back(text_, before == '?' ? at - 1 : at);
    // A sentence that ends in "document" has a blank behind the dot only.
    if (name_begin > at + 1 && end == at) return;
    if (!Folded(js::name_before(text_, end)).text().ends_with("document")) return;
    const std::string_view name = js::name_at(text_, name_begin);
    if (!is_page_secret(Folded(name).text())) return;
    add("js/document", end - 8, name_begin + name.size());
  }

  /// `javascript:`, `vbscript:`, `data:text/html`, with blanks between the letters.
  void read_colon(std::size_t at) {
    const std::size_t end = letters::skip_back(text_, at, is_blank);
    if (end < 4) return;
    const char last = lower(text_[end - 1]);
    if (last == 't') {
      for (const std::string_view scheme : {"javascript", "vbscript", "livescript"}) {
        const std::size_t begin = spelled_back(end, scheme);
        if (begin != none) return address(begin, at);
      }
    }
    if (last == 'a' && has_at(text_, end - 4, "data")) data(end - 4, at);
    if (last == 'l' && end > 4 && has_at(text_, end - 5, "mhtml") &&
        has_at(text_, at + 1, "http")) {
      add("js/data-page", end - 5, at);
    }
  }

  /// Where `word`, blanks between its letters, starts if it ends at `end`.
  [[nodiscard]] std::size_t spelled_back(std::size_t end, std::string_view word) const {
    std::size_t at = end;
    const std::size_t least = end > 64 ? end - 64 : 0;
    for (std::size_t left = word.size(); left > 0; --left) {
      while (at > least && is_blank(text_[at - 1])) --at;
      if (at == least || lower(text_[at - 1]) != word[left - 1]) return none;
      --at;
    }
    return at > 0 && is_name(text_[at - 1]) ? none : at;
  }

  void address(std::size_t begin, std::size_t colon) {
    const std::string_view rest = part(text_, colon + 1, 96);
    const std::size_t first = letters::skip(rest, 0, is_blank);
    if (first >= rest.size()) return;
    if (has_at(rest, first, "void(0)") || rest[first] == ';') {
      return add("js/address-idle", begin, colon);
    }
    const std::string_view near = part(rest, first);
    const bool code = near.find_first_of("(`[=%/\\&") != none;
    if (first > 0 && rest[0] == ' ' && is_letter(rest[first]) && !code) return;
    add(code ? "js/address" : "js/address-bare", begin, colon);
  }

  void data(std::size_t begin, std::size_t colon) {
    const std::size_t type = letters::skip(text_, colon + 1, is_blank);
    for (const std::string_view page : {"text/html", "image/svg+xml", "text/xml",
                                        "application/xhtml+xml", "text/javascript", "text/xsl"}) {
      if (!has_at(text_, type, page)) continue;
      const std::size_t after = type + page.size();
      const bool goes_on = after < text_.size() && (text_[after] == ',' || text_[after] == ';');
      if (goes_on) add(page[0] == 'i' ? "js/data-image" : "js/data-page", begin, after);
      return;
    }
  }

  /// `a=alert,a(1)`, `onerror=eval;throw...`, `location=name`, `x.innerHTML=...`.
  void read_assignment(std::size_t at) {
    const std::size_t value = js::skip_space(text_, at + 1);
    // alert, atob, confirm, eval, execScript, Function, msgbox, name, prompt.
    if (value >= text_.size() || !std::string_view("acefmnp").contains(lower(text_[value]))) return;
    const std::string_view target = js::name_before(text_, js::skip_space_back(text_, at));
    if (target.empty()) return;
    const std::string_view name = js::name_at(text_, value);
    if (name.size() >= 4 && is_sink(call_kind(Folded(name).text())) && name.front() != 'f') {
      alias(target, at, value + name.size());
    }
    if (Folded(target).text() == "location" && (name == "name" || name == "atob")) {
      add("js/location-name", at - target.size(), value + name.size());
    }
  }

  /// A sink under another name, or as a handler, that is used at once.
  void alias(std::string_view target, std::size_t sign, std::size_t end) {
    const std::size_t next = js::skip_space(text_, end);
    if (next >= text_.size() || !std::string_view(",;&|}").contains(text_[next])) return;
    const std::size_t use = js::skip_space(text_, next + 1);
    const bool thrown = has_at(text_, use, "throw");
    const bool called = has_at(text_, use, target) && use + target.size() < text_.size() &&
                        std::string_view("(`").contains(text_[use + target.size()]);
    const Folded folded(target);
    const bool same = js::name_at(text_, use) == target;
    if (thrown || called || (same && folded.text() != "action")) {
      add("js/alias", sign, use);
    }
  }

  /// A template behind a name: `alert\`1\``, `[].map.call\`${eval}...\``.
  void read_template(std::size_t at) {
    const Callee callee = js::callee_before(text_, at);
    if (callee.name.empty() || at + 1 >= text_.size()) return;
    const Call call = call_kind(Folded(callee.name).text());
    const bool filled = text_[at + 1] == '$' && at + 2 < text_.size() && text_[at + 2] == '{';
    if (call == Call::apply || call == Call::constructs || call == Call::each) {
      if (filled || text_[at + 1] == '`' || text_[at + 1] == ' ') tagged(callee, at, filled);
      return;
    }
    if (!is_sink(call) && call != Call::timer) return;
    // A word of a sentence has a blank before the mark; `function` is one.
    const bool apart = is_blank(text_[at - 1]) && !callee.wrapped;
    if (apart || callee.name.front() == 'f') return;
    const std::size_t close = part(text_, 0, std::min(text_.size(), at + 48)).find('`', at + 1);
    // Two names in code marks have a blank, or a sign, between their marks.
    const char first = text_[at + 1];
    const bool literal = is_name(first) || first == '\\' || first == '`' || first == '(' || filled;
    if (close != none && literal && !foreign(callee)) add("js/tagged", callee.begin, close);
  }

  void tagged(const Callee& callee, std::size_t at, bool filled) {
    const std::size_t inside = letters::skip(text_, at + 1, is_blank);
    const bool opens = filled || has_at(text_, inside, "${");
    if (opens || (text_[at + 1] == '`' && callee.member)) add("js/tagged", callee.begin, at);
  }

  void add(std::string_view name, std::size_t begin, std::size_t end) {
    signs_.add(name, {begin, std::min(end + 1, text_.size())});
  }

  std::string_view text_;
  Signs& signs_;
  std::size_t fuck_end_ = 0;
};

}  // namespace

void js_signs(std::string_view text, Signs& signs) { Reader(text, signs).read(); }

}  // namespace gird::detect
