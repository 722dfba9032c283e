// How many retries all processes together may make, as a pure state machine.
#pragma once

#include "policy/buckets.hpp"
#include "policy/machine.hpp"

namespace gird::policy {

/// Retries stay within a share of the calls of the last `period`, and a floor per second for those
/// who call rarely: in any span of `period` that ends with a retry there are at most
///   ratio x calls in the same span + floor_per_second x seconds of the period
/// retries, itself included. Both are counted in buckets, calls from below and retries from above:
/// a call counts for up to a sixteenth of the period less than the period, a retry for up to as
/// much more. Source: Finagle, com.twitter.finagle.service.RetryBudget (deposits that expire after
/// a ttl, a reserve per second); gRPC A6.
struct Budget {
  static constexpr std::string_view name = "budget";
  static constexpr std::uint32_t version = 1;
  static constexpr std::size_t most_holders = 0;

  struct Config {
    double ratio = 0.1;            ///< retries per call
    double floor_per_second = 10;  ///< retries that are always allowed, all of a period at once
    Micros period = 10'000'000;    ///< how long a call counts, up to 800 days
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("ratio", self.ratio);
      visit("floor_per_second", self.floor_per_second);
      visit("period", self.period);
    }
  };

  struct Ask {
    enum class What : std::uint8_t {
      call,   ///< a first attempt is about to be made: always allowed, and counted
      retry,  ///< may one more attempt be made?
      peek,   ///< what `retry` would say; nothing changes
      reset,
    };
    What what = What::call;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("what", self.what);
    }
  };

  struct Answer {
    bool allowed = true;
    double left = 0;         ///< retries that would still be allowed, never negative
    std::int64_t calls = 0;  ///< in the period
    std::int64_t retries = 0;
    Effects effects;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("allowed", self.allowed);
      visit("left", self.left);
      visit("calls", self.calls);
      visit("retries", self.retries);
      Effects::each(self.effects, visit);
    }
  };

  struct State {
    Buckets calls;
    Buckets retries;

    template <class Self>
    static void each(Self& self, auto&& visit) {
      Buckets::each(self.calls, visit, "calls_width", "calls_newest", "calls_last", "calls");
      Buckets::each(self.retries, visit, "retries_width", "retries_newest", "retries_last",
                    "retries");
    }
  };

  static Answer step(State& state, const Config& config, const Ask& ask, Micros now);
  /// Puts numbers that no history could have made back into their ranges.
  static void mend(State& state, const Config& config, Micros now);
};

}  // namespace gird::policy
