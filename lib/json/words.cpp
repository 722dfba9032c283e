// Text without quotes: literals, numbers, strings, keys.
#include "base/utf8.hpp"
#include "json/grammar.hpp"
#include "json/letters.hpp"
#include "json/literal.hpp"
#include "json/number_text.hpp"
#include "json/quote_context.hpp"
#include "json/string_body.hpp"
#include "json/word.hpp"

namespace gird::json {

using enum Confidence;

namespace {

std::size_t first_scalar(const Ahead& ahead) {
  std::size_t size = 0;
  while (in_scalar(ahead.at(size))) ++size;
  return size;
}

/// Whether the bytes are the start of a number that goes on out of sight.
bool long_number(std::string_view text) { return NumberReader().take(text) == text.size(); }

bool is_scalar(std::string_view text) {
  return literal_in(text).has_value() || number_in(text).has_value();
}

}  // namespace

/// The key that the word up to `end` stands before, and is none itself: {"a": 1, NOTE "b": 2}
std::optional<std::size_t> Grammar::key_behind_word(const Ahead& ahead, std::size_t end) {
  const std::size_t next = end + gap_at(ahead, end, {}, end + right_context).size;
  if (next == end || !begins_string(ahead, next) || !key_follows(ahead, next)) return std::nullopt;
  return next;
}

/// The size of a literal or number at `at` that no colon follows: {"a": "b" true}; 0 without one.
std::size_t Grammar::lone_value(const Ahead& ahead, std::size_t at) {
  std::size_t end = at;
  while (end < at + right_context && in_scalar(ahead.at(end))) ++end;
  const int c = ahead.at(end + gap_at(ahead, end, {}, end + right_context).size);
  const bool alone = end > at && (c == '}' || c == ',');
  return alone && is_scalar(ahead.text(at, end)) ? end - at : 0;
}

Grammar::Step Grammar::word(const Ahead& ahead, Role role) {
  if (role != Role::key) {
    if (const std::size_t prefix = string_prefix(ahead, 0)) {
      if (ahead.wants()) return Step::more;
      editor_.remove(Kind::wrapper, likely, prefix);
      return Step::done;
    }
    if (const std::size_t name = call_at(ahead, 0, role == Role::top)) return call(ahead, name);
  }
  const Word found = word_at(ahead, 0, {role, in_parens()});
  const bool dropped =
      role == Role::key && (key_behind_word(ahead, found.size) || lone_value(ahead, 0) > 0);
  const std::size_t scalar_size = role == Role::key ? 0 : leading_scalar(ahead, found, role);
  if (ahead.wants()) return Step::more;
  if (found.size == 0) return stray(ahead);
  if (dropped) {
    editor_.remove(Kind::missing_key, guess, found.size);
    return Step::done;
  }
  if (found.far && role != Role::key && long_number(ahead.text())) {
    number_ = {};
    mode_ = Mode::digits;
    return Step::done;
  }
  if (scalar_size > 0) return scalar(ahead.text(0, scalar_size));
  return quoted_word(ahead, found, role);
}

/// How much of a word is a literal or a number, with what is behind it left to be the next token.
std::size_t Grammar::leading_scalar(const Ahead& ahead, const Word& found, Role role) {
  const bool whole = !found.far || found.size < ahead.size();
  if (whole && is_scalar(ahead.text(0, found.size))) return found.size;
  const std::size_t size = first_scalar(ahead);
  const bool ends = is_blank(ahead.at(size)) || ahead.at(size) == ')';
  if (size >= found.size || !ends || !is_scalar(ahead.text(0, size))) return 0;
  if (role == Role::top) return 0;
  if (role == Role::element || ahead.at(size) == ')') return size;
  const std::size_t next = size + gap_at(ahead, size, {}, size + right_context).size;
  return key_follows(ahead, next) ? size : 0;
}

/// A number that is longer than what is in sight: it passes as far as it is one.
Grammar::Step Grammar::digits() {
  const Ahead ahead = editor_.ahead();
  const std::size_t size = number_.take(ahead.text());
  const int c = ahead.at(size);
  editor_.pass(size);
  if (c == Ahead::far) return Step::done;
  if (c == Ahead::later) return Step::more;
  mode_ = Mode::tokens;
  const bool excess = in_scalar(c);
  if (excess && !settings_.aggressive) {
    // Its start was given as a number: it cannot become a string any more.
    editor_.refuse(Refusal::Why::broken, "a number longer than 64 KiB goes on as none");
    return Step::done;
  }
  if (!number_.complete()) editor_.insert(Kind::number, likely, "0");
  if (excess) {
    mode_ = Mode::excess;
  } else {
    value_done();
  }
  return Step::done;
}

/// What hangs on a long number and is no part of it.
Grammar::Step Grammar::excess() {
  const Ahead ahead = editor_.ahead();
  std::size_t size = 0;
  while (in_scalar(ahead.at(size))) ++size;
  const int c = ahead.at(size);
  editor_.remove_piece(Kind::number, guess, size);
  if (c == Ahead::far) return Step::done;
  if (c == Ahead::later) return Step::more;
  editor_.finish_removal();
  mode_ = Mode::tokens;
  value_done();
  return Step::done;
}

/// A character that begins nothing.
Grammar::Step Grammar::stray(const Ahead& ahead) {
  const int c = ahead.at(0);
  if (settings_.aggressive || c == '"') {
    std::size_t size = 1;
    while ((ahead.at(size) & 0xC0) == 0x80 && ahead.at(size) >= 0) ++size;
    if (ahead.wants()) return Step::more;
    editor_.remove(Kind::prose, guess, size);
  } else {
    editor_.refuse(Refusal::Why::broken, "no value can begin here");
  }
  return Step::done;
}

Grammar::Step Grammar::scalar(std::string_view text) {
  if (const auto literal = literal_in(text)) {
    if (!literal->kind) {
      editor_.pass(text.size());
    } else if (literal->text.empty()) {
      return not_a_number(text);
    } else {
      editor_.replace(*literal->kind, certain, text.size(), literal->text);
    }
    value_done();
    return Step::done;
  }
  const auto number = number_in(text);
  if (number->form == NumberForm::json) {
    editor_.pass(text.size());
  } else if (number->form == NumberForm::leading_zero && decisions_.leading_zero_is_text) {
    editor_.replace(Kind::leading_zero, likely, text.size(), '"' + std::string(text) + '"');
  } else {
    editor_.replace(number->form == NumberForm::mendable ? Kind::number : Kind::leading_zero,
                    likely, text.size(), number->text);
  }
  value_done();
  return Step::done;
}

Grammar::Step Grammar::not_a_number(std::string_view text) {
  switch (decisions_.not_a_number) {
    case NotANumber::null: editor_.replace(Kind::not_a_number, likely, text.size(), "null"); break;
    case NotANumber::string:
      editor_.replace(Kind::not_a_number, likely, text.size(), '"' + std::string(text) + '"');
      break;
    case NotANumber::error:
      editor_.refuse(Refusal::Why::forbidden, std::string(text) + " has no number in JSON",
                     Kind::not_a_number);
      return Step::done;
  }
  value_done();
  return Step::done;
}

Grammar::Step Grammar::quoted_word(const Ahead& ahead, const Word& found, Role role) {
  const Kind kind = found.end_quote     ? Kind::missing_quote
                    : role == Role::key ? Kind::unquoted_key
                                        : Kind::unquoted_string;
  const std::string_view text = ahead.text(0, found.size);
  const std::size_t size = found.size + (found.end_quote ? 1 : 0);
  string_.role = role;
  if (!found.far && size <= Repair::most_text && plain_body(text)) {
    editor_.replace(kind, certain, size, '"' + std::string(text) + '"');
    string_done();
    return Step::done;
  }
  if (mode_ == Mode::tokens) editor_.insert(kind, certain, "\"");
  // What goes on is written but for its end, where blanks may turn out to stand outside.
  constexpr std::size_t kept = 1024;
  const std::size_t now = found.far ? ahead.size() - kept : found.size;
  const std::size_t used = write_body(
      editor_, now, {QuoteStyle::none, false, found.far ? BodyEnd::piece : BodyEnd::string});
  mode_ = found.far ? Mode::word : Mode::tokens;
  if (found.far) return Step::done;
  editor_.replace(kind, certain, size > used ? size - used : 0, "\"");
  string_done();
  return Step::done;
}

Grammar::Step Grammar::word_goes_on() {
  const Ahead ahead = editor_.ahead();
  const Word found = word_at(ahead, 0, {string_.role, in_parens()});
  if (ahead.wants()) return Step::more;
  return quoted_word(ahead, found, string_.role);
}

Grammar::Step Grammar::regular_expression(const Ahead& ahead) {
  std::size_t i = 1;
  constexpr std::size_t longest = 4096;
  while (i < longest && ahead.at(i) >= ' ' && ahead.at(i) != '/') {
    i += ahead.at(i) == '\\' && ahead.at(i + 1) >= ' ' ? 2 : 1;
  }
  const bool closed = ahead.at(i) == '/' && valid_utf8(ahead.text(0, i));
  while (closed && is_letter(ahead.at(i + 1))) ++i;
  if (ahead.wants()) return Step::more;
  if (!closed) return word(ahead, role());
  const std::string_view text = ahead.text(0, i + 1);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\\' || c == '"') quoted += '\\';
    quoted += c;
  }
  editor_.replace(Kind::regular_expression, likely, text.size(), quoted + '"');
  value_done();
  return Step::done;
}

}  // namespace gird::json
