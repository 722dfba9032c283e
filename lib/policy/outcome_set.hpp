// Sets of outcomes as the command line writes them.
#pragma once

#include <bitset>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/outcome.hpp"
#include "base/result.hpp"

namespace gird::policy {

/// Which outcomes an option speaks of: "1,5-9,75,SIGSEGV,signal,timeout,any".
struct OutcomeSet {
  std::bitset<256> codes;
  std::bitset<65> signals;  ///< by number, 1 to 64
  bool timeout = false;     ///< an attempt's own time limit passed

  [[nodiscard]] bool holds(const Outcome& outcome) const;
  [[nodiscard]] bool empty() const { return codes.none() && signals.none() && !timeout; }
  /// Something that is in both.
  [[nodiscard]] bool overlaps(const OutcomeSet& other) const;

  friend bool operator==(const OutcomeSet&, const OutcomeSet&) = default;
  friend OutcomeSet operator|(const OutcomeSet& one, const OutcomeSet& other);
};

/// Adds the items of `text` to `set`, all or, where one is wrong, none. Exit codes 0 to 255,
/// ranges, signal names, `signal` (any signal), `timeout`, `any` (every failure: codes 1 to 255,
/// signals, timeout). 126 and 127 also stand for a command that could not be started. Fault::usage,
/// value-outcomes.
Result<void> from_text(std::string_view text, OutcomeSet& set);

/// A text that reads back as `set`, which came from one; empty for an empty set, which none does.
std::string to_text(const OutcomeSet& set);
std::span<const std::pair<std::string_view, std::string_view>> words_of(const OutcomeSet*);

}  // namespace gird::policy
