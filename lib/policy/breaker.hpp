// A circuit breaker as a pure state machine.
#pragma once

#include "policy/machine.hpp"

namespace gird::policy {

struct Breaker {
  static constexpr std::string_view name = "breaker";
  static constexpr std::uint32_t version = 1;
  /// Calls whose end is awaited by name; further ones are let through, but none of them is missed
  /// when it vanishes.
  static constexpr std::size_t most_holders = 32;
  /// The longest window of calls.
  static constexpr std::size_t most_calls = 1000;

  enum class Mode : std::uint8_t {
    closed,
    open,
    half_open,
    held_open,     ///< by an administrator: nothing passes
    held_closed,   ///< by an administrator: all passes, the window goes on
    disabled,      ///< all passes, nothing is counted
    metrics_only,  ///< all passes, all is counted, nothing opens
  };

  /// Defaults are those of `gird breaker-run`.
  struct Config {
    std::int64_t failure_threshold = 5;      ///< failures in a row; 0: this rule is off
    double failure_rate = 0.5;               ///< of the window, over 0 to 1; 0: off
    std::int64_t window_calls = 20;          ///< 1 to most_calls; 0: the window is of time
    Micros window_time = 0;                  ///< 0: the window is of calls
    std::int64_t min_calls = 10;             ///< rates count from this many calls in the window
    Micros slow_call = 0;                    ///< a call that took longer is slow; 0: off
    double slow_rate = 1;                    ///< of the window
    Micros open_for = 60'000'000;            ///< before a probe is let through
    Micros open_max = 600'000'000;           ///< the most it grows to
    double open_factor = 2;                  ///< by which it grows at each failed probe; 1 or more
    double open_jitter = 0.2;                ///< share by which it varies, either way
    std::int64_t success_threshold = 2;      ///< probes in a row that close it
    std::int64_t half_open_permits = 1;      ///< probes at once, 1 to most_holders
    bool ramp = false;                       ///< after closing 10 %, 50 %, then all pass
    bool adaptive = false;                   ///< also opens away from the learned baseline
    double enforce = 1;                      ///< share of refusals that are carried out
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("failure_threshold", self.failure_threshold);
      visit("failure_rate", self.failure_rate);
      visit("window_calls", self.window_calls);
      visit("window_time", self.window_time);
      visit("min_calls", self.min_calls);
      visit("slow_call", self.slow_call);
      visit("slow_rate", self.slow_rate);
      visit("open_for", self.open_for);
      visit("open_max", self.open_max);
      visit("open_factor", self.open_factor);
      visit("open_jitter", self.open_jitter);
      visit("success_threshold", self.success_threshold);
      visit("half_open_permits", self.half_open_permits);
      visit("ramp", self.ramp);
      visit("adaptive", self.adaptive);
      visit("enforce", self.enforce);
    }
  };

  struct Ask {
    enum class What : std::uint8_t {
      admit,      ///< may a call be made? uses `chance`
      record,     ///< a call that was admitted has ended
      cancel,     ///< a call that was admitted was not made after all
      vanish,     ///< the store saw that a caller is gone
      // Administration. Each of them makes an unused cell a used one.
      trip,       ///< open now, for as long as the open time is
      reset,      ///< closed, with nothing remembered but the learned baseline
      hold_open,
      hold_closed,
      disable,
      metrics_only,
      release,    ///< from one of the four above to closed
    };
    enum class Result : std::uint8_t { success, failure, ignored };

    What what = What::admit;
    double chance = 0;        ///< uniform in [0, 1): jitter, ramp
    double enforce_chance = 0;  ///< uniform in [0, 1): whether a refusal is carried out
    std::int64_t ticket = 0;  ///< record, cancel, vanish: the one that admit gave
    Result result = Result::success;  ///< record
    Micros took = 0;                  ///< record
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("what", self.what);
      visit("chance", self.chance);
      visit("enforce_chance", self.enforce_chance);
      visit("ticket", self.ticket);
      visit("result", self.result);
      visit("took", self.took);
    }
  };

  struct Answer {
    bool allowed = true;
    bool probe = false;          ///< the call tries out a half-open breaker
    bool would_refuse = false;   ///< let through only because refusals are not carried out
    Cause cause = Cause::none;   ///< of the refusal
    Mode before = Mode::closed;
    Mode after = Mode::closed;
    Micros retry_in = 0;         ///< refused: the earliest time at which it may be different; 0: unknown
    Micros since = 0;            ///< refused: how long it has been in its mode
    std::int64_t failures = 0;   ///< in a row
    Cause opened_by = Cause::none;  ///< why it opened last, and the number that goes with it
    double opened_value = 0;
    Effects effects;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("allowed", self.allowed);
      visit("probe", self.probe);
      visit("would_refuse", self.would_refuse);
      visit("answer_cause", self.cause);
      visit("before", self.before);
      visit("after", self.after);
      visit("retry_in", self.retry_in);
      visit("since", self.since);
      visit("failures", self.failures);
      visit("opened_by", self.opened_by);
      visit("opened_value", self.opened_value);
      Effects::each(self.effects, visit);
    }
  };

  struct State;

  static Answer step(State& state, const Config& config, const Ask& ask, Micros now);
  static Ask vanished(std::int64_t ticket) {
    Ask ask;
    ask.what = Ask::What::vanish;
    ask.ticket = ticket;
    return ask;
  }
  /// Puts numbers that no history could have made back into their ranges: a foreign state must not
  /// make a breaker that is stuck.
  static void mend(State& state, const Config& config, Micros now);
};

/// To be filled in: what is shared. Sizes count: Config and State together take at most 960 bytes.
struct Breaker::State {
  Mode mode = Mode::closed;
  std::int64_t epoch = 0;          ///< counted up at every change of mode; results of another are late
  Micros since = 0;                ///< when the mode began
  Micros open_until = 0;           ///< when open: the first probe
  Micros open_for = 0;             ///< the open time last used, before jitter; 0: the base is next
  std::int64_t failures = 0;       ///< in a row
  std::int64_t successes = 0;      ///< of probes, in a row
  std::int64_t probes = 0;         ///< in flight
  Cause opened_by = Cause::none;
  double opened_value = 0;
  std::int64_t calls_total = 0;    ///< since the cell was made, as the next three
  std::int64_t failures_total = 0;
  std::int64_t refused_total = 0;
  std::int64_t opened_total = 0;
};

}  // namespace gird::policy
