// A client that holds itself back when it is refused, as a pure state machine.
#pragma once

#include "policy/buckets.hpp"
#include "policy/machine.hpp"

namespace gird::policy {

/// Refuses a request here, before it costs anybody anything, with probability
///   max(0, (requests - k x accepts) / (requests + 1))
/// over the last `period`: so about k requests are sent for each that is accepted. A request counts
/// before it starts, and when it is refused here: what is under way is no sign of health.
/// Source: B. Beyer et al., "Site Reliability Engineering", 2016, chapter 21, client-side
/// throttling.
struct Throttle {
  static constexpr std::string_view name = "throttle";
  static constexpr std::uint32_t version = 1;
  static constexpr std::size_t most_holders = 0;

  struct Config {
    double k = 2;                 ///< 1 or more
    Micros period = 120'000'000;  ///< up to 800 days; met within a sixteenth
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("k", self.k);
      visit("period", self.period);
    }
  };

  struct Ask {
    enum class What : std::uint8_t {
      request,   ///< may a request be sent? uses `chance`; counts either way
      accepted,  ///< a request was accepted, whatever it answered
      peek,      ///< what `request` would say; nothing changes
      reset,
    };
    What what = What::request;
    double chance = 0;  ///< uniform in [0, 1)
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("what", self.what);
      visit("chance", self.chance);
    }
  };

  struct Answer {
    bool allowed = true;
    double refusal = 0;         ///< the probability of it, for the next request
    std::int64_t requests = 0;  ///< in the period
    std::int64_t accepts = 0;
    Effects effects;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("allowed", self.allowed);
      visit("refusal", self.refusal);
      visit("requests", self.requests);
      visit("accepts", self.accepts);
      Effects::each(self.effects, visit);
    }
  };

  struct State {
    Buckets requests;
    Buckets accepts;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      Buckets::each(self.requests, visit, "requests_width", "requests_newest", "requests_last",
                    "requests");
      Buckets::each(self.accepts, visit, "accepts_width", "accepts_newest", "accepts_last",
                    "accepts");
    }
  };

  static Answer step(State& state, const Config& config, const Ask& ask, Micros now);
  /// Puts numbers that no history could have made back into their ranges.
  static void mend(State& state, const Config& config, Micros now);
};

}  // namespace gird::policy
