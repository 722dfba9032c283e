// How many calls may pass in a time, and how many at once, as a pure state machine.
#pragma once

#include "policy/adaptive_rate.hpp"
#include "policy/buckets.hpp"
#include "policy/gcra.hpp"
#include "policy/machine.hpp"
#include "policy/places.hpp"
#include "policy/waiting_line.hpp"

namespace gird::policy {

/// Rate by the generic cell rate algorithm (a token bucket with one number) or a sliding window,
/// adapted by outcome where wished (additive increase, multiplicative decrease), and a limit of
/// calls at once with a queue in order of arrival. Either limit may be absent.
///
/// First the place, then the rate: a place is held while its call waits for the start that was
/// reserved, so a call that may start always has both. What a refusal finds in the caller's hand, a
/// place or one in the queue, is given back with it.
///
/// Starts are given out in order: no later caller starts before an earlier one. Whoever changes the
/// config changes it for those who come later: starts that were given out stay, calls under way
/// keep their places, and calls are counted for both algorithms whichever is asked for, so that
/// callers with different configs are each held to their own. Nobody waits for a debt that the
/// config in force could not have made. Source: ITU-T I.371 (GCRA); D. Chiu, R. Jain, "Analysis of
/// the Increase and Decrease Algorithms for Congestion Avoidance", 1989 (AIMD).
struct Limiter {
  static constexpr std::string_view name = "limit";
  static constexpr std::uint32_t version = 1;
  /// Those who are let through and those who queue, together.
  static constexpr std::size_t most_holders = 98;
  /// The largest --concurrency.
  static constexpr std::int64_t most_at_once = Places::size;
  /// The longest patience there is; more is cut. Two days.
  static constexpr Micros longest_wait = 172'800'000'000;

  enum class Algorithm : std::uint8_t { gcra, sliding };

  struct Config {
    Algorithm algorithm = Algorithm::gcra;
    /// Calls in `period`, up to 2^31; 0: no limit of the rate. Where it adapts: the first rate, 0
    /// for the slowest.
    double count = 0;
    Micros period = 1'000'000;     ///< up to 800 days, as is `period` / `count`
    std::int64_t burst = 0;        ///< gcra: calls at once after a rest; 0: as `count`, rounded up
    std::int64_t concurrency = 0;  ///< calls at once, 1 to most_at_once; 0: no limit
    double slowest = 0;            ///< adaptive: the range of `count`; 0 and 0: not adaptive
    double fastest = 0;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("algorithm", self.algorithm);
      visit("count", self.count);
      visit("period", self.period);
      visit("burst", self.burst);
      visit("concurrency", self.concurrency);
      visit("slowest", self.slowest);
      visit("fastest", self.fastest);
    }
  };

  struct Ask {
    enum class What : std::uint8_t {
      take,    ///< may a call be made, now or within `patience`?
      done,    ///< a call that was let through has ended: `result` and `took` adapt the rate
      cancel,  ///< a call that was let through, or that queues, will not be made: nothing was used
      vanish,  ///< the store saw that a caller, or somebody in the queue, is gone
      peek,    ///< what take would say; nothing changes
      refund,  ///< gives `cost` back
      reset,   ///< nothing was used or learned; those who are under way or queue still do
    };
    enum class Result : std::uint8_t { success, throttled, failure };

    What what = What::take;
    std::int64_t cost = 1;  ///< take, peek, cancel, refund: at least 1
    Micros patience = 0;  ///< take: how long the caller is still ready to wait, up to longest_wait
    std::int64_t ticket =
        0;  ///< of the hold in hand, 0 for none: a place in the queue, or the call
    Result result = Result::success;  ///< done
    /// done: how long the call took. cancel, refund: how long ago it could have started, negative
    /// while it waits. With 0 for a call that could have started earlier, more may be given back
    /// than is still due: then the bound of the rate holds for calls less refunds.
    Micros took = 0;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("what", self.what);
      visit("cost", self.cost);
      visit("patience", self.patience);
      visit("ticket", self.ticket);
      visit("result", self.result);
      visit("took", self.took);
    }
  };

  struct Answer {
    enum class What : std::uint8_t {
      go,  ///< after `wait`, which is reserved: others come behind it
      /// Too many at once: ask again, with the ticket, when the cell changes or `wait` is over,
      /// which is the patience. Without patience left the place in the queue is lost.
      queued,
      refused,  ///< for ever where `retry_after` is 0 and the cause is the rate: it costs too much
    };
    What what = What::go;
    Cause cause = Cause::none;  ///< of a refusal or of queueing: rate or concurrency
    Micros wait = 0;
    // As redis-cell reports them.
    std::int64_t limit = 0;      ///< calls that pass at once after a rest
    std::int64_t remaining = 0;  ///< calls that would pass now
    Micros retry_after =
        0;             ///< refused: the earliest time at which it may be different; 0: unknown
    Micros reset = 0;  ///< until it is as if it had never been used
    double rate = 0;   ///< in force: calls in a period
    std::int64_t at_once = 0;  ///< calls under way
    std::int64_t queue = 0;    ///< callers that wait for a place
    Effects effects;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("answer", self.what);
      visit("answer_cause", self.cause);
      visit("wait", self.wait);
      visit("limit", self.limit);
      visit("remaining", self.remaining);
      visit("retry_after", self.retry_after);
      visit("reset", self.reset);
      visit("rate", self.rate);
      visit("at_once", self.at_once);
      visit("queue", self.queue);
      Effects::each(self.effects, visit);
    }
  };

  struct State {
    Gcra gcra;
    Buckets window;  ///< of starts; `last` is the latest one that was given out
    Places places;
    WaitingLine line;
    AdaptiveRate adaptive;

    template <class Self>
    static void each(Self& self, auto&& visit) {
      Gcra::each(self.gcra, visit);
      Buckets::each(self.window, visit, "width", "newest", "last_start", "counts");
      Places::each(self.places, visit);
      WaitingLine::each(self.line, visit);
      AdaptiveRate::each(self.adaptive, visit);
    }
  };

  static Answer step(State& state, const Config& config, const Ask& ask, Micros now);
  static bool gives_back(const Ask& ask) {
    return ask.what == Ask::What::cancel || ask.what == Ask::What::refund;
  }
  static Ask vanished(std::int64_t ticket) {
    Ask ask;
    ask.what = Ask::What::vanish;
    ask.ticket = ticket;
    return ask;
  }
  /// Puts numbers that no history could have made back into their ranges: a foreign state must not
  /// make a limiter that is stuck, or one that lets everybody pass.
  static void mend(State& state, const Config& config, Micros now);
};

// A slot of a cell file has 1200 bytes, and each holder takes 8 of them.
static_assert(sizeof(Limiter::Config) + sizeof(Limiter::State) + 8 * Limiter::most_holders <= 1200);

}  // namespace gird::policy
