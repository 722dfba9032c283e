// The generic cell rate algorithm: a token bucket that is one number.
#pragma once

#include <cstdint>

#include "policy/machine.hpp"

namespace gird::policy {

/// A sixty-fourth of a microsecond: the finest span that a pace knows. A rate of 100,000 a second
/// is then met within 0.2 %, and spans of 800 days are still exact in a double.
using Grains = std::int64_t;
inline constexpr Grains grains_per_micro = 64;
inline constexpr Grains most_grains = std::int64_t{1} << 52;
inline constexpr std::int64_t most_burst = std::int64_t{1} << 31;

/// One call in every `interval`, and `burst` of them at once after a rest.
struct Pace {
  Grains interval = 1;     ///< rounded up: never faster than was asked for
  std::int64_t burst = 1;  ///< cut where `burst` times `interval` would be over 800 days
};

/// `count` calls in `period`; a `burst` of 0 is `count`, rounded up. At least one call in 800 days.
Pace pace_of(double count, Micros period, std::int64_t burst);

/// What has been used: `ahead` is how far the theoretical arrival time lies beyond `at`, the moment
/// at which the last call was counted.
///
/// In any span of time, calls that cost c1 ... cn start only if c1 + ... + cn <= burst + span /
/// interval. That holds for starts in the future too, as they are in the order in which they were
/// given out.
///
/// A change of pace leaves the number of calls owed as it is. Who asks is held to the own pace
/// since the last call that passed, and never to more than an empty bucket at that call: so a pace
/// that was faster, or had a larger burst, leaves nobody stuck. What is kept for the next one is
/// what the slower of both paces has not paid off, up to the larger burst: so two who ask in turn
/// do not pay off each other's calls. Source: ITU-T I.371, the virtual scheduling algorithm.
struct Gcra {
  Micros at = 0;
  Grains ahead = 0;
  Grains interval = 0;     ///< of the pace that was used last; 0: none was
  std::int64_t burst = 0;  ///< the largest since nothing was owed

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("at", self.at);
    visit("ahead", self.ahead);
    visit("interval", self.interval);
    visit("burst_used", self.burst);
  }
};

/// What is owed at `now`, by who asks with `pace`. `last_start` is the latest start that was given
/// out.
Grains owed(const Gcra& gcra, const Pace& pace, Micros last_start, Micros now);

/// How long a call that costs at most a burst has to wait. It starts no earlier than `last_start`.
Micros wait_for(const Gcra& gcra, const Pace& pace, std::int64_t cost, Micros last_start,
                Micros now);

/// Counts a call that starts after `wait`.
void use(Gcra& gcra, const Pace& pace, std::int64_t cost, Micros wait, Micros now);

/// Gives back what a call took that has not been made. `started` is when it could have been made,
/// which may lie in the future. Only as much as keeps the bound for the calls that were made: each
/// moment since, and each later start that was already given out, has used up some of it.
void give_back(Gcra& gcra, std::int64_t cost, Micros started, Micros last_start, Micros now);

/// Makes any numbers ones that can be.
void mend(Gcra& gcra, Micros now);

}  // namespace gird::policy
