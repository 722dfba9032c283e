// The loop over the steps, and the steps that are neither values nor brackets.
#include "json/grammar.hpp"

#include "json/letters.hpp"

namespace gird::json {

using enum Confidence;

void Grammar::run() {
  while (!editor_.refusal() && !finished_) {
    if (step() == Step::more) return;
  }
}

Grammar::Step Grammar::step() {
  switch (mode_) {
    case Mode::tokens: break;
    case Mode::comment: return comment();
    case Mode::string: return string_goes_on();
    case Mode::word: return word_goes_on();
    case Mode::digits: return digits();
    case Mode::excess: return excess();
    case Mode::rest: return rest();
  }
  if (!in_document_) return around_documents();
  return odd() == nullptr ? fast_run() : token();
}

Grammar::Step Grammar::token() {
  const Ahead ahead = editor_.ahead();
  const Gap gap = gap_at(ahead, 0, gap_rules);
  if (ahead.wants()) return Step::more;
  if (ahead.at(gap.size) == Ahead::far || (long_gap_ && gap.size > 0)) {
    long_gap_ = true;
    pass_gap(ahead, gap.size);
    return Step::done;
  }
  long_gap_ = false;
  if (in_paren() && place_.expected == Expected::comma_or_end) return after_argument(ahead, gap);
  switch (place_.expected) {
    case Expected::value:
    case Expected::value_or_end: return before_value(ahead, gap);
    case Expected::key:
    case Expected::key_or_end: return before_key(ahead, gap);
    case Expected::colon: return before_colon(ahead, gap);
    case Expected::comma_or_end: return after_value(ahead, gap);
    case Expected::nothing: break;  // between documents
  }
  return Step::more;
}

void Grammar::pass_gap(const Ahead& ahead, std::size_t size) {
  using enum GapPiece::What;
  for (std::size_t at = 0; at < size && !editor_.refusal();) {
    const GapPiece piece = gap_piece(ahead, at, gap_rules);
    switch (piece.what) {
      case none: return;
      case blanks: editor_.pass(piece.size); break;
      case foreign_blank: editor_.replace(Kind::blank, certain, piece.size, " "); break;
      case escaped_blank: editor_.replace(Kind::escaped_document, likely, piece.size, " "); break;
      case comment: editor_.remove(Kind::comment, certain, piece.size); break;
      case open_comment:
        block_comment_ = ahead.at(at) == '/' && ahead.at(at + 1) == '*';
        editor_.remove_piece(Kind::comment, certain, piece.size - 1);
        mode_ = Mode::comment;
        return;
    }
    at += piece.size;
  }
}

/// The rest of a comment whose start was too far away.
Grammar::Step Grammar::comment() {
  const std::string_view text = editor_.rest();
  const auto found = text.find(block_comment_ ? "*/" : "\n");
  if (found == std::string_view::npos && !editor_.last()) {
    // The `*` may be the last byte.
    editor_.remove_piece(Kind::comment, certain, text.empty() ? 0 : text.size() - 1);
    return Step::more;
  }
  const std::size_t size =
      found == std::string_view::npos ? text.size() : found + (block_comment_ ? 2 : 0);
  editor_.remove_piece(Kind::comment, certain, size);
  editor_.finish_removal();
  mode_ = Mode::tokens;
  return Step::done;
}

/// Behind the first document, where only that is wanted.
Grammar::Step Grammar::rest() {
  editor_.remove_piece(Kind::sequence, likely, editor_.rest().size());
  if (!editor_.last()) return Step::more;
  editor_.keep();
  editor_.finish_removal();
  finished_ = true;
  return Step::done;
}

void Grammar::value_done() {
  behind_array_ = false;
  forget_closed();
  if (in_paren()) {
    place_.expected = Expected::comma_or_end;
    return;
  }
  const std::size_t depth = place_.nesting.depth();
  place_.expected = depth > 0 ? Expected::comma_or_end : Expected::nothing;
  if (depth == 0) document_done();
  if (depth == 0 || (depth == 1 && place_.nesting.in_array())) editor_.completed(depth);
  if (depth == 0 && settings_.only_document == documents_ - 1) editor_.drop();
}

const Grammar::Odd* Grammar::odd() {
  forget_closed();
  if (odd_.empty() || odd_.back().depth != place_.nesting.depth()) return nullptr;
  return &odd_.back();
}

/// A closing bracket may have closed what stood outside of an odd one, too.
void Grammar::forget_closed() {
  while (!odd_.empty() && odd_.back().depth > place_.nesting.depth()) odd_.pop_back();
}

bool Grammar::in_paren() {
  const Odd* innermost = odd();
  return innermost != nullptr && innermost->what == Odd::What::paren;
}

bool Grammar::in_parens() {
  const Odd* innermost = odd();
  return innermost != nullptr &&
         (innermost->what == Odd::What::paren || innermost->what == Odd::What::tuple);
}

}  // namespace gird::json
