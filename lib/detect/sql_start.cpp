// Texts that begin in the middle of a statement.
#include "detect/sql_grammar.hpp"
#include "detect/sql_signs.hpp"

namespace gird::detect::sql {
namespace {

bool is_cut_from(const Stream& stream) {
  if (!is_word(stream, 0, Word::from) || !is_kind(stream, 1, Kind::name)) return false;
  std::size_t n = 2;
  while (n < 6 && is_kind(stream, n, Kind::dot)) n += 2;
  if (is_word(stream, n, Word::where)) return condition(stream, n + 1).compared;
  if (is_word(stream, n, Word::group)) return is_word(stream, n + 1, Word::by);
  return is_word(stream, n, Word::limit) &&
         (is_kind(stream, n + 1, Kind::number) || is_end(stream, n + 1));
}

/// A piece of a statement that could stand in no other place: `) as x from`, `) like (`,
/// `in (1,2)`, `from t group by c`, `name like '`.
void cut_signs(const Stream& stream, Signs& signs) {
  const bool closes = is_kind(stream, 0, Kind::close);
  const bool value = closes || is_kind(stream, 0, Kind::number);
  const bool alias = value && is_word(stream, 1, Word::as) && is_word(stream, 3, Word::from);
  const bool compared =
      closes && is_word(stream, 1, Word::compare) && is_kind(stream, 2, Kind::open);
  const bool answered = closes && is_word(stream, 1, Word::when) && is_constant(stream.ahead(2));
  const bool member =
      (is_word(stream, 0, Word::compare) || is_word(stream, 0, Word::values)) &&
      is_kind(stream, 1, Kind::open) &&
      (is_kind(stream, 2, Kind::end) ||
       (is_constant(stream.ahead(2)) && is_end(stream, behind_parenthesis(stream, 1))));
  const Token& last = stream.ahead(2);
  const bool pattern = is_kind(stream, 0, Kind::name) && is_word(stream, 1, Word::compare) &&
                       last.kind == Kind::string && last.unclosed && stream.text(last).size() == 1;
  if (alias || compared || answered || member || pattern || is_cut_from(stream)) {
    signs.add("sql/cut-select", span(stream, 3));
  }
}

}  // namespace

/// The text is a comparison of constants and nothing else.
void start_signs(const Stream& stream, Signs& signs) {
  const Condition found = condition(stream, 0);
  const bool numbers = is_kind(stream, found.left.token, Kind::number) &&
                       is_kind(stream, found.right.token, Kind::number) &&
                       !stream.ahead(found.sign).spaced;
  if (is_constant(found) && numbers && is_kind(stream, found.sign, Kind::compare) &&
      is_end(stream, found.right.next)) {
    signs.add("sql/constant-comparison", span(stream, found.right.next));
  }
  if (found.left.value == Value::constant && !found.compared && found.left.next > 2 &&
      is_terminator(stream, found.left.next) &&
      stream.text(stream.ahead(found.left.token + 1)) != "-") {
    signs.add("sql/sum-comment", span(stream, found.left.next));
  }
  const bool logic = stream.ahead(found.right.next).word == Word::logic;
  if (is_constant(found) && is_kind(stream, found.sign, Kind::compare) && logic &&
      operand(stream, found.right.next + 1).value == Value::constant) {
    signs.add("sql/constant-comparison-logic", span(stream, found.right.next));
  }
  cut_signs(stream, signs);
  if (is_stacked(stream, 0)) signs.add("sql/statement", span(stream, 2));
}

}  // namespace gird::detect::sql
