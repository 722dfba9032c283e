// Strings and keys in quotes of any kind.
#include "json/grammar.hpp"
#include "json/letters.hpp"
#include "json/quote_context.hpp"
#include "json/string_body.hpp"

namespace gird::json {

using enum Confidence;

namespace {

/// How many quotes in a row open the string at `at`: `""a""` has two, `"""a"""` three.
std::size_t opening_quotes(const Ahead& ahead, std::size_t at, Role role) {
  const int c = ahead.at(at);
  if ((c != '"' && c != '\'') || ahead.at(at + 1) != c) return 1;
  const int third = ahead.at(at + 2);
  if (third == c && ahead.at(at + 3) >= 0) {
    const std::string three(3, static_cast<char>(c));
    if (ahead.text().find(three, at + 3) != std::string_view::npos) return 3;
    // Further ahead there may be one; what is out of reach does not count.
    static_cast<void>(ahead.at(ahead.size()));
    return 1;
  }
  if (in_name(third)) return 2;
  const bool key = role == Role::key && third == ' ' && in_name(ahead.at(at + 3));
  return key ? 2 : 1;
}

/// Whether `\n`, `\r` or `\t` stands before `end`, its backslash not escaped by another.
bool escaped_blank(const Ahead& ahead, std::size_t from, std::size_t end) {
  if (end < from + 2 || ahead.at(end - 2) != '\\') return false;
  const int c = ahead.at(end - 1);
  if (c != 'n' && c != 'r' && c != 't') return false;
  std::size_t backslashes = 0;
  while (end - 2 - backslashes > from && ahead.at(end - 3 - backslashes) == '\\') ++backslashes;
  return backslashes % 2 == 0;
}

}  // namespace

Role Grammar::role() const {
  if (place_.nesting.depth() == 0) return Role::top;
  return place_.nesting.in_object() ? Role::member : Role::element;
}

Grammar::Opening Grammar::opening(const Ahead& ahead, std::size_t at, Role role) {
  constexpr std::size_t patience = 16;
  StringRules rules{.role = role, .in_parens = in_parens()};
  rules.escaped = ahead.at(at) == '\\';
  rules.hopeless = unclosed_ >= patience;
  const std::size_t start = at + (rules.escaped ? 1 : 0);
  const Quote quote = quote_at(ahead, start);
  rules.style = quote.style;
  rules.quotes = opening_quotes(ahead, start, role);
  return {rules, start + quote.size * rules.quotes};
}

Grammar::Step Grammar::string(const Ahead& ahead, Role role) {
  const Opening opened = opening(ahead, 0, role);
  string_ = opened.rules;
  const std::size_t body = opened.body;
  StringEnd end = string_end(ahead, body, string_);
  end.joined = joins(ahead, end);
  // In an array a string before a colon is a key whose object nobody opened.
  const bool keyed = role == Role::element && end.how == StringEnd::How::closed &&
                     colon_follows(ahead, end.behind);
  if (ahead.wants()) return Step::more;
  if (keyed) return open_member();
  if (end.unclosed) ++unclosed_;
  if (role == Role::key && end.how == StringEnd::How::input && end.at == body) {
    // The input ends with the quote of a key: nothing is lost without it.
    editor_.remove(Kind::missing_end, likely, end.at);
    return Step::done;
  }
  if (decisions_.drops_empty_starts && end.how == StringEnd::How::input && end.at == body &&
      place_.expected == Expected::value_or_end) {
    editor_.remove(Kind::missing_end, guess, end.at);
    return Step::done;
  }
  return write_string(ahead, body, end);
}

bool Grammar::colon_follows(const Ahead& ahead, std::size_t at) {
  return ahead.at(at + gap_at(ahead, at, gap_rules, at + right_context).size) == ':';
}

/// `["k": 1]`: an object begins here that is not written.
Grammar::Step Grammar::open_member() {
  if (!open(true)) return Step::done;
  odd_.push_back({Odd::What::member, place_.nesting.depth()});
  editor_.insert(Kind::wrong_brackets, likely, "{");
  return Step::done;
}

Grammar::Step Grammar::write_string(const Ahead& ahead, std::size_t body, const StringEnd& end) {
  if (whole_string(ahead, body, end)) return Step::done;
  const bool as_is = body == 1 && string_.style == QuoteStyle::straight;
  if (as_is) {
    editor_.pass(1);
  } else {
    editor_.replace(string_.quoting(), certain, body, "\"");
  }
  return write_rest(ahead, body, end);
}

/// A short string with nothing wrong but its quotes is one repair.
bool Grammar::whole_string(const Ahead& ahead, std::size_t body, const StringEnd& end) {
  if (end.how != StringEnd::How::closed || end.behind > Repair::most_text) return false;
  const std::string_view text = ahead.text(body, end.at);
  const bool as_is =
      string_.style == QuoteStyle::straight && string_.quotes == 1 && !string_.escaped;
  if (as_is || !plain_body(text) || end.joined > 0) return false;
  std::string plain = "\"";
  plain.append(text).append("\"");
  editor_.replace(string_.quoting(), certain, end.behind, plain);
  string_done();
  return true;
}

/// From the place, which is in the string at `from`, to its end or as far as it is in sight.
Grammar::Step Grammar::write_rest(const Ahead& ahead, std::size_t from, const StringEnd& end) {
  const bool cut = end.how == StringEnd::How::input && !decisions_.keeps_cut_escape;
  const BodyEnd kind = end.how == StringEnd::How::far ? BodyEnd::piece
                       : cut                          ? BodyEnd::input
                                                      : BodyEnd::string;
  const std::size_t used = write_body(editor_, text_end(ahead, from, end) - from,
                                      {string_.style, string_.escaped, kind});
  if (end.how == StringEnd::How::far) {
    string_.continued = true;
    mode_ = Mode::string;
    return Step::done;
  }
  mode_ = Mode::tokens;
  const std::size_t blanks = end.at > from + used ? end.at - from - used : 0;
  if (blanks > 0) editor_.remove(Kind::unescaped_control, certain, blanks);
  const std::size_t done = from + used + blanks;
  close_string(ahead, end, end.behind > done ? end.behind - done : 0);
  return Step::done;
}

/// Where the text of a string ends, which began before `from`: before the blanks that are no part
/// of it.
std::size_t Grammar::text_end(const Ahead& ahead, std::size_t from, const StringEnd& end) const {
  using enum StringEnd::How;
  if (!decisions_.trims_mended_strings || end.how == far) return end.at;
  std::size_t at = end.at;
  if (end.how == closed && (at == from || ahead.at(at - 1) != '\n')) return at;
  while (at > from) {
    if (is_blank(ahead.at(at - 1))) {
      --at;
    } else if (end.how != closed && escaped_blank(ahead, from, at)) {
      at -= 2;
    } else {
      break;
    }
  }
  return at;
}

Grammar::Step Grammar::string_goes_on() {
  const Ahead ahead = editor_.ahead();
  StringEnd end = string_end(ahead, 0, string_);
  end.joined = joins(ahead, end);
  if (ahead.wants()) return Step::more;
  return write_rest(ahead, 0, end);
}

/// Where a string begins that follows behind a plus: `"a" + "b"`; 0 without one.
std::size_t Grammar::joins(const Ahead& ahead, const StringEnd& end) {
  if (end.how == StringEnd::How::far || end.how == StringEnd::How::input) return 0;
  const std::size_t at = end.behind;
  const std::size_t plus = at + gap_at(ahead, at, gap_rules, at + right_context).size;
  if (ahead.at(plus) != '+') return 0;
  const std::size_t next = plus + 1 + gap_at(ahead, plus + 1, gap_rules, plus + right_context).size;
  const bool escaped = ahead.at(next) == '\\';
  return quote_at(ahead, next + (escaped ? 1 : 0)) ? next : 0;
}

/// Behind the body: the quote, and a string that is joined by a plus.
void Grammar::close_string(const Ahead& ahead, const StringEnd& end, std::size_t quote) {
  if (const std::size_t next = end.joined) {
    string_.escaped = ahead.at(next) == '\\';
    const Quote second = quote_at(ahead, next + (string_.escaped ? 1 : 0));
    const std::size_t removed = next - end.behind + quote + (string_.escaped ? 1 : 0) + second.size;
    editor_.remove(Kind::concatenation, certain, removed);
    string_.style = second.style;
    string_.quotes = 1;
    string_.continued = false;
    mode_ = Mode::string;
    return;
  }
  if (end.how != StringEnd::How::closed) {
    editor_.insert(Kind::missing_quote, guess, "\"");
  } else if (string_.style == QuoteStyle::straight && string_.quotes == 1 && !string_.escaped &&
             quote == 1) {
    editor_.pass(1);
  } else {
    editor_.replace(string_.quoting(), certain, quote, "\"");
  }
  string_done();
}

void Grammar::string_done() {
  if (string_.role == Role::key) {
    place_.expected = Expected::colon;
  } else {
    value_done();
  }
}

}  // namespace gird::json
