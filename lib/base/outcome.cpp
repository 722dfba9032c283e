// Outcomes as statuses and words.
#include "base/outcome.hpp"

#include "base/signal_name.hpp"

namespace gird {

Exit exit_of(const Outcome& outcome) {
  switch (outcome.end) {
    case Outcome::End::exited: return {outcome.code};
    case Outcome::End::signalled: return died_of(outcome.code);
    case Outcome::End::timed_out:
    case Outcome::End::overdue: return late;
    case Outcome::End::not_found: return not_found;
    case Outcome::End::not_runnable: return not_runnable;
  }
  return broken;
}

std::string to_text(const Outcome& outcome) {
  switch (outcome.end) {
    case Outcome::End::exited: return "exit " + std::to_string(outcome.code);
    case Outcome::End::signalled: return signal_name(outcome.code);
    case Outcome::End::timed_out: return "timeout";
    case Outcome::End::overdue: return "deadline";
    case Outcome::End::not_found: return "not found";
    case Outcome::End::not_runnable: return "not executable";
  }
  return {};
}

}  // namespace gird
