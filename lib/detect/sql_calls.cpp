// Calls that injected SQL makes.
#include "detect/sql_grammar.hpp"
#include "detect/sql_signs.hpp"

namespace gird::detect::sql {
namespace {

/// Whether the token before stands where an expression is expected, by SQL's own grammar: `select
/// f(`, `or f(`, `=f(`.
bool in_expression(const Stream& stream) {
  std::size_t back = 1;
  while (back < Stream::memory && stream.behind(back).kind == Kind::open) ++back;
  const Token& before = stream.behind(back);
  if (before.word == Word::select || before.word == Word::where || before.word == Word::by ||
      before.word == Word::having || before.word == Word::when || before.word == Word::compare) {
    return true;
  }
  if (before.kind == Kind::logic)
    return before.word == Word::logic || stream.ahead(0).word != Word::plain_sleep || back > 1;
  return before.kind == Kind::compare && back == 1 && stream.ahead(0).word != Word::plain_sleep;
}

void sleep_sign(const Stream& stream, Signs& signs) {
  const Operand first = operand(stream, 2);
  if (stream.behind(1).kind == Kind::dot || first.value == Value::none) return;
  const std::size_t next = behind_parenthesis(stream, 1);
  const bool broken =
      stream.behind(1).broken || (stream.behind(2).broken && stream.behind(1).kind != Kind::name);
  const Kind before = stream.behind(1).kind;
  const bool alone = before == Kind::start && stream.ahead(next).kind == Kind::end;
  const bool stacked = before == Kind::semicolon && stream.behind(2).kind == Kind::start;
  const bool operand_of = before == Kind::logic || before == Kind::comma ||
                          before == Kind::compare || before == Kind::operation;
  const bool compared = before == Kind::start && comparison(stream, next) > 0;
  if (in_expression(stream) || broken) {
    signs.add("sql/sleep", span(stream, next));
  } else if (alone || stacked || operand_of || compared || is_terminator(stream, next)) {
    signs.add("sql/sleep-operand", span(stream, next));
  } else {
    signs.add("sql/sleep-alone", span(stream, next));
  }
}

void time_sign(const Stream& stream, Signs& signs) {
  const bool dotted = stream.behind(1).kind == Kind::dot;
  const bool argument = operand(stream, 2).value != Value::none;
  if (in_expression(stream) || (dotted && argument) || stream.ahead(2).kind == Kind::number) {
    signs.add("sql/time-call", span(stream, 2));
  } else {
    signs.add("sql/time-name", span(stream, 2));
  }
}

void file_sign(const Stream& stream, Signs& signs) {
  const Operand first = operand(stream, 2);
  const bool sure = in_expression(stream) || stream.behind(1).kind == Kind::comma ||
                    stream.text(stream.ahead(first.token)).starts_with("0x") ||
                    is_any_function(first.word);
  signs.add(sure ? "sql/file-call" : "sql/file-name", span(stream, first.next));
}

void error_sign(const Stream& stream, Signs& signs) {
  const Operand first = operand(stream, 2);
  const bool sure =
      in_expression(stream) || is_any_function(first.word) || first.value == Value::constant;
  signs.add(sure ? "sql/error-call" : "sql/error-name", span(stream, first.next));
}

/// `char(58)+char(59)`, `chr(1)||chr(2)`, `char(58,59)`.
void char_sign(const Stream& stream, Signs& signs) {
  if (stream.ahead(2).kind != Kind::number) return;
  if (stream.ahead(3).kind == Kind::comma && stream.ahead(4).kind == Kind::number) {
    signs.add("sql/char-list", span(stream, 4));
  }
  if (stream.ahead(3).kind != Kind::close) return;
  for (std::size_t n = 4; n <= 5; ++n) {
    if (stream.ahead(n).word == Word::char_call)
      return signs.add("sql/char-building", span(stream, n));
  }
}

void concat_sign(const Stream& stream, Signs& signs) {
  for (std::size_t n = 2; n < 10 && stream.ahead(n).kind != Kind::close; ++n) {
    const Token& token = stream.ahead(n);
    if (token.word == Word::info_call || token.word == Word::select ||
        token.word == Word::char_call ||
        (token.kind == Kind::number && stream.text(token).starts_with("0x")) ||
        (token.kind == Kind::variable && stream.text(token).starts_with("@@"))) {
      return signs.add("sql/concat", span(stream, n));
    }
  }
}

/// `ascii(substring(`, `mid((select`, `hex(version())`.
void probe_sign(const Stream& stream, Signs& signs) {
  const Operand first = operand(stream, 2);
  if (first.value == Value::select ||
      (first.value == Value::variable &&
       stream.text(stream.ahead(first.token)).starts_with("@@")) ||
      (first.value == Value::call &&
       (first.word == Word::text_call || first.word == Word::info_call ||
        first.word == Word::common_call))) {
    signs.add("sql/probe", span(stream, first.next));
  }
}

void heavy_sign(const Stream& stream, Signs& signs) {
  for (std::size_t n = 2; n < 6; ++n) {
    const Token& token = stream.ahead(n);
    if (token.kind == Kind::number && token.where.end - token.where.begin >= 6) {
      return signs.add("sql/heavy-call", span(stream, n));
    }
  }
}

/// `length(version())`.
void info_sign(const Stream& stream, Signs& signs) {
  if (stream.ahead(2).kind == Kind::close && stream.behind(1).kind == Kind::open &&
      is_any_function(stream.behind(2).word)) {
    signs.add("sql/info-argument", span(stream, 3));
  }
}

/// `if(1=1,`, `elt(1=2,`, `make_set(3=3,`: a function that is given a comparison of constants.
void condition_sign(const Stream& stream, Signs& signs) {
  const Condition found = condition(stream, 2);
  if (is_constant(found) && stream.text(stream.ahead(found.sign)) != "==") {
    signs.add("sql/tautology", span(stream, found.right.next));
  }
}

}  // namespace

void call_signs(const Stream& stream, Signs& signs) {
  const Token& token = stream.ahead(0);
  const bool function = is_any_function(token.word) || token.word == Word::values;
  const Token& before = stream.behind(1);
  if ((function || token.word == Word::exec) &&
      (before.kind == Kind::start || before.word == Word::select) &&
      stream.ahead(2).kind == Kind::end) {
    signs.add("sql/open-call", span(stream, 2));
    return;
  }
  switch (token.word) {
    case Word::plain_sleep: return sleep_sign(stream, signs);
    case Word::time_call: return time_sign(stream, signs);
    case Word::file_call: return file_sign(stream, signs);
    case Word::error_call: condition_sign(stream, signs); return error_sign(stream, signs);
    case Word::char_call: return char_sign(stream, signs);
    case Word::concat_call: return concat_sign(stream, signs);
    case Word::text_call: return probe_sign(stream, signs);
    case Word::info_call: return info_sign(stream, signs);
    case Word::heavy_call: return heavy_sign(stream, signs);
    case Word::test: return condition_sign(stream, signs);
    default: return;
  }
}

}  // namespace gird::detect::sql
