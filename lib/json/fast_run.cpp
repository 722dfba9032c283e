// Valid input: passed in ranges.
#include <algorithm>

#include "json/grammar.hpp"
#include "json/letters.hpp"
#include "json/valid_run.hpp"

namespace gird::json {

/// Passes what is valid and confirmed by what follows it. Where that is nothing, the next token is
/// read by the other steps: it is broken, or the window cuts off what would confirm it. They read
/// valid tokens as they are, so it does not matter which.
Grammar::Step Grammar::fast_run() {
  // A run that fails late is tried again behind the next token: not over all of a large window.
  constexpr std::size_t most = std::size_t{1} << 20U;
  const std::string_view text = editor_.rest().substr(0, most);
  const bool last = editor_.last() && text.size() == editor_.rest().size();
  // Behind what stands in an odd bracket, that bracket may end.
  const std::size_t floor = odd_.empty() ? 0 : odd_.back().depth;
  const std::size_t most_depth = settings_.most_depth - std::min(settings_.most_depth, odd_.size());
  const Expected before = place_.expected;
  const std::size_t size = valid_run(place_, text, last, most_depth, true, floor);
  if (size > 0 && place_.expected == Expected::nothing && text[size - 1] == '}' &&
      comma_may_follow(text.substr(size))) {
    back_into_object(text.substr(0, size - 1), before);
    return token();
  }
  editor_.pass(size);
  if (size == 0) return token();
  const std::size_t depth = place_.nesting.depth();
  here_.any_container |= depth > 0 || is_closer(text[size - 1]);
  const bool element = depth == 1 && place_.nesting.in_array();
  const bool complete = place_.expected == Expected::nothing ||
                        (element && place_.expected == Expected::comma_or_end);
  if (complete) value_done();
  behind_array_ = text[size - 1] == ']';
  return Step::done;
}

/// What follows the bracket behind `inside` shows whether it ends the document: back before it.
/// `before` is where the bracket was in the grammar if nothing but blanks stands there.
void Grammar::back_into_object(std::string_view inside, Expected before) {
  const auto at = inside.find_last_not_of(" \t\r\n");
  const bool blank = at == std::string_view::npos;
  place_.nesting.open(true);
  place_.expected = blank               ? before
                    : inside[at] == '{' ? Expected::key_or_end
                                        : Expected::comma_or_end;
  editor_.pass(inside.size());
}

/// Whether a comma is the next byte behind a document in its line, or what comes is not known yet.
bool Grammar::comma_may_follow(std::string_view text) const {
  if (settings_.live) return false;
  const auto next = text.find_first_not_of(" \t");
  if (next == std::string_view::npos) return !editor_.last();
  return text[next] == ',';
}

}  // namespace gird::json
