// How the end of a call counts for the service behind it.
#pragma once

#include <optional>
#include <string>

#include "policy/breaker.hpp"
#include "policy/verdict.hpp"

namespace gird::policy {

/// What the user said about it.
struct Counting {
  std::optional<OutcomeSet> record = {};  ///< --record: the failures, and all of them
  std::optional<OutcomeSet> ignore = {};  ///< --ignore: neither a success nor a failure
  /// The command is a guard of ours, whose 75 is a refusal: the service was not asked.
  bool guard = false;
  bool named_packs = false;  ///< --transient names a pack, so that its rules widen --record
};

struct Count {
  Breaker::Ask::Result result = Breaker::Ask::Result::success;
  std::string reason;  ///< "curl: could not connect"; empty where the outcome says it all
};

/// The name that events and reports have for it: "success", "failure", "ignored".
std::string_view name_of(Breaker::Ask::Result result);

/// Counts a call. In this order: what an interruption cut short says nothing; --ignore; --record;
/// exit status 0 is a success; 126, 127 and death by SIGPIPE are nobody's fault behind the command;
/// a pack knows that a failure is the caller's own (permanent) or the service's (transient); 75 of
/// a guard is nobody's fault either; with --record the rest are successes, without failures.
Count count(const Counting& counting, const Outcome& outcome, const Seen& seen);

}  // namespace gird::policy
