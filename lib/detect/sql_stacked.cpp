// Statements that can stand behind another.
#include "detect/sql_grammar.hpp"
#include "detect/sql_signs.hpp"

namespace gird::detect::sql {
namespace {

bool is_exec(const Stream& stream, std::size_t n) {
  const Token& next = stream.ahead(n);
  return next.kind == Kind::variable || next.word == Word::stored || next.word == Word::immediate ||
         next.word == Word::schema || next.kind == Kind::string || next.kind == Kind::open ||
         is_call(stream, n);
}

bool is_update(const Stream& stream, std::size_t n) {
  for (std::size_t i = n + 1; i < n + 5; ++i) {
    if (is_word(stream, i, Word::set))
      return stream.ahead(i + 1).kind == Kind::name || stream.ahead(i + 1).kind == Kind::variable;
  }
  return false;
}

}  // namespace

bool is_stacked(const Stream& stream, std::size_t n) {
  const auto next = [&](Word word) { return is_word(stream, n + 1, word); };
  const Token& after = stream.ahead(n + 1);
  switch (stream.ahead(n).word) {
    case Word::select: return is_list(stream, n + 1);
    case Word::insert:
    case Word::merge: return next(Word::into);
    case Word::update: return is_update(stream, n);
    case Word::remove: return next(Word::from);
    case Word::drop:
      return next(Word::object) || next(Word::procedure) ||
             (next(Word::info_call) && !is_call(stream, n + 1));
    case Word::exec: return is_exec(stream, n + 1);
    case Word::declare: return after.kind == Kind::variable;
    case Word::shutdown: return is_end(stream, n + 1) || after.kind == Kind::semicolon;
    case Word::waitfor: return next(Word::delay);
    case Word::call: return is_call(stream, n + 1);
    case Word::begin: return is_kind(stream, n + 2, Kind::dot) || next(Word::declare);
    case Word::test:
      return is_constant(condition(stream, n + 1)) ||
             (after.word == Word::negation && is_kind(stream, n + 2, Kind::open));
    case Word::show:
    case Word::rename:
    case Word::attach: return next(Word::object);
    case Word::set: return after.kind == Kind::variable;
    case Word::handler: return is_word(stream, n + 2, Word::read);
    case Word::desc:
      return after.kind == Kind::name &&
             (is_end(stream, n + 2) || is_kind(stream, n + 2, Kind::semicolon));
    case Word::load: return next(Word::data);
    case Word::bulk: return next(Word::insert);
    case Word::time_call: return is_call(stream, n);
    default: return false;
  }
}

}  // namespace gird::detect::sql
