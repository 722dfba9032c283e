// The order of the rules about what counts.
#include "policy/counting.hpp"

#include <csignal>

#include "base/signal_name.hpp"

namespace gird::policy {
namespace {

using Result = Breaker::Ask::Result;

bool could_not_start(const Outcome& outcome) {
  return outcome.end == Outcome::End::not_found || outcome.end == Outcome::End::not_runnable ||
         (outcome.end == Outcome::End::exited && (outcome.code == 126 || outcome.code == 127));
}

bool nobody_reads(const Outcome& outcome) {
  return outcome.end == Outcome::End::signalled && outcome.code == SIGPIPE;
}

}  // namespace

std::string_view name_of(Result result) {
  switch (result) {
    case Result::success: return "success";
    case Result::failure: return "failure";
    case Result::ignored: return "ignored";
  }
  return {};
}

Count count(const Counting& counting, const Outcome& outcome, const Seen& seen) {
  const bool done = outcome.end == Outcome::End::exited && outcome.code == 0;
  if (seen.interrupted && !done) {
    return {Result::ignored, "interrupted by " + signal_name(*seen.interrupted)};
  }
  if (counting.ignore && counting.ignore->holds(outcome)) {
    return {Result::ignored, to_text(outcome) + " is in --ignore"};
  }
  if (counting.record && counting.record->holds(outcome)) {
    return {Result::failure, to_text(outcome) + " is in --record"};
  }
  if (done) return {};
  if (could_not_start(outcome)) return {Result::ignored, "the command could not be started"};
  if (nobody_reads(outcome)) return {Result::ignored, "nobody reads its output"};
  if (seen.pack_rule != nullptr && (!counting.record || counting.named_packs)) {
    const bool transient = seen.pack_rule->nature == Nature::transient;
    return {transient ? Result::failure : Result::ignored,
            std::string(seen.pack) + ": " + std::string(seen.pack_rule->reason)};
  }
  if (counting.guard && outcome.end == Outcome::End::exited && outcome.code == refused.code) {
    return {Result::ignored, "refused by a guard inside"};
  }
  // A call that ran out of everybody's time has failed, whatever list its own limit is on.
  if (counting.record && outcome.end != Outcome::End::overdue) {
    return {Result::success, to_text(outcome) + " is not in --record"};
  }
  return {Result::failure, {}};
}

}  // namespace gird::policy
