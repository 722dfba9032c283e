// What a breaker promises, counted anew from the steps it has taken.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "history/line.hpp"
#include "policy/breaker.hpp"

namespace gird::history {

/// Shown the steps in their order, it keeps its own accounts, which share nothing with the
/// machine's: who probes, which epoch left open, how many calls there were.
class BreakerRules {
 public:
  using Breaker = policy::Breaker;

  explicit BreakerRules(const Breaker::Config& config) : config_(config) {}

  void step(const Breaker::Ask& ask, policy::Micros now, const Breaker::State& before,
            const Breaker::Answer& answer, const Breaker::State& after);

  /// What was broken, one line each; at most `most_complaints`.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  /// Compares the totals of the last state with what was counted.
  void finish(const Breaker::State& last);

  struct Totals {
    std::int64_t steps = 0;
    std::int64_t allowed = 0;
    std::int64_t refused = 0;
    std::int64_t ended = 0;   ///< in the epoch in which they began, with an outcome that counts
    std::int64_t failed = 0;  ///< of those
    std::int64_t probes = 0;
    std::int64_t most_probes = 0;  ///< at once
    std::int64_t vanished = 0;
    std::int64_t opened = 0;
    std::int64_t half_opened = 0;
    std::int64_t closed = 0;
  };
  [[nodiscard]] const Totals& totals() const { return totals_; }

 private:
  static constexpr std::size_t most_complaints = 20;

  void complain(std::string text);
  void changed(const Breaker::Ask& ask, const Breaker::State& before, const Breaker::State& after);
  void admitted(const Breaker::Answer& answer, const Breaker::State& after);
  void probe_begins(std::int64_t epoch);
  void probe_ends(std::int64_t ticket);
  void ended(const Breaker::Ask& ask, const Breaker::State& before);

  const Breaker::Config& config_;
  Totals totals_;
  policy::Micros now_ = 0;
  std::map<std::int64_t, std::int64_t> begun_;      ///< ticket to the last epoch it was given in
  std::map<std::int64_t, std::int64_t> probing_;    ///< ticket to epoch
  std::map<std::int64_t, std::int64_t> probes_of_;  ///< epoch to its probes in flight
  std::set<std::int64_t> left_open_;                ///< epochs that went from open to half-open
  std::vector<std::string> complaints_;
};

}  // namespace gird::history
