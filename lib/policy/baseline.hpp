// What is normal for a command, learned from its calls.
#pragma once

#include <cstdint>

#include "policy/machine.hpp"

namespace gird::policy {

/// A running mean and variance of at most about the last `memory` observations.
/// Source: B. P. Welford, "Note on a method for calculating corrected sums of squares and
/// products", 1962, with weights that stop falling, so that what is long ago fades (an
/// exponentially weighted moving average).
struct Spread {
  static constexpr std::int64_t memory = 50;
  double mean = 0;
  double variance = 0;
  /// Takes in `value`, observation number `number` (1 is the first).
  void learn(double value, std::int64_t number);
  /// Whether `value` is over the mean by more than three standard deviations, the variance taken to
  /// be at least `least`.
  [[nodiscard]] bool exceeded_by(double value, double least) const;
};

/// The share of failures and the mean duration of blocks of calls. A block is abnormal when one of
/// the two is over its mean by more than three standard deviations; an abnormal block is not
/// learned. A baseline without any spread is given some: of failures what chance makes of blocks of
/// this size when at least 5 % of the calls fail (3 of 10 stand out then, 2 do not); of durations a
/// third of the mean, and at least 10 ms, so that calls must take twice as long to stand out.
struct Baseline {
  /// Blocks to be learned before any is called abnormal.
  static constexpr std::int64_t least_learned = 5;
  static constexpr double least_share = 0.05;
  static constexpr double least_took = 10'000;
  static constexpr std::int64_t judged = 5;    ///< blocks that are remembered as abnormal or not
  static constexpr std::int64_t too_many = 3;  ///< abnormal ones among them

  std::int64_t block_calls = 0;  ///< of the block that is not full yet, as the next two
  std::int64_t block_failed = 0;
  double block_took = 0;      ///< microseconds
  std::int64_t learned = 0;   ///< blocks
  std::int64_t abnormal = 0;  ///< a bit for each of the last five blocks, the newest the lowest
  Spread share;
  Spread took;

  /// Counts a call in a block of `block` calls. Whether three of the last five blocks are abnormal,
  /// which is asked only when a block is full.
  bool add(bool failed, Micros took_now, std::int64_t block);
  /// How many of the last five blocks are abnormal.
  [[nodiscard]] std::int64_t abnormal_blocks() const;
  /// Forgets the last calls, not what was learned.
  void pause();
  /// Puts numbers that no calls could have left there right; forgets all when they are none.
  void mend();

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("block_calls", self.block_calls);
    visit("block_failed", self.block_failed);
    visit("block_took", self.block_took);
    visit("learned", self.learned);
    visit("abnormal", self.abnormal);
    visit("share_mean", self.share.mean);
    visit("share_variance", self.share.variance);
    visit("took_mean", self.took.mean);
    visit("took_variance", self.took.variance);
  }
};

}  // namespace gird::policy
