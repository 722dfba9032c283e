// Counts of what happened lately, in buckets of time.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "policy/machine.hpp"

namespace gird::policy {

/// How often something happened in the last while: a ring of buckets, numbered from the beginning
/// of the cell's clock. Their width is a power of two, so that the buckets of one width lie within
/// those of any larger one: counts that go back and forth between two widths stay where they are.
/// What is sought is bounded from above or from below, never guessed.
struct Buckets {
  /// So many buckets reach at least over the period; with the one under way the ring has one more.
  static constexpr std::int64_t reach = 32;
  static constexpr std::size_t size = 33;

  /// Where a count goes when its moment is known no better than its bucket: to the end of it where
  /// more is stricter, to the beginning where less is.
  enum class Lean : std::uint8_t { late, early };

  Micros width = 0;         ///< of a bucket; 0: never used
  std::int64_t newest = 0;  ///< number of the last bucket
  Micros last = 0;          ///< the latest moment that was counted, which may lie in the future
  std::array<std::uint32_t, size> counts = {};  ///< of bucket n at n modulo size

  /// A power of two, in (period / 32, period / 16] but at least 1.
  static Micros width_for(Micros period);

  /// Gives the buckets the width `wanted`.
  void fit(Micros wanted, Micros now, Lean lean);
  /// Lets nothing lie later than `now`, and what `last` is ahead of it: after the clock went back.
  void follow(Micros now);
  void add(Micros when, std::int64_t count);
  /// Takes up to `count` away from the bucket of `when`.
  void remove(Micros when, std::int64_t count);
  /// Takes up to `count` away from the oldest buckets, beginning with number `from`.
  void remove_oldest(std::int64_t from, std::int64_t count);

  [[nodiscard]] std::int64_t number_of(Micros when) const { return width > 0 ? when / width : 0; }
  /// In bucket `number`, 0 outside of the ring.
  [[nodiscard]] std::int64_t at(std::int64_t number) const;
  /// In the buckets from number `from` on.
  [[nodiscard]] std::int64_t from(std::int64_t from) const;
  /// No more than what happened later than `when`, and no less than what happened then or later.
  [[nodiscard]] std::int64_t at_least_since(Micros when) const;
  [[nodiscard]] std::int64_t at_most_since(Micros when) const;

  /// Makes any numbers ones that can be; `last` is at most `most_ahead` from now.
  void mend(Micros now, Micros most_ahead);

  template <class Self>
  static void each(Self& self, auto&& visit, std::string_view width, std::string_view newest,
                   std::string_view last, std::string_view counts) {
    visit(width, self.width);
    visit(newest, self.newest);
    visit(last, self.last);
    visit(counts, self.counts);
  }
};

}  // namespace gird::policy
