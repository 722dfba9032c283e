#include "detect/sql_signs.hpp"

#include <algorithm>

#include "detect/bytes.hpp"
#include "detect/sql_grammar.hpp"

namespace gird::detect::sql {
namespace {

bool is_same(std::string_view text, std::string_view small) {
  return text.size() == small.size() && holds(text, 0, small);
}

void union_sign(const Stream& stream, Signs& signs) {
  std::size_t n = 1;
  while (n < 8 && (is_word(stream, n, Word::all) || is_kind(stream, n, Kind::open))) ++n;
  const std::string_view text = stream.text(stream.ahead(n));
  if (n > 1 && text.size() > 6 && is_call(stream, n) && is_same(part(text, 0, 6), "select")) {
    return signs.add("sql/union-select", span(stream, n + 1));  // the space was eaten on the way
  }
  const bool first =
      stream.behind(2).kind == Kind::start ||
      (stream.behind(2).kind == Kind::operation && stream.behind(3).kind == Kind::start);
  if (first && stream.behind(1).kind == Kind::number &&
      (is_end(stream, n) || is_kind(stream, n, Kind::operation))) {
    return signs.add("sql/union-words", span(stream, n));
  }
  if (!is_word(stream, n, Word::select)) return;
  signs.add(is_list(stream, n + 1) ? "sql/union-select" : "sql/union-words", span(stream, n + 1));
}

void subselect_sign(const Stream& stream, Signs& signs) {
  if (!is_word(stream, 1, Word::select)) return;
  const Kind before = stream.behind(1).kind;
  const bool named = (before == Kind::compare || stream.behind(1).word == Word::all) &&
                     is_kind(stream, 2, Kind::name) && is_kind(stream, 3, Kind::close);
  if (!is_list(stream, 2) && !named) return;
  const bool joined = before == Kind::compare || before == Kind::logic ||
                      before == Kind::operation || before == Kind::start || before == Kind::open ||
                      before == Kind::comma || stream.behind(1).word == Word::select ||
                      stream.behind(1).word == Word::all;
  signs.add(joined ? "sql/subselect" : "sql/subselect-any", span(stream, 2));
}

/// `select-1.from`, `select@a`, `select{x 1}`: no space where everyone writes one.
bool is_glued(const Stream& stream) {
  const Token& next = stream.ahead(1);
  if (next.spaced) return false;
  if (next.kind == Kind::number || next.kind == Kind::variable || next.quoted ||
      next.kind == Kind::brace)
    return true;
  if (next.kind != Kind::operation) return false;
  for (std::size_t n = 2; n < 12; ++n) {
    if (is_word(stream, n, Word::from)) return !stream.ahead(n + 1).spaced;
  }
  return false;
}

/// `select current_user`: functions that are called without parentheses.
bool is_session_word(const Stream& stream, const Operand& first) {
  const Token& token = stream.ahead(first.token);
  const bool ends = is_end(stream, first.next) || is_kind(stream, first.next, Kind::semicolon) ||
                    is_word(stream, first.next, Word::from);
  return first.value == Value::name && token.word == Word::info_call &&
         stream.text(token).contains('_') && ends;
}

void select_signs(const Stream& stream, Signs& signs) {
  if (is_glued(stream)) signs.add("sql/select-glued", span(stream, 2));
  const Operand first = operand(stream, 1);
  const std::string_view text = stream.text(stream.ahead(first.token));
  if (is_session_word(stream, first) ||
      (first.value == Value::call && first.word == Word::info_call) ||
      (first.value == Value::variable && text.starts_with("@@"))) {
    signs.add("sql/select-info", span(stream, first.next));
  }
  if (is_word(stream, 1, Word::time_call)) signs.add("sql/time-name", span(stream, 2));
  if (!is_list(stream, 1)) return;
  for (std::size_t n = 2; n < 20; ++n) {
    if (is_word(stream, n, Word::from)) return signs.add("sql/select-from", span(stream, n + 1));
  }
}

/// `case 1 when 1`: the answer is known before a row is read.
void case_sign(const Stream& stream, Signs& signs) {
  if (is_kind(stream, 1, Kind::number) && is_word(stream, 2, Word::when) &&
      is_kind(stream, 3, Kind::number)) {
    signs.add("sql/tautology", span(stream, 4));
  }
}

void from_sign(const Stream& stream, Signs& signs) {
  std::size_t n = 1;
  while (n < 4 && is_kind(stream, n, Kind::open)) ++n;
  const bool table = is_word(stream, n, Word::catalogue) ||
                     (is_word(stream, n, Word::schema) && is_kind(stream, n + 1, Kind::dot)) ||
                     (is_kind(stream, n + 1, Kind::dot) && is_word(stream, n + 2, Word::catalogue));
  if (table) signs.add("sql/catalogue", span(stream, n));
}

/// `order by 5`: the number of columns is guessed.
void order_sign(const Stream& stream, Signs& signs) {
  if (!is_word(stream, 1, Word::by) || !is_kind(stream, 2, Kind::number)) return;
  std::size_t n = 3;
  while (is_kind(stream, n, Kind::comma) && is_kind(stream, n + 1, Kind::number)) n += 2;
  if (is_kind(stream, n, Kind::comma) || is_word(stream, n, Word::desc)) ++n;
  if (behind_value(stream) && is_end(stream, n)) signs.add("sql/order-probe", span(stream, n));
}

void into_sign(const Stream& stream, Signs& signs) {
  if (is_word(stream, 1, Word::outfile) && is_constant(stream.ahead(2))) {
    signs.add("sql/into-outfile", span(stream, 2));
  }
}

void waitfor_sign(const Stream& stream, Signs& signs) {
  if (is_word(stream, 1, Word::delay) &&
      (is_constant(stream.ahead(2)) || is_kind(stream, 2, Kind::variable))) {
    signs.add("sql/waitfor", span(stream, 2));
  }
}

void exec_sign(const Stream& stream, Signs& signs) {
  for (std::size_t n = 1; n < 8; ++n) {
    const Token& token = stream.ahead(n);
    const std::string_view text = stream.text(token);
    if (token.word == Word::stored || text.starts_with("xp_") || token.word == Word::immediate ||
        (token.kind == Kind::variable && (n == 2 || !token.quoted))) {
      return signs.add("sql/exec", span(stream, n));
    }
    if (token.kind != Kind::dot && token.kind != Kind::name && token.kind != Kind::open) return;
  }
}

void declare_sign(const Stream& stream, Signs& signs) {
  if (!is_kind(stream, 1, Kind::variable)) return;
  const Word type = stream.ahead(2).word;
  const bool typed =
      type == Word::type || type == Word::char_call || type == Word::as || type == Word::object;
  if (typed || behind_value(stream) || stream.behind(1).kind == Kind::semicolon) {
    signs.add("sql/declare", span(stream, 2));
  }
}

void load_sign(const Stream& stream, Signs& signs) {
  if (is_word(stream, 1, Word::data) &&
      (is_word(stream, 2, Word::infile) || is_word(stream, 3, Word::infile))) {
    signs.add("sql/load-data", span(stream, 2));
  }
}

void procedure_sign(const Stream& stream, Signs& signs) {
  if (is_word(stream, 1, Word::analyse) && is_kind(stream, 2, Kind::open))
    signs.add("sql/procedure-analyse", span(stream, 2));
}

void handler_sign(const Stream& stream, Signs& signs) {
  if (is_kind(stream, 1, Kind::name) && is_word(stream, 2, Word::read) &&
      (behind_value(stream) || stream.behind(1).kind == Kind::semicolon))
    signs.add("sql/handler", span(stream, 2));
}

void stacked_sign(const Stream& stream, Signs& signs) {
  const Token& rest = stream.ahead(1);
  if (is_terminator(stream, 1) && !rest.spaced && stream.text(rest).starts_with("--")) {
    signs.add("sql/stop-comment", span(stream, 2));
  }
  const bool verb = rest.word == Word::select || rest.word == Word::update ||
                    rest.word == Word::remove || rest.word == Word::drop;
  if (stream.behind(1).kind == Kind::start && verb && is_kind(stream, 2, Kind::name) &&
      is_end(stream, 3)) {
    signs.add("sql/stacked-words", span(stream, 3));
  }
  if (!is_stacked(stream, 1)) return;
  signs.add(behind_value(stream) ? "sql/stacked" : "sql/stacked-words", span(stream, 3));
}

/// The variables of a server that tell of it.
bool is_server_variable(std::string_view name) {
  static constexpr std::string_view names[] = {
      "version",    "datadir",     "basedir",  "tmpdir",           "hostname",
      "servername", "servicename", "port",     "secure_file_priv", "microsoftversion",
      "language",   "spid",        "global",   "session",          "plugin_dir",
      "project_id", "identity",    "rowcount", "innodb_version",   "character_set_database",
      "socket"};
  return std::ranges::any_of(names,
                             [&](std::string_view known) { return name.starts_with(known); });
}

void variable_sign(const Stream& stream, Signs& signs) {
  const std::string_view text = stream.text(stream.ahead(0));
  if (text.starts_with("@@") && is_server_variable(part(text, 2))) {
    signs.add("sql/server-variable", span(stream, 1));
  }
  const Token& sign = stream.behind(1);
  if (stream.ahead(0).quoted && sign.kind == Kind::compare && !stream.ahead(0).spaced &&
      !sign.spaced && stream.behind(2).kind == Kind::number) {
    signs.add("sql/bare-variable", span(stream, 1));
  }
}

/// `{if length(x)}`, `{x 1}`: ODBC's escape, where an operand is expected.
void brace_sign(const Stream& stream, Signs& signs) {
  const Token& before = stream.behind(1);
  const bool expected = before.kind == Kind::logic || before.word == Word::select;
  if (expected && is_kind(stream, 1, Kind::name) && operand(stream, 2).value != Value::none) {
    signs.add("sql/odbc-escape", span(stream, 3));
  }
}

void operation_sign(const Stream& stream, Signs& signs) {
  if (stream.text(stream.ahead(0)) != "::" || !is_word(stream, 1, Word::type)) return;
  const Kind before = stream.behind(1).kind;
  signs.add(before == Kind::close || before == Kind::string ? "sql/cast" : "sql/name-cast",
            span(stream, 2));
}

/// `select/**/a`, `from/**/b`: a comment where a space would do.
bool is_spaced_by_comments(const Stream& stream) {
  const Word word = stream.ahead(0).word;
  if (word < Word::unite || word > Word::remove || word == Word::all || !stream.ahead(1).spaced)
    return false;
  const std::size_t end = stream.ahead(0).where.end;
  const std::string_view gap = part(stream.text(), end, stream.ahead(1).where.begin - end);
  return gap.size() >= 4 && gap.starts_with("/*") && gap.ends_with("*/") && gap[2] != '!';
}

/// `dbms_java.runjava(`, `utl_http.request(`, `dbms_pipe.receive_message(`: Oracle's packages.
void package_sign(const Stream& stream, Signs& signs) {
  const Word word = stream.ahead(0).word;
  if (word == Word::file_call) signs.add("sql/file-call", span(stream, 4));
  if (word == Word::time_call) signs.add("sql/time-call", span(stream, 4));
  if (word == Word::error_call) signs.add("sql/error-call", span(stream, 4));
}

void name_signs(const Stream& stream, Signs& signs) {
  if (is_call(stream, 0)) call_signs(stream, signs);
  if (is_kind(stream, 1, Kind::dot) && is_call(stream, 2)) package_sign(stream, signs);
  if (is_spaced_by_comments(stream)) signs.add("sql/comment-space", span(stream, 2));
  if (stream.ahead(0).split) signs.add("sql/split-word", span(stream, 1));
  switch (stream.ahead(0).word) {
    case Word::unite: return union_sign(stream, signs);
    case Word::where:
    case Word::having:
    case Word::when:
    case Word::negation: return where_sign(stream, signs);
    case Word::select: return select_signs(stream, signs);
    case Word::choice: return case_sign(stream, signs);
    case Word::from: return from_sign(stream, signs);
    case Word::order:
    case Word::group: return order_sign(stream, signs);
    case Word::into: return into_sign(stream, signs);
    case Word::waitfor: return waitfor_sign(stream, signs);
    case Word::exec: return exec_sign(stream, signs);
    case Word::declare: return declare_sign(stream, signs);
    case Word::load: return load_sign(stream, signs);
    case Word::procedure: return procedure_sign(stream, signs);
    case Word::handler: return handler_sign(stream, signs);
    case Word::stored: return signs.add("sql/stored-procedure", span(stream, 1));
    default: return;
  }
}

void token_signs(const Stream& stream, Signs& signs) {
  switch (stream.ahead(0).kind) {
    case Kind::logic: return logic_signs(stream, signs);
    case Kind::name: return name_signs(stream, signs);
    case Kind::open: return subselect_sign(stream, signs);
    case Kind::semicolon: return stacked_sign(stream, signs);
    case Kind::variable: return variable_sign(stream, signs);
    case Kind::brace: return brace_sign(stream, signs);
    case Kind::operation: return operation_sign(stream, signs);
    default: return;
  }
}

}  // namespace

bool is_list(const Stream& stream, std::size_t n) {
  while (is_word(stream, n, Word::all) || is_word(stream, n, Word::top)) ++n;
  const Token& token = stream.ahead(n);
  const Token& next = stream.ahead(n + 1);
  if (is_constant(token) || token.kind == Kind::variable || token.kind == Kind::open ||
      token.quoted)
    return true;
  if (token.kind == Kind::brace) return true;
  if (token.kind == Kind::operation)
    return std::string_view("*-+~!").contains(stream.text(token).front());
  if (token.kind != Kind::name) return false;
  return token.word == Word::choice || next.kind == Kind::open || next.kind == Kind::comma ||
         next.word == Word::from || next.kind == Kind::dot || token.word == Word::info_call;
}

void statement_signs(Stream& stream, Signs& signs) {
  start_signs(stream, signs);
  for (; stream.ahead(0).kind != Kind::end; stream.advance()) token_signs(stream, signs);
  if (stream.versioned().end != 0) {
    const Span where = stream.versioned();
    signs.add("sql/versioned-comment", {stream.begin() + where.begin, stream.begin() + where.end});
  }
}

}  // namespace gird::detect::sql
