// One scan over a string, with the places kept where it might have ended.
#include "json/string_end.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "json/gap.hpp"
#include "json/letters.hpp"
#include "json/quote_context.hpp"

namespace gird::json {
namespace {

constexpr std::size_t none = std::string_view::npos;
/// What of a string that is out of sight stays for the next look.
constexpr std::size_t kept = 1024;

constexpr auto interesting = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("\"'`\\,[]/{}()\n+:; \t\r")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  table[0xC2] = table[0xE2] = true;
  return table;
}();

constexpr bool delimits(int c) {
  return c == ',' || is_opener(c) || is_closer(c) || c == '/' || c == '\n' || c == '+';
}
/// What shows that somebody forgot a quote when the input ends with it.
constexpr bool structural(int c) { return delimits(c) || c == ':' || c == '(' || c == ')'; }

class Scan {
 public:
  Scan(const Ahead& ahead, std::size_t body, const StringRules& rules)
      : ahead_(ahead), rules_(rules), body_(body), at_(body) {
    valid_ = rules.style == QuoteStyle::straight && rules.quotes == 1 && !rules.escaped;
  }

  StringEnd run() {
    for (;;) {
      const std::string_view text = ahead_.text();
      while (at_ < text.size() && !interesting[static_cast<unsigned char>(text[at_])]) note(at_++);
      if (at_ >= text.size()) return out_of_bytes();
      if (const auto end = look()) return *end;
    }
  }

 private:
  using How = StringEnd::How;

  void note(std::size_t at) {
    previous_ = at;
    newline_ = none;
  }

  std::optional<StringEnd> look() {
    const int c = ahead_.at(at_);
    if (c == '\\') return backslash();
    if (const Quote quote = quote_at(ahead_, at_); quote && closes(rules_.style, quote.style)) {
      return found_quote(at_, quote.size);
    }
    count(c);
    if (!is_blank(c)) {
      note(at_);
    } else if (c == '\n' && newline_ == none) {
      newline_ = at_;
    }
    valid_ &= c >= 0x20;
    ++at_;
    return std::nullopt;
  }

  std::optional<StringEnd> backslash() {
    if (!rules_.escaped) {
      note(std::min(at_ + 1, ahead_.size() - 1));
      at_ += 2;
      return std::nullopt;
    }
    if (const Quote quote = quote_at(ahead_, at_ + 1); quote && closes(rules_.style, quote.style)) {
      return found_quote(at_, 1 + quote.size);
    }
    // `\\` stands for one backslash, which escapes what comes next.
    const bool pair = ahead_.at(at_ + 1) == '\\';
    const bool pairs = pair && ahead_.at(at_ + 2) == '\\';
    at_ += pairs ? 4 : pair ? 3 : 2;
    note(at_ - 1);
    return std::nullopt;
  }

  void count(int c) {
    if (c == ',') comma_ = at_;
    switch (c) {
      case '(': ++open_.parens; break;
      case ')': --open_.parens; break;
      case '[': ++open_.brackets; break;
      case '{': ++open_.braces; break;
      case ']': --open_.brackets; break;
      case '}': --open_.braces; break;
      default: break;
    }
    if ((open_.brackets < 0 || open_.braces < 0) && unmatched_ == none) unmatched_ = at_;
    if (first_delimiter_ == none && at_ >= delimiters_from_ && delimits_here(c)) {
      first_delimiter_ = at_;
    }
  }

  /// The `//` of a URL delimits nothing.
  bool delimits_here(int c) {
    if (c == ':' && rules_.role == Role::key) return true;
    if (!delimits(c)) return false;
    if (c != '/' || ahead_.at(at_ + 1) != '/' || at_ == body_ || ahead_.at(at_ - 1) != ':') {
      return true;
    }
    constexpr std::size_t longest_scheme = 7;
    const std::size_t start = at_ - std::min(at_ - body_, longest_scheme);
    delimiters_from_ = start + word_at(ahead_, start, {.role = Role::element}).size;
    return false;
  }

  std::optional<StringEnd> found_quote(std::size_t at, std::size_t size) {
    const std::size_t behind = at + size * rules_.quotes;
    if (rules_.quotes > 1 && all_quotes(at, size)) return StringEnd{How::closed, at, behind};
    if (rules_.quotes == 3) return inside(at, size);
    if (first_quote_ == none && valid_ && ends_as_valid(ahead_, at + size, rules_.role)) {
      return StringEnd{How::closed, at, at + size};
    }
    if (closes_string(ahead_, at + size, rules_, open_)) {
      return StringEnd{How::closed, at, at + size};
    }
    if (const auto end = begins_next(at)) return end;
    if (rules_.hopeless && !rules_.continued) {
      if (first_delimiter_ != none) return missing(first_delimiter_);
      return StringEnd{How::closed, at, at + size};
    }
    return inside(at, size);
  }

  [[nodiscard]] bool all_quotes(std::size_t at, std::size_t size) const {
    for (std::size_t k = 0; k < rules_.quotes; ++k) {
      if (ahead_.at(at + k * size) != ahead_.at(at)) return false;
    }
    return true;
  }

  std::optional<StringEnd> inside(std::size_t at, std::size_t size) {
    if (first_quote_ == none) {
      first_quote_ = at;
      first_quote_behind_ = at + size;
    }
    ++quotes_;
    note(at);
    at_ = at + size;
    return std::nullopt;
  }

  /// The string should have ended before the quote at `at`, which opens another.
  [[nodiscard]] std::optional<StringEnd> begins_next(std::size_t at) const {
    if (previous_ == none || rules_.continued) return std::nullopt;
    const int before = ahead_.at(previous_);
    switch (rules_.role) {
      case Role::key:
        if (before == ':' || before == ',') return missing(previous_);
        return std::nullopt;
      case Role::member: return member_begins(at, before);
      case Role::element:
      case Role::top: return element_begins(at, before);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<StringEnd> member_begins(std::size_t at, int before) const {
    if (before == ':' && comma_ != none && names_key(comma_ + 1, previous_)) return missing(comma_);
    if (!key_follows(ahead_, at)) return std::nullopt;
    if (unmatched_ != none) return missing(unmatched_);
    if (before == ',') return missing(previous_);
    if (newline_ != none) return missing(previous_ + 1);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<StringEnd> element_begins(std::size_t at, int before) const {
    if (before == ',') return missing(previous_);
    if (before == '/' || before == '+') {
      if (first_delimiter_ != none) return missing(first_delimiter_);
    }
    if (newline_ != none && element_follows(ahead_, at)) return missing(previous_ + 1);
    return std::nullopt;
  }

  /// Whether a name and nothing else stands between two places.
  [[nodiscard]] bool names_key(std::size_t from, std::size_t to) const {
    std::size_t i = from + gap_at(ahead_, from, {}, to).size;
    const std::size_t name = i;
    while (i < to && in_name(ahead_.at(i))) ++i;
    return i > name && i + gap_at(ahead_, i, {}, to).size == to;
  }

  [[nodiscard]] static StringEnd missing(std::size_t at) { return {How::missing, at, at}; }

  StringEnd out_of_bytes() {
    at_ = ahead_.size();
    const int behind = ahead_.at(at_);
    if (behind == Ahead::end) {
      StringEnd end = at_the_end();
      end.unclosed = true;
      return end;
    }
    std::size_t at = at_ > body_ + kept ? at_ - kept : at_;
    return {How::far, at, at};
  }

  /// Nobody closed it. Where the input ends as a container does, the quote was forgotten before.
  StringEnd at_the_end() {
    std::size_t end = ahead_.size();
    while (end > body_ && is_blank(ahead_.at(end - 1))) --end;
    if (end >= body_ + 3 && ahead_.starts(end - 3, "```")) end -= 3;
    while (end > body_ && is_blank(ahead_.at(end - 1))) --end;
    if (rules_.continued || end == body_ || !structural(ahead_.at(end - 1))) return whole();
    if (quotes_ > 0 && quotes_ % 2 == 0) return before_closers(end);
    if (first_quote_ < first_delimiter_) {
      return {How::closed, first_quote_, first_quote_behind_};
    }
    if (first_delimiter_ != none) return missing(first_delimiter_);
    return whole();
  }

  [[nodiscard]] StringEnd before_closers(std::size_t end) const {
    while (end > body_ && (is_closer(ahead_.at(end - 1)) || is_blank(ahead_.at(end - 1)))) --end;
    return missing(end);
  }

  /// Spaces at the end stay outside, and so does the line feed that ends the file.
  [[nodiscard]] StringEnd whole() const {
    std::size_t end = ahead_.size();
    if (end > body_ && ahead_.at(end - 1) == '\n') --end;
    if (end < ahead_.size() && end > body_ && ahead_.at(end - 1) == '\r') --end;
    while (end > body_ && ahead_.at(end - 1) == ' ') --end;
    return {How::input, end, end};
  }

  const Ahead& ahead_;
  const StringRules& rules_;
  std::size_t body_;
  std::size_t at_;
  std::size_t previous_ = none;  ///< the last byte that is no blank
  std::size_t newline_ = none;   ///< the first line feed behind it
  std::size_t comma_ = none;
  std::size_t unmatched_ = none;  ///< the first closer that the string did not open
  std::size_t first_delimiter_ = none;
  std::size_t delimiters_from_ = 0;
  std::size_t first_quote_ = none;  ///< that did not close it
  std::size_t first_quote_behind_ = none;
  std::size_t quotes_ = 0;
  OpenBrackets open_;
  bool valid_ = true;  ///< up to here it is a string as JSON has it
};

}  // namespace

StringEnd string_end(const Ahead& ahead, std::size_t body, const StringRules& rules) {
  return Scan(ahead, body, rules).run();
}

}  // namespace gird::json
