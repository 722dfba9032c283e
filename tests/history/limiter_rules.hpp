// What a limiter promises, counted anew from the steps it has taken.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "policy/limiter.hpp"

namespace gird::history {

/// Shown the steps in their order, it keeps its own accounts: when which call started and what it
/// cost, who is under way, who waits behind whom.
class LimiterRules {
 public:
  using Limiter = policy::Limiter;

  explicit LimiterRules(const Limiter::Config& config) : config_(config) {}

  void step(const Limiter::Ask& ask, policy::Micros now, const Limiter::State&,
            const Limiter::Answer& answer, const Limiter::State&) {
    step(ask, now, answer);
  }
  void step(const Limiter::Ask& ask, policy::Micros now, const Limiter::Answer& answer);
  /// Holds the starts against the rate: in any span [a, b] that begins and ends with one,
  ///   gcra:    their cost is at most burst + (b - a) * count / period
  ///   sliding: where b - a <= period, it is at most count
  /// in whole numbers, so that there is no rounding to hide behind. `count` is a whole one.
  void finish();
  void finish(const Limiter::State&) { finish(); }

  /// What was broken, one line each; at most `most_complaints`.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

  struct Totals {
    std::int64_t steps = 0;
    std::int64_t let_through = 0;
    std::int64_t refused = 0;
    std::int64_t queued = 0;
    std::int64_t vanished = 0;
    std::int64_t most_at_once = 0;
    std::int64_t longest_queue = 0;
    /// The fullest span, as a share of what it may hold: 1 is the most that is right.
    double fullest = 0;
  };
  [[nodiscard]] const Totals& totals() const { return totals_; }

 private:
  static constexpr std::size_t most_complaints = 20;

  struct Start {
    policy::Micros at = 0;
    std::int64_t cost = 0;
  };

  void complain(std::string text);
  void taken(const Limiter::Ask& ask, policy::Micros now, const Limiter::Answer& answer);
  void let_through(const Limiter::Ask& ask, policy::Micros now, const Limiter::Answer& answer);
  void leave(std::int64_t ticket);
  void hold_against_bucket();
  void hold_against_window();

  const Limiter::Config& config_;
  Totals totals_;
  std::vector<Start> starts_;
  std::int64_t at_once_ = 0;
  std::deque<std::int64_t> queue_;  ///< tickets
  std::vector<std::string> complaints_;
};

}  // namespace gird::history
