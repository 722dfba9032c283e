#include "detect/html_value.hpp"

#include <array>

#include "detect/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

using letters::has_at;
using letters::is_blank;
using letters::is_digit;
using letters::lower;

struct Named {
  std::string_view name;
  char means;
};

// Names are told from others by case in HTML, but filters fold it, and so do we.
constexpr std::array<Named, 30> named{{
    {"tab", '\t'},   {"newline", '\n'}, {"colon", ':'},  {"lpar", '('},   {"rpar", ')'},
    {"sol", '/'},    {"bsol", '\\'},    {"period", '.'}, {"comma", ','},  {"quot", '"'},
    {"apos", '\''},  {"lt", '<'},       {"gt", '>'},     {"amp", '&'},    {"excl", '!'},
    {"num", '#'},    {"equals", '='},   {"semi", ';'},   {"grave", '`'},  {"lsqb", '['},
    {"lbrack", '['}, {"rsqb", ']'},     {"rbrack", ']'}, {"lbrace", '{'}, {"lcub", '{'},
    {"rcub", '}'},   {"plus", '+'},     {"dollar", '$'}, {"percnt", '%'}, {"lowbar", '_'},
}};

int hex_of(char c) {
  if (is_digit(c)) return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// `&#106`, `&#x6A;`, `&#0000106`: as many zeros as one likes, and no need for a semicolon.
Entity number_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 2;
  const bool hex = end < text.size() && lower(text[end]) == 'x';
  const int base = hex ? 16 : 10;
  const std::size_t first = end + (hex ? 1 : 0);
  int value = 0;
  for (end = first; end < text.size(); ++end) {
    const int digit = hex_of(text[end]);
    if (digit < 0 || digit >= base) break;
    value = std::min(value * base + digit, 0x110000);
  }
  if (end == first) return {};
  if (end < text.size() && text[end] == ';') ++end;
  return {end - at, value > 0 && value < 0x80 ? static_cast<char>(value) : '\x7f'};
}

/// Steps through a value as an address: entities decoded, blanks and controls left out.
class Letters {
 public:
  explicit Letters(std::string_view value) : value_(value) {}

  /// The next letter in lower case; 0 at the end.
  char next() {
    while (at_ < value_.size()) {
      const char c = step();
      if (!is_blank(c) && c != '\x7f') return lower(c);
    }
    return 0;
  }
  bool starts_with(std::string_view word) {
    const std::size_t before = at_;
    for (const char c : word) {
      if (next() == c) continue;
      at_ = before;
      return false;
    }
    return true;
  }

 private:
  char step() {
    const Entity entity = value_[at_] == '&' ? entity_at(value_, at_) : Entity{};
    if (entity.length == 0) return value_[at_++];
    at_ += entity.length;
    return entity.means;
  }

  std::string_view value_;
  std::size_t at_ = 0;
};

constexpr std::array<std::string_view, 7> script_schemes = {
    "javascript:", "vbscript:", "livescript:", "mocha:", "jscript:", "vbs:", "feed:javascript:"};

/// Types that are pages, or programs, when a frame or a link opens them.
constexpr std::array<std::string_view, 9> page_types = {
    "text/html", "text/xml",        "application/xhtml", "application/xml",       "text/javascript",
    "text/xsl",  "application/xsl", "application/x-",    "application/javascript"};

Address data_kind(Letters& letters) {
  if (letters.starts_with("image/svg")) return Address::image;
  for (const std::string_view type : page_types) {
    if (letters.starts_with(type)) return Address::document;
  }
  // Without a type it is text, but for the script, link or import that names it.
  return letters.starts_with(",") || letters.starts_with(";") ? Address::document : Address::other;
}

Address address_at(std::string_view value) {
  Letters letters(value);
  for (const std::string_view scheme : script_schemes) {
    if (letters.starts_with(scheme)) return Address::script;
  }
  if (letters.starts_with("data:")) return data_kind(letters);
  return letters.starts_with("mhtml:") ? Address::document : Address::other;
}

/// The letters of a style sheet as the parser sees them: comments gone, escapes decoded.
class SheetLetters {
 public:
  explicit SheetLetters(std::string_view css) : css_(part(css, 0, longest_sheet)) {}

  /// The next letter in lower case, blanks left out; 0 at the end.
  char next() {
    while (at_ < css_.size()) {
      const char c = step();
      if (c != 0 && !is_blank(c)) return lower(c);
    }
    return 0;
  }
  [[nodiscard]] bool escaped() const { return escaped_; }

 private:
  char step() {
    const char c = css_[at_];
    if (c == '\\') return escape();
    if (has_at(css_, at_, "/*")) return comment();
    if (c == '&') return entity();
    ++at_;
    return c;
  }
  char comment() {
    const std::size_t end = css_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? css_.size() : end + 2;
    return 0;
  }
  char entity() {
    const Entity found = entity_at(css_, at_);
    at_ += std::max<std::size_t>(found.length, 1);
    escaped_ |= found.length > 0 && is_blank(found.means);
    return found.length == 0 ? '&' : found.means;
  }
  char escape() {
    const std::size_t first = ++at_;
    int value = 0;
    while (at_ < css_.size() && at_ - first < 6 && hex_of(css_[at_]) >= 0) {
      value = value * 16 + hex_of(css_[at_++]);
    }
    if (at_ == first) return at_ < css_.size() ? css_[at_++] : '\0';
    escaped_ = true;
    if (at_ < css_.size() && letters::is_space(css_[at_])) ++at_;
    return value > 0 && value < 0x80 ? static_cast<char>(value) : '\x7f';
  }

  std::string_view css_;
  std::size_t at_ = 0;
  bool escaped_ = false;
};

/// The last letters that went by.
class Tail {
 public:
  void push(char c) {
    if (size_ == bytes_.size()) {
      std::ranges::copy(std::span(bytes_).last(kept), bytes_.begin());
      size_ = kept;
    }
    bytes_.at(size_++) = c;
  }
  [[nodiscard]] std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  static constexpr std::size_t kept = 24;
  std::array<char, 128> bytes_{};
  std::size_t size_ = 0;
};

bool runs(std::string_view tail) {
  static constexpr std::array<std::string_view, 9> ends = {
      "expression(",  "javascript:",    "vbscript:",   "-moz-binding:", "behavior:url(",
      "binding:url(", "behaviour:url(", "livescript:", "mhtml:"};
  return std::ranges::any_of(ends, [&](std::string_view end) { return tail.ends_with(end); });
}

}  // namespace

Entity entity_at(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return {};
  if (text[at + 1] == '#') return number_at(text, at);
  for (const Named& entity : named) {
    if (!has_at(text, at + 1, entity.name)) continue;
    const std::size_t end = at + 1 + entity.name.size();
    if (end < text.size() && text[end] == ';') return {end + 1 - at, entity.means};
  }
  return {};
}

Address address_kind(std::string_view value) {
  const Address direct = address_at(value);
  if (direct != Address::other) return direct;
  // `0;url=javascript:...`: the address of a refresh.
  const std::size_t mark = value.find('=');
  if (mark > 24) return Address::other;
  const std::size_t end = letters::skip_back(value, mark, is_blank);
  if (end < 3 || !has_at(value, end - 3, "url")) return Address::other;
  const bool quoted =
      mark + 1 < value.size() && (value[mark + 1] == '\'' || value[mark + 1] == '"');
  return address_at(part(value, mark + (quoted ? 2 : 1)));
}

bool has_numeric_host(std::string_view value) {
  if (!has_at(value, 0, "http")) return false;
  const std::size_t slashes = part(value, 0, 10).find("//");
  if (slashes == std::string_view::npos) return false;
  std::string_view host = part(value, slashes + 2);
  host = part(host, 0, host.find_first_of("/:?#"));
  const bool number =
      !host.empty() && is_digit(host.front()) && std::ranges::all_of(host, [](char c) {
        return hex_of(c) >= 0 || c == '.' || lower(c) == 'x';
      });
  if (!number) return false;
  const bool whole = host.size() > 6 && std::ranges::all_of(host, is_digit);
  const bool padded = host.front() == '0' && host.size() > 1 && host[1] != '.';
  return whole || padded;
}

Sheet sheet_kind(std::string_view css) {
  SheetLetters letters(css);
  Tail tail;
  Sheet kind = Sheet::plain;
  bool opened = false;  // `{name}`: a template, not a sheet
  for (char c = letters.next(); c != 0; c = letters.next()) {
    tail.push(c);
    if ((c == '(' || c == ':') && runs(tail.text())) return Sheet::runs;
    if (c == '(' && tail.text().ends_with("url(")) kind = Sheet::loads;
    if (c == 't' && tail.text().ends_with("@import")) kind = Sheet::loads;
    opened |= c == '{';
    if ((c == '[' || (c == '}' && !opened)) && kind == Sheet::plain) kind = Sheet::odd;
  }
  return kind == Sheet::plain && letters.escaped() ? Sheet::odd : kind;
}

}  // namespace gird::detect
