// Whether an attempt was a success, is worth another try, or ends the run.
#pragma once

#include <optional>
#include <string>

#include "base/outcome.hpp"
#include "policy/outcome_set.hpp"
#include "policy/transient.hpp"

namespace gird::policy {

/// What the user said about outcomes.
struct Rules {
  std::optional<OutcomeSet> success_on;  ///< default: exit 0
  std::optional<OutcomeSet> retry_on;
  std::optional<OutcomeSet> stop_on;
  bool retry_patterns = false;  ///< there is a --retry-if-stderr or --retry-if-stdout
  bool named_packs = false;     ///< --transient names a pack, so that its rules widen --retry-on
  bool invert = false;          ///< wait for a failure
};

/// What was seen besides the outcome.
struct Seen {
  std::optional<int> interrupted = {};  ///< a terminating signal reached gird itself
  bool forbidden = false;               ///< the command said `permanent`
  std::string retry_pattern = {};       ///< the user's pattern that was found, as it was written
  std::string stop_pattern = {};
  const TransientRule* pack_rule = nullptr;  ///< the first pack rule that applies
  std::string_view pack = {};                ///< its pack's name
};

/// The judgement of one attempt.
struct Verdict {
  enum class What { success, retry, stop } what = What::stop;
  std::string reason;  ///< "curl: could not resolve host"; empty for a plain success
};

/// Judges an attempt. In this order: a success, unless a --retry-if-* pattern is found in its
/// output; interruption; the command's own word; --stop-on and --stop-if-*; --retry-on and
/// --retry-if-*, which, once given, are all that is retried (packs that were asked for by name add
/// to them); packs; and then anything but 126, 127 and death by SIGPIPE is retried.
Verdict judge(const Rules& rules, const Outcome& outcome, const Seen& seen);

}  // namespace gird::policy
