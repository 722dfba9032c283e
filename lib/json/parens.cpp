// Parentheses: tuples, groups, and calls around a value.
#include "json/grammar.hpp"
#include "json/letters.hpp"
#include "json/quote_context.hpp"

namespace gird::json {

using enum Confidence;

namespace {

/// Whether a comma stands between the parentheses that are open at `at`, and more than `)` behind.
bool has_comma(const Ahead& ahead, std::size_t at) {
  std::size_t open = 1;
  for (std::size_t i = at; i < at + right_context;) {
    const int c = ahead.at(i);
    if (c < 0) return false;
    if (const std::size_t behind = behind_string(ahead, i)) {
      i = behind;
      continue;
    }
    if (c == ',' && open == 1) return true;
    if (c == '(' || is_opener(c)) ++open;
    if ((c == ')' || is_closer(c)) && --open == 0) return false;
    ++i;
  }
  return false;
}

}  // namespace

Grammar::Step Grammar::paren(const Ahead& ahead) {
  const bool empty = ahead.at(1 + gap_at(ahead, 1, gap_rules, right_context).size) == ')';
  const bool tuple = empty || has_comma(ahead, 1);
  if (ahead.wants()) return Step::more;
  open_paren(Kind::wrong_brackets, 1, tuple);
  return Step::done;
}

/// A call around a value: its name goes, and its parentheses.
Grammar::Step Grammar::call(const Ahead& ahead, std::size_t name) {
  const bool around = place_.nesting.depth() == 0 && odd_.empty();
  const bool tuple = !around && has_comma(ahead, name + 1);
  if (ahead.wants()) return Step::more;
  open_paren(around ? Kind::callback : Kind::wrapper, name + 1, tuple);
  return Step::done;
}

void Grammar::open_paren(Kind kind, std::size_t size, bool tuple) {
  if (tuple) {
    if (!open(false)) return;
    editor_.replace(kind, likely, size, "[");
    odd_.push_back({Odd::What::tuple, place_.nesting.depth()});
    return;
  }
  if (place_.nesting.depth() + odd_.size() >= settings_.most_depth) {
    return editor_.refuse(Refusal::Why::too_deep,
                          "more than " + std::to_string(settings_.most_depth) + " open brackets");
  }
  editor_.remove(kind, kind == Kind::callback ? certain : likely, size);
  odd_.push_back({Odd::What::paren, place_.nesting.depth()});
  place_.expected = Expected::value;
}

/// Behind the value in parentheses.
Grammar::Step Grammar::after_argument(const Ahead& ahead, const Gap& gap) {
  const int c = ahead.at(gap.size);
  const bool trailing =
      c == ',' &&
      ahead.at(gap.size + 1 +
               gap_at(ahead, gap.size + 1, gap_rules, gap.size + right_context).size) == ')';
  const bool ends_statement = c == ')' && ahead.at(gap.size + 1) == ';';
  if (ahead.wants()) return Step::more;
  if (trailing) {
    pass_gap(ahead, gap.size);
    editor_.remove(Kind::trailing_comma, certain, 1);
    return Step::done;
  }
  if (c == ')') {
    pass_gap(ahead, gap.size);
    if (mode_ != Mode::tokens) return Step::done;
    const bool around = place_.nesting.depth() == 0;
    editor_.remove(around ? Kind::callback : Kind::wrapper, around ? certain : likely,
                   around && ends_statement ? 2 : 1);
  }
  odd_.pop_back();
  value_done();
  return Step::done;
}

}  // namespace gird::json
