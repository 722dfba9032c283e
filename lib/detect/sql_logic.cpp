// AND, OR and what they join.
#include "detect/sql_grammar.hpp"
#include "detect/sql_signs.hpp"

namespace gird::detect::sql {
namespace {

/// Behind `)` and at the start of a line, prose about functions has AND as well.
bool is_telling(Word function, Kind before) {
  if (before == Kind::start) return function <= Word::error_call || function == Word::heavy_call;
  return before != Kind::close || function < Word::text_call || function == Word::heavy_call;
}

bool is_clause(Word word) {
  return word == Word::order || word == Word::group || word == Word::having ||
         word == Word::limit || word == Word::unite;
}

/// `x'or'y`: the quotes of two values, not those of a quotation around OR.
bool is_tight_logic(const Stream& stream) {
  const std::size_t before = stream.ahead(0).where.begin - 2;
  const std::size_t behind = stream.ahead(1).where.begin + 1;
  const auto space = [&](std::size_t n) {
    return n >= stream.text().size() || stream.text()[n] == ' ';
  };
  return !space(before) && !space(behind);
}

/// The text begins with AND or OR, as a piece that goes behind another's condition does.
void logic_start(const Stream& stream, const Condition& found, Signs& signs) {
  const Token& right = stream.ahead(found.right.token);
  const bool sign = is_kind(stream, found.sign, Kind::compare) || found.right.open > 0;
  const bool cut =
      found.compared &&
      ((found.right.value == Value::none && sign) ||
       (right.kind == Kind::string && right.unclosed && stream.text(right).size() == 1));
  if (cut && is_end(stream, found.right.next)) {
    signs.add("sql/cut-condition", span(stream, found.right.next));
  } else if (is_kind(stream, 1, Kind::string) && stream.ahead(1).unclosed) {
    signs.add("sql/cut-condition", span(stream, 2));
  } else if (stream.begin() > 0 && stream.ahead(0).word == Word::none &&
             found.left.value != Value::none) {
    signs.add("sql/field-logic", span(stream, found.left.next));
  } else if (found.compared && stream.ahead(0).word == Word::logic &&
             is_stop(stream, found.right.next)) {
    signs.add("sql/logic-start", span(stream, found.right.next));
  } else if (found.left.value == Value::constant && stream.ahead(0).word == Word::logic &&
             is_end(stream, found.left.next)) {
    signs.add("sql/logic-alone", span(stream, found.left.next));
  }
}

/// Whether AND or OR and a constant decide alone: the rest is hidden, or another clause follows.
bool is_decided(const Stream& stream, const Operand& left) {
  if (left.value != Value::constant || !behind_value(stream)) return false;
  const bool word = is_word(stream, left.token, Word::constant);
  return is_terminator(stream, left.next) || is_clause(stream.ahead(left.next).word) ||
         (word && stream.behind(1).kind == Kind::number && is_kind(stream, left.next, Kind::end));
}

/// `'x'or'y'`, without a space.
bool is_quoted(const Stream& stream) {
  const Token& logic = stream.ahead(0);
  const Token& next = stream.ahead(1);
  return logic.word == Word::logic && !logic.spaced && !next.spaced &&
         stream.behind(1).kind == Kind::string && next.kind == Kind::string &&
         is_tight_logic(stream);
}

bool is_same_name(const Stream& stream, const Condition& found) {
  return found.left.value == Value::name && found.right.value == Value::name &&
         is_kind(stream, found.sign, Kind::compare) &&
         stream.text(stream.ahead(found.left.token)) ==
             stream.text(stream.ahead(found.right.token));
}

void condition_sign(const Stream& stream, const Condition& found, Signs& signs) {
  const bool number = stream.behind(1).kind == Kind::number && stream.behind(2).kind == Kind::start;
  const std::size_t next = found.right.next;
  if (is_constant(found)) {
    const bool plain = is_kind(stream, found.sign, Kind::compare);
    signs.add(plain ? "sql/tautology" : "sql/constant-like", span(stream, next));
  } else if (is_same_name(stream, found)) {
    signs.add("sql/same-name", span(stream, next));
  } else if (number && is_end(stream, next)) {
    signs.add("sql/number-logic", span(stream, next));
  }
}

void operand_sign(const Stream& stream, const Operand& left, Signs& signs) {
  const bool call = left.value == Value::call && is_function(left.word) && behind_value(stream);
  if (left.value == Value::select && left.open > 0 && is_list(stream, left.token + 1)) {
    signs.add("sql/subselect", span(stream, left.next));
  } else if (call && is_telling(left.word, stream.behind(1).kind)) {
    signs.add("sql/logic-call", span(stream, left.next));
  } else if (is_decided(stream, left)) {
    signs.add("sql/logic-constant", span(stream, left.next));
  }
}

}  // namespace

void logic_signs(const Stream& stream, Signs& signs) {
  const Condition found = condition(stream, 1);
  if (found.compared) condition_sign(stream, found, signs);
  operand_sign(stream, found.left, signs);
  if (is_quoted(stream)) signs.add("sql/quoted-logic", span(stream, 2));
  if (stream.behind(1).kind == Kind::start) logic_start(stream, found, signs);
}

void where_sign(const Stream& stream, Signs& signs) {
  const Condition found = condition(stream, 1);
  if (is_constant(found) && is_kind(stream, found.sign, Kind::compare)) {
    signs.add("sql/tautology", span(stream, found.right.next));
  }
}

}  // namespace gird::detect::sql
