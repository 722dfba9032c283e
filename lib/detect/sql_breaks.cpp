// What stands behind a quote that the writer of the statement did not expect.
#include "detect/sql_grammar.hpp"
#include "detect/sql_signs.hpp"

namespace gird::detect::sql {
namespace {

/// Whether the quote ends a word or the text begins with it, as one that is left does; one that is
/// opened has a space, a bracket or '=' before it.
bool is_tight(const Stream& stream) {
  const std::size_t quote = stream.ahead(0).where.end - 1;
  return quote == 0 || !std::string_view(" \t([{=,:").contains(stream.text()[quote - 1]);
}

/// `'`, `''`, `'x`: what is left of the statement's own quote, or a word to meet it.
bool meets_quote(const Stream& stream, std::size_t n) {
  const Token& token = stream.ahead(n);
  const std::string_view text = stream.text(token);
  return token.kind == Kind::string && token.unclosed && text.size() <= 16 && !text.contains(' ');
}

/// `''1'`: the quote was doubled on the way, and what is behind it belongs to it.
bool is_rest(const Stream& stream, std::size_t n) {
  const Token& token = stream.ahead(n);
  return !token.spaced && !token.unclosed &&
         (token.kind == Kind::string || (token.kind == Kind::number && n > 1));
}

/// `' or 1--`, `' or '1`, `'||'a'||'`: a constant, and the quote or the rest of the statement.
void constant_sign(const Stream& stream, const Operand& left, bool tight, Signs& signs) {
  const std::size_t next = left.next;
  const Kind kind = stream.ahead(next).kind;
  const bool met = meets_quote(stream, left.token) || kind == Kind::logic;
  if (is_terminator(stream, next) || (met && tight)) {
    signs.add("sql/break-logic", span(stream, next));
  } else if (met || is_end(stream, next) || kind == Kind::semicolon || is_end(stream, next + 1)) {
    signs.add("sql/loose-logic", span(stream, next));
  }
}

/// `' or abc--`, `' or abc!`, `' or (abc`: a word says little.
void word_sign(const Stream& stream, const Operand& left, bool tight, Signs& signs) {
  const bool operated =
      stream.ahead(left.next).kind == Kind::operation && is_end(stream, left.next + 1);
  if (operated || is_terminator(stream, left.next)) {
    signs.add("sql/loose-logic", span(stream, left.next));
  } else if (tight && (left.open > 0 || is_end(stream, left.next))) {
    signs.add("sql/break-names", span(stream, left.next));
  }
}

void behind_logic(const Stream& stream, std::size_t n, bool tight, Signs& signs) {
  const Condition found = condition(stream, n + 1);
  const Operand& left = found.left;
  const bool call = left.value == Value::call;
  if (found.compared) {
    signs.add(tight ? "sql/break-compare" : "sql/loose-compare", span(stream, found.right.next));
  } else if (left.value == Value::select || (call && is_function(left.word))) {
    signs.add("sql/break-call", span(stream, left.next));
  } else if (call && tight) {
    signs.add("sql/break-any-call", span(stream, left.next));
  } else if (left.value == Value::constant) {
    constant_sign(stream, left, tight, signs);
  } else if (left.value == Value::name) {
    word_sign(stream, left, tight, signs);
  }
}

void behind_operator(const Stream& stream, std::size_t n, bool tight, Signs& signs) {
  const Operand right = operand(stream, n);
  const std::size_t next = right.next;
  const bool ended = is_stop(stream, next) && stream.ahead(next).kind != Kind::end;
  if (right.value == Value::none) return;
  if (right.value == Value::name) {
    if (tight && ended) signs.add("sql/break-operator", span(stream, next));
    if (tight && stream.ahead(next).kind == Kind::end) {
      signs.add("sql/break-names", span(stream, next));
    }
    return;
  }
  const bool joined = meets_quote(stream, right.token) || stream.ahead(next).kind == Kind::logic;
  if (right.value == Value::select || (right.value == Value::call && is_function(right.word))) {
    signs.add("sql/break-call", span(stream, next));
  } else if (tight && (ended || joined)) {
    signs.add("sql/break-operator", span(stream, next));
  } else if (ended || (tight && is_end(stream, next))) {
    signs.add("sql/loose-operator", span(stream, next));
  }
}

void behind_comma(const Stream& stream, std::size_t n, Signs& signs) {
  while (stream.ahead(n).kind == Kind::comma && is_constant(stream.ahead(n + 1))) n += 2;
  const std::size_t end = n;
  while (stream.ahead(n).kind == Kind::close) ++n;
  if (n > end && is_terminator(stream, n)) signs.add("sql/break-list", span(stream, n));
}

void behind_word(const Stream& stream, std::size_t n, bool tight, Signs& signs) {
  const Token& token = stream.ahead(n);
  const bool quotation = stream.ahead(n + 1).kind == Kind::string && stream.ahead(n + 1).unclosed;
  if (tight && !quotation && is_stacked(stream, n)) {
    signs.add("sql/break-statement", span(stream, n + 1));
  } else if (token.word == Word::limit && stream.ahead(n + 1).kind == Kind::number &&
             is_terminator(stream, n + 2)) {
    signs.add("sql/break-limit", span(stream, n + 2));
  } else if (token.word == Word::operation && stream.ahead(n + 1).kind != Kind::end) {
    behind_operator(stream, n + 1, tight, signs);
  }
}

}  // namespace

void break_signs(const Stream& stream, Signs& signs) {
  if (!stream.ahead(0).broken) return;
  const bool tight = is_tight(stream);
  std::size_t n = 1;
  while (n < Stream::reach && (stream.ahead(n).kind == Kind::close || is_rest(stream, n))) ++n;
  const Token& token = stream.ahead(n);
  if (is_terminator(stream, n)) {
    signs.add(tight ? "sql/break-comment" : "sql/loose-comment", span(stream, n));
  } else if (token.kind == Kind::logic) {
    behind_logic(stream, n, tight, signs);
  } else if (const std::size_t length = comparison(stream, n); length > 0) {
    behind_operator(stream, n + length, tight, signs);
  } else if (token.kind == Kind::operation) {
    behind_operator(stream, n + 1, tight, signs);
  } else if (token.kind == Kind::comma) {
    behind_comma(stream, n, signs);
  } else if (token.kind == Kind::semicolon) {
    if (is_terminator(stream, n + 1)) signs.add("sql/break-comment", span(stream, n + 1));
    const bool closed = tight && n > 1 && stream.ahead(n + 1).kind == Kind::end;
    if (closed) signs.add("sql/break-names", span(stream, n));
  } else if (token.kind == Kind::name) {
    behind_word(stream, n, tight, signs);
  }
}

}  // namespace gird::detect::sql
