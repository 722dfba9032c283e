// A circuit breaker as a pure state machine.
#pragma once

#include "policy/baseline.hpp"
#include "policy/machine.hpp"
#include "policy/outcome_window.hpp"

namespace gird::policy {

/// Closed, it lets calls through and counts how they end; open, it refuses until its time is over;
/// half-open, it lets a few probes through, whose ends close it or open it again.
///
/// A call's ticket tells the epoch in which it was admitted, and each probe has one of its own.
/// What ends in another epoch, or twice, is late: it changes nothing but is noted. Only calls that
/// have a hold can be seen to vanish; closed, that is a failure, and half-open it counts neither
/// way and frees the permit.
///
/// No clock, config or lost message makes it stuck: a wait is never longer than `open_max` from
/// now, thresholds apply to what is there, a changed window starts anew, and holds of which nothing
/// was heard for a day are taken to be gone.
///
/// Source: M. Nygard, "Release It!", 2007; resilience4j 2
/// (window, slow calls, modes); sony/gobreaker (generations).
struct Breaker {
  static constexpr std::string_view name = "breaker";
  static constexpr std::uint32_t version = 1;
  /// Calls whose end is awaited by name; further ones are let through, but none of them is missed
  /// when it vanishes. Never more holds are asked for; some are kept back for probes, which always
  /// have one.
  static constexpr std::size_t most_holders = 32;
  /// The longest window of calls.
  static constexpr std::size_t most_calls = OutcomeWindow::most_calls;

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
    std::int64_t failure_threshold = 5;  ///< failures in a row; 0: this rule is off
    double failure_rate = 0.5;           ///< of the window, over 0 to 1; 0: off
    std::int64_t window_calls = 20;      ///< 1 to most_calls
    Micros window_time = 0;              ///< not 0: the window is of time, not of calls
    /// Rates count from this many calls in the window, or from as many as fit into it; the baseline
    /// is learned in blocks of as many.
    std::int64_t min_calls = 10;
    /// A call that took longer is slow, however it ended; a slow probe has failed. 0: off
    Micros slow_call = 0;
    double slow_rate = 1;                ///< of the window
    Micros open_for = 60'000'000;        ///< before a probe is let through
    Micros open_max = 600'000'000;       ///< the most it grows to
    double open_factor = 2;              ///< by which it grows at each failed probe; 1 or more
    double open_jitter = 0.2;            ///< share by which it varies, either way
    std::int64_t success_threshold = 2;  ///< probes in a row that close it
    std::int64_t half_open_permits = 1;  ///< probes at once, 1 to most_holders
    /// After probes closed it 10 %, 50 %, then all pass; either step takes a third of `open_for`.
    bool ramp = false;
    bool adaptive = false;  ///< also opens away from the learned baseline
    /// Share of refusals that are carried out, but for those that an administrator wants. Who
    /// passes all the same while it is open or half-open is counted in the totals alone.
    double enforce = 1;
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
      admit,   ///< may a call be made? uses `chance`
      record,  ///< a call that was admitted has ended
      cancel,  ///< a call that was admitted was not made after all
      vanish,  ///< the store saw that a caller is gone
      // Administration. Each of them makes an unused cell a used one.
      // Where it is so already, nothing changes, but for reset.
      trip,   ///< open now, for as long as the open time is
      reset,  ///< closed, with nothing remembered but the totals: what is normal is learned anew
      hold_open,
      hold_closed,
      disable,
      metrics_only,
      release,  ///< from one of the four above to closed
    };
    enum class Result : std::uint8_t { success, failure, ignored };

    What what = What::admit;
    double chance = 0;                ///< uniform in [0, 1): jitter, ramp
    double enforce_chance = 0;        ///< uniform in [0, 1): whether a refusal is carried out
    std::int64_t ticket = 0;          ///< record, cancel, vanish: the one that admit gave
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
    bool probe = false;         ///< the call tries out a half-open breaker
    bool would_refuse = false;  ///< let through only because refusals are not carried out
    Cause cause = Cause::none;  ///< of the refusal
    Mode before = Mode::closed;
    Mode after = Mode::closed;
    Micros retry_in = 0;  ///< refused: the earliest time at which it may be different; 0: unknown
    Micros since = 0;     ///< refused: how long it has been in its mode
    std::int64_t failures = 0;      ///< in a row
    Cause opened_by = Cause::none;  ///< why it opened last
    /// failures_in_row, probe_failed: failures in a row; failure_rate, slow_rate: the share, 0 to
    /// 1; abnormal: how many of the last five blocks of calls.
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
    ask.chance = 0.5;  // nobody drew one: an open time as it is, without jitter
    return ask;
  }
  /// What was set by hand lasts for ever, and what is open until its time is over: without the cell
  /// calls would pass.
  static Lasts lasts(const State& state, Micros now);
  /// Puts numbers that no history could have made back into their ranges: a foreign state must not
  /// make a breaker that is stuck.
  static void mend(State& state, const Config& config, Micros now);
};

/// What is shared. Times are on the cell's clock.
struct Breaker::State {
  Mode mode = Mode::closed;
  std::int64_t epoch = 0;      ///< counted up at every change of mode; results of another are late
  Micros since = 0;            ///< when the mode began
  Micros open_until = 0;       ///< when open: the first probe
  Micros open_for = 0;         ///< the open time last used, before jitter; 0: the base is next
  Micros heard = 0;            ///< when a hold was last taken or let go
  std::int64_t failures = 0;   ///< in a row
  std::int64_t successes = 0;  ///< of probes, in a row
  std::int64_t probes_made = 0;                                ///< since the cell was made
  std::int64_t probes = 0;                                     ///< in flight
  std::array<std::uint32_t, most_holders> probe_tickets = {};  ///< of those in flight, or 0
  std::int64_t held = 0;     ///< holds that the store keeps, of all epochs
  std::int64_t share = 100;  ///< percent that the ramp lets through: 10, 50, or 100 when it is over
  Cause opened_by = Cause::none;
  double opened_value = 0;
  std::int64_t calls_total = 0;  ///< that ended, since the cell was made; as the next three
  std::int64_t failures_total = 0;
  std::int64_t refused_total = 0;
  std::int64_t opened_total = 0;
  OutcomeWindow window;
  Baseline baseline;

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("mode", self.mode);
    visit("epoch", self.epoch);
    visit("since", self.since);
    visit("open_until", self.open_until);
    visit("open_for", self.open_for);
    visit("heard", self.heard);
    visit("failures", self.failures);
    visit("successes", self.successes);
    visit("probes_made", self.probes_made);
    visit("probes", self.probes);
    visit("probe_tickets", self.probe_tickets);
    visit("held", self.held);
    visit("share", self.share);
    visit("opened_by", self.opened_by);
    visit("opened_value", self.opened_value);
    visit("calls_total", self.calls_total);
    visit("failures_total", self.failures_total);
    visit("refused_total", self.refused_total);
    visit("opened_total", self.opened_total);
    OutcomeWindow::each(self.window, visit);
    Baseline::each(self.baseline, visit);
  }
};

static_assert(sizeof(Breaker::Config) + sizeof(Breaker::State) <= 960);

}  // namespace gird::policy
