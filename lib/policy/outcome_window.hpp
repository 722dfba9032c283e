// How the last calls ended: of a number of calls, or of a span of time.
#pragma once

#include <array>
#include <cstdint>

#include "policy/machine.hpp"

namespace gird::policy {

/// The last calls, two bits each, or ten buckets of time that rotate. A value-initialised one has
/// no extent yet: `fit` comes first.
struct OutcomeWindow {
  /// The longest window of calls.
  static constexpr std::size_t most_calls = 1000;
  static constexpr std::size_t calls_per_word = 16;
  static constexpr std::size_t words = (most_calls + calls_per_word - 1) / calls_per_word;
  /// A window of time reaches back between nine and ten tenths of its span.
  static constexpr std::int64_t buckets = 10;

  /// What a window is of: calls, or time. The other one is 0.
  struct Extent {
    std::int64_t calls = 0;  ///< 1 to most_calls
    Micros time = 0;         ///< at least `buckets`
    friend bool operator==(const Extent&, const Extent&) = default;
  };
  struct Counts {
    std::int64_t calls = 0;
    std::int64_t failed = 0;
    std::int64_t slow = 0;
    friend bool operator==(const Counts&, const Counts&) = default;
  };

  Extent extent;
  /// Of calls: the slot that is written next. Of time: the number of the newest bucket since the
  /// clock began; its place is the remainder by ten.
  std::int64_t at = 0;
  Counts in_ring;  ///< of calls: what the ring holds
  std::array<std::uint32_t, words> ring = {};
  std::array<std::uint32_t, buckets> bucket_calls = {};
  std::array<std::uint32_t, buckets> bucket_failed = {};
  std::array<std::uint32_t, buckets> bucket_slow = {};

  /// Makes it one of `wanted`: starts anew when it was of something else.
  void fit(const Extent& wanted);
  void add(bool failed, bool slow, Micros now);
  /// What is in the window at `now`.
  [[nodiscard]] Counts counts(Micros now) const;
  void clear();
  /// Puts numbers that no calls could have left there right, or starts anew.
  void mend(Micros now);

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("extent_calls", self.extent.calls);
    visit("extent_time", self.extent.time);
    visit("at", self.at);
    visit("ring_calls", self.in_ring.calls);
    visit("ring_failed", self.in_ring.failed);
    visit("ring_slow", self.in_ring.slow);
    visit("ring", self.ring);
    visit("bucket_calls", self.bucket_calls);
    visit("bucket_failed", self.bucket_failed);
    visit("bucket_slow", self.bucket_slow);
  }
};

}  // namespace gird::policy
