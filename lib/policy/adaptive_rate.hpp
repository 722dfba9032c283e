// A rate that follows what the callers see.
#pragma once

#include "policy/machine.hpp"

namespace gird::policy {

/// How calls went, as far as the rate is concerned.
enum class Signal : std::uint8_t { success, throttled, failure };

/// Between which rates, in calls per period.
struct RateRange {
  double slowest = 0;
  double fastest = 0;
  double first = 0;  ///< before anything is known; 0: the slowest
  Micros period = 1;
};

/// The rate goes up by a twentieth of its range in each period that is used to the full, a part of
/// it with each success: what is not used is not known to be too little. It goes down to 70 % when
/// the other side says that it is too much, to 90 % after any other failure. A signal of a call
/// that began before the last time it went down says nothing of the rate since, and it goes down at
/// most once in a tenth of the period: a burst of failures in flight counts once.
///
/// A success is a sign of overload when the latest latencies (the last five or so) are over twice
/// the usual one (of the last hundred or so), and 1 ms over it; the rate then goes down by as much
/// as they are over that, to a half at most. The first ten only teach what is usual, and latency
/// that stays becomes usual. Source: D. Chiu, R. Jain, 1989 (additive increase, multiplicative
/// decrease); RFC 9438 (70 %); Netflix concurrency-limits, AIMDLimit (90 %) and Gradient2Limit
/// (short and long latency, a gradient of at least a half).
struct AdaptiveRate {
  double rate = 0;        ///< 0: nothing is known yet
  double told = 0;        ///< the rate last told to the journal
  Micros lowered_at = 0;  ///< 0: never
  double usual = 0;       ///< latency in microseconds
  double recent = 0;
  double learned = 0;  ///< latencies that `usual` is made of, up to a hundred

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("adaptive_rate", self.rate);
    visit("told", self.told);
    visit("lowered_at", self.lowered_at);
    visit("usual", self.usual);
    visit("recent", self.recent);
    visit("learned", self.learned);
  }
};

/// The rate in force.
double rate_of(const AdaptiveRate& adaptive, const RateRange& range);

/// A call that took `took` has ended. Notes Event::rate_changed when the rate is a tenth away from
/// the one last told, or has reached an end of its range.
void learn(AdaptiveRate& adaptive, const RateRange& range, Signal signal, Micros took, Micros now,
           Effects& effects);

/// Makes any numbers ones that can be.
void mend(AdaptiveRate& adaptive, Micros now);

}  // namespace gird::policy
