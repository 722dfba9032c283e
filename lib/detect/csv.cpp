#include "detect/csv.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

// What stands before the formula of a cell.
constexpr ByteSet heads("=+-@");

// Functions that send, fetch or start something.
constexpr std::array<std::string_view, 17> reaching = {
    "call",        "cubevalue", "dde",      "ddelink",    "encodeurl",  "exec",
    "filterxml",   "hyperlink", "image",    "importdata", "importfeed", "importhtml",
    "importrange", "importxml", "register", "rtd",        "webservice"};

// Other functions of every spreadsheet.
constexpr std::array<std::string_view, 44> functions = {
    "abs",    "address",     "and",   "average", "cell",     "char",  "choose", "clean",  "code",
    "concat", "concatenate", "count", "counta",  "date",     "exact", "find",   "if",     "iferror",
    "index",  "indirect",    "info",  "isblank", "left",     "len",   "lookup", "lower",  "match",
    "max",    "mid",         "min",   "now",     "offset",   "or",    "rand",   "rept",   "right",
    "round",  "substitute",  "sum",   "sumif",   "textjoin", "today", "upper",  "vlookup"};

bool is_any(std::string_view word, std::span<const std::string_view> names) {
  return std::ranges::any_of(names,
                             [&](std::string_view name) { return equals_folded(word, name); });
}

// `A1`, `$B$2`; where it ends, `at` where there is none.
std::size_t cell_end(std::string_view text, std::size_t at) {
  std::size_t i = at + (at_or_nul(text, at) == '$' ? 1 : 0);
  const std::size_t letters = i;
  while (i < text.size() && upper_case(text[i])) ++i;
  if (i == letters || i > letters + 3) return at;
  if (at_or_nul(text, i) == '$') ++i;
  const std::size_t digits = i;
  i = digits_end(text, i);
  return i == digits || i > digits + 7 || name_byte(at_or_nul(text, i)) ? at : i;
}

std::size_t operand_end(std::string_view text, std::size_t at) {
  const std::size_t cell = cell_end(text, at);
  return cell > at ? cell : digits_end(text, at);
}

std::size_t skip_gaps(std::string_view text, std::size_t at) {
  while (at < text.size() && gap(text[at])) ++at;
  return at;
}

// One cell that may be a formula; `begin_` is its first head.
class Formula {
 public:
  // `head` bytes of it are its first sign.
  Formula(std::string_view text, std::size_t begin, std::size_t head, Signs& signs)
      : text_(text), begin_(begin), at_(begin + head), signs_(signs) {
    while (at_ < text.size() && (heads.has(text[at_]) || gap(text[at_]))) ++at_;
  }

  void read(bool first) {
    if (topic()) return;
    if (call() || !first) return;
    reference();
    sum();
  }

 private:
  void add(std::string_view name, std::size_t end) { signs_.add(name, {begin_, end}); }

  // `cmd|'/c calc'!A0`: a topic of another program and an item of it. Spreadsheets pass over
  // blanks.
  bool topic() {
    const std::string_view rest = part(text_, 0, begin_ + 512);
    const std::size_t bar = rest.find('|', at_);
    if (bar == std::string_view::npos || at_ == text_.size() || !letter_or_digit(text_[at_]))
      return false;
    const std::size_t open = skip_gaps(rest, bar + 1);
    const bool quoted = at_or_nul(rest, open) == '\'';
    const std::size_t close = rest.find('!', open);
    if (close == std::string_view::npos || !name_byte(at_or_nul(rest, skip_gaps(rest, close + 1))))
      return false;
    if (!quoted &&
        (open > bar + 1 || gap(rest[bar - 1]) || cell_end(rest, close + 1) == close + 1)) {
      return false;
    }
    add("csv/dde", close + 1);
    return true;
  }

  bool call() {
    const std::size_t end = name_end(text_, at_);
    if (end == at_ || at_or_nul(text_, end) != '(') return false;
    const std::string_view name = part(text_, at_, end - at_);
    if (is_any(name, reaching)) {
      add("csv/reach", end + 1);
    } else if (is_any(name, functions)) {
      add("csv/call", end + 1);
    } else if (text_[begin_] == '=' && at_ == begin_ + 1) {
      add("csv/call-other", end + 1);
    }
    return true;
  }

  // `=A1`, `+A1*2`
  void reference() {
    const std::size_t end = cell_end(text_, at_);
    if (end == at_) return;
    const std::size_t op = skip_gaps(text_, end);
    const bool ends = text_.find_first_not_of(" \t\r\n\"'", end) == std::string_view::npos;
    const bool goes_on = std::string_view("+-*/&^").contains(at_or_nul(text_, op)) &&
                         op < text_.size() && operand_end(text_, skip_gaps(text_, op + 1)) > op + 1;
    if (goes_on || (ends && text_[begin_] == '=')) add("csv/cell", end);
  }

  // `=1+1`
  void sum() {
    if (text_[begin_] != '=' || at_ != begin_ + 1) return;
    const std::size_t first = digits_end(text_, at_);
    if (first == at_ || !std::string_view("+-*/").contains(at_or_nul(text_, first)) ||
        first == text_.size())
      return;
    const std::size_t second = digits_end(text_, first + 1);
    if (second > first + 1) add("csv/sum", second);
  }

  std::string_view text_;
  std::size_t begin_;
  std::size_t at_;
  Signs& signs_;
};

// How many bytes the head at `at` has. Spreadsheets take the full-width signs for the others.
std::size_t head_length(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 4> wide = {"\xEF\xBC\x9D", "\xEF\xBC\x8B",
                                                           "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
  if (heads.has(text[at])) return 1;
  return std::ranges::any_of(
             wide, [&](std::string_view sign) { return part(text, at).starts_with(sign); })
             ? 3
             : 0;
}

// Whether a cell begins at `at`: behind a separator or a line end, and a quote.
bool begins_cell(std::string_view text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && at - before < 3 && (text[before - 1] == '"' || text[before - 1] == ' '))
    --before;
  return before > 0 && std::string_view(",;\t\n\r").contains(text[before - 1]);
}

}  // namespace

void csv_signs(std::string_view text, Signs& signs) {
  const std::size_t start = text.find_first_not_of("\"' \t\r\n");
  if (start == std::string_view::npos) return;
  if (const std::size_t head = head_length(text, start); head > 0) {
    Formula(text, start, head, signs).read(true);
  }
  for (std::size_t at = text.find('=', start + 1); at != std::string_view::npos;
       at = text.find('=', at + 1)) {
    if (begins_cell(text, at)) Formula(text, at, 1, signs).read(false);
  }
}

}  // namespace gird::detect
