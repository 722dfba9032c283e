#include "detect/sql_grammar.hpp"

namespace gird::detect::sql {
namespace {

bool is_unary(const Stream& stream, std::size_t n) {
  const Token& token = stream.ahead(n);
  if (token.kind == Kind::operation) {
    return std::string_view("-+~!").contains(stream.text(token).front());
  }
  return token.kind == Kind::name &&
         (token.word == Word::negation || token.word == Word::exists || token.word == Word::all);
}

/// `1+1`, `'a'||'b'`, `2*3`: the token behind the constants that begin at `n`.
std::size_t behind_constants(const Stream& stream, std::size_t n) {
  ++n;
  while (stream.ahead(n).kind == Kind::operation && is_constant(stream.ahead(n + 1))) n += 2;
  return n;
}

std::size_t behind_name(const Stream& stream, std::size_t n) {
  ++n;
  while (stream.ahead(n).kind == Kind::dot && stream.ahead(n + 1).kind == Kind::name) n += 2;
  return n;
}

/// Whether nothing but constants and functions of SQL stand from `n` to `end`.
bool is_folded(const Stream& stream, std::size_t n, std::size_t end) {
  for (; n < end; ++n) {
    const Token& token = stream.ahead(n);
    if (token.kind == Kind::name && !is_any_function(token.word) && token.word != Word::constant) {
      return false;
    }
    if (token.kind == Kind::variable || token.kind == Kind::semicolon) return false;
  }
  return true;
}

void name_operand(const Stream& stream, std::size_t n, Operand& found) {
  const std::size_t next = behind_name(stream, n);
  const Token& last = stream.ahead(next - 1);
  found.next = next;
  const bool called = stream.ahead(next).kind == Kind::open &&
                      (!stream.ahead(next).spaced || last.word != Word::none);
  if (!called) {
    found.value = last.word == Word::select     ? Value::select
                  : last.word == Word::constant ? Value::constant
                                                : Value::name;
    return;
  }
  found.word = last.word;
  found.value = last.word == Word::select ? Value::select : Value::call;
  found.next = behind_parenthesis(stream, next);
  found.folded = is_any_function(found.word) && found.next < Stream::reach &&
                 is_folded(stream, next, found.next);
}

}  // namespace

bool is_constant(const Token& token) {
  return token.kind == Kind::number || token.kind == Kind::string || token.word == Word::constant;
}

bool is_call(const Stream& stream, std::size_t n) {
  return stream.ahead(n).kind == Kind::name && stream.ahead(n + 1).kind == Kind::open;
}

std::size_t behind_parenthesis(const Stream& stream, std::size_t n) {
  std::size_t depth = 0;
  for (; n < Stream::reach; ++n) {
    if (stream.ahead(n).kind == Kind::open) ++depth;
    if (stream.ahead(n).kind == Kind::close && --depth == 0) return n + 1;
    if (stream.ahead(n).kind == Kind::end) break;
  }
  return Stream::reach;
}

bool is_function(Word word) {
  return word >= Word::time_call && word <= Word::heavy_call && word != Word::plain_sleep &&
         word != Word::common_call;
}

bool is_any_function(Word word) { return word >= Word::time_call && word <= Word::heavy_call; }

bool is_terminator(const Stream& stream, std::size_t n) {
  const Token& token = stream.ahead(n);
  return token.kind == Kind::comment && token.where.end - token.where.begin <= 6;
}

bool is_end(const Stream& stream, std::size_t n) {
  return stream.ahead(n).kind == Kind::end || is_terminator(stream, n);
}

Operand operand(const Stream& stream, std::size_t n) {
  Operand found;
  while (n < Stream::reach && (stream.ahead(n).kind == Kind::open || is_unary(stream, n))) {
    found.open += stream.ahead(n).kind == Kind::open ? 1 : 0;
    ++n;
  }
  const Token& token = stream.ahead(n);
  found.token = n;
  found.next = n;
  if (is_constant(token)) {
    found.value = Value::constant;
    found.next = behind_constants(stream, n);
  } else if (token.kind == Kind::variable) {
    found.value = Value::variable;
    found.next = n + 1;
  } else if (token.kind == Kind::name) {
    name_operand(stream, n, found);
  }
  while (stream.ahead(found.next).kind == Kind::close && found.next < Stream::reach) ++found.next;
  return found;
}

std::size_t comparison(const Stream& stream, std::size_t n) {
  const Token& token = stream.ahead(n);
  if (token.kind == Kind::compare) return 1;
  if (token.word == Word::compare) return stream.ahead(n + 1).word == Word::negation ? 2 : 1;
  if (token.word == Word::negation && stream.ahead(n + 1).word == Word::compare) return 2;
  return 0;
}

Condition condition(const Stream& stream, std::size_t n) {
  Condition found{.left = operand(stream, n), .right = {}};
  if (found.left.value == Value::none) return found;
  const std::size_t length = comparison(stream, found.left.next);
  if (length == 0) return found;
  found.sign = found.left.next;
  found.compared = true;
  found.right = operand(stream, found.sign + length);
  return found;
}

bool is_constant(const Condition& condition) {
  const auto known = [](const Operand& side) {
    return side.value == Value::constant || side.folded;
  };
  return condition.compared && known(condition.left) && known(condition.right);
}

bool is_word(const Stream& stream, std::size_t n, Word word) {
  return stream.ahead(n).word == word;
}
bool is_kind(const Stream& stream, std::size_t n, Kind kind) {
  return stream.ahead(n).kind == kind;
}

bool behind_value(const Stream& stream) {
  const Token& before = stream.behind(1);
  return before.kind == Kind::number || before.kind == Kind::close || before.kind == Kind::start ||
         before.kind == Kind::string;
}

bool is_stop(const Stream& stream, std::size_t n) {
  return is_end(stream, n) || (is_kind(stream, n, Kind::semicolon) && is_end(stream, n + 1));
}

Span span(const Stream& stream, std::size_t n) {
  const Token& last = stream.ahead(n > 0 ? n - 1 : 0);
  const std::size_t end = last.kind == Kind::end ? stream.text().size() : last.where.end;
  return {stream.begin() + stream.ahead(0).where.begin, stream.begin() + end};
}

}  // namespace gird::detect::sql
