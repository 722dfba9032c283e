// What every shared policy is: a state machine whose parts are named numbers.
//
// A machine M has
//   M::name       "breaker": the folder of its cells and the name of its script
//   M::version    counted up whenever the meaning of a Config or State changes
//   M::Config     what the caller wants; kept in the cell, so that administration knows it too
//   M::State      what is shared; a value-initialised State is that of a cell nobody has used
//   M::Ask        one thing to be done, with the chance it may need
//   M::Answer     what came of it; its `effects` are what the store has to do
//   M::step(State&, const Config&, const Ask&, Micros now) -> Answer
//   M::vanished(std::int64_t ticket) -> Ask: that the holder of `ticket` went without a word
//   M::lasts(const State&, Micros now) -> Lasts, where a state may mean something though nobody
//                 uses it: it is not to be tidied away
// Config, State, Ask and Answer are trivially copyable and name their numbers through
// `each(self, visit)`: visit("opened_at", self.opened_at) for a number, an enumeration or a
// std::array of numbers, in a fixed order. That is how one definition reaches a file, a script in
// Redis, JSON and the tests that compare them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/duration.hpp"

namespace gird::policy {

/// Microseconds: spans, and points on a cell's own clock. Below 2^53, as Lua's numbers are doubles.
using Micros = std::int64_t;

/// `span` in whole microseconds, rounded up: a wait is never cut short.
constexpr Micros micros(Duration span) {
  return std::chrono::ceil<std::chrono::microseconds>(span).count();
}
constexpr Duration duration(Micros span) { return std::chrono::microseconds(span); }

/// How long the state of a cell that nobody uses has to be kept.
enum class Lasts : std::uint8_t {
  idle,      ///< it says nothing that a fresh one would not
  for_now,   ///< until a moment that it tells of
  for_ever,  ///< until somebody changes it by hand
};

/// What the journal of a cell tells: numbers are kept in files, so they only grow at the end.
enum class Event : std::uint8_t {
  none,
  opened,
  half_opened,
  closed,
  refused,
  held_open,
  held_closed,
  disabled,
  metrics_only,
  released,      ///< from a state that an administrator had set
  vanished,      ///< a caller went without telling how its call ended
  ramped,        ///< a step of the ramp: `value` is the share let through, in percent
  rate_changed,  ///< of an adaptive limit: `value` is the new rate
  exhausted,     ///< of a budget
  late,          ///< a result of an earlier epoch, which changes nothing
};

/// Why, for people: "5 failures in a row". Numbers are kept in files too.
enum class Cause : std::uint8_t {
  none,
  failures_in_row,  ///< `value` of them
  failure_rate,     ///< `value` is a share, 0 to 1
  slow_rate,        ///< likewise
  abnormal,         ///< away from the learned baseline
  probe_failed,
  probes_succeeded,
  time,  ///< the open time was over
  administrator,
  open,         ///< refused: it is open
  probing,      ///< refused: half-open, and every permit is taken
  ramp,         ///< refused: just closed, and only a share is let through
  rate,         ///< refused: `value` seconds until there is room
  concurrency,  ///< refused: too many at once
  budget,
};

/// One line for the journal.
struct Note {
  Event event = Event::none;
  Cause cause = Cause::none;
  double value = 0;

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("event", self.event);
    visit("cause", self.cause);
    visit("value", self.value);
  }
};

/// What a step asks of the store, besides keeping the state.
struct Effects {
  /// The caller's hold: a lock that the kernel frees when the caller dies (a lease in Redis), filed
  /// under `ticket`. When it is lost without `drop`, the machine is asked `vanished(ticket)`.
  enum class Hold : std::uint8_t { leave, take, drop };
  Hold hold = Hold::leave;  ///< `take` with a hold in hand files it under the new ticket
  std::int64_t ticket = 0;  ///< 0 to 2^31 - 1
  std::array<Note, 2> notes = {};

  void note(Event event, Cause cause = Cause::none, double value = 0) {
    for (Note& each : notes) {
      if (each.event != Event::none) continue;
      each = {event, cause, value};
      return;
    }
  }

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("hold", self.hold);
    visit("ticket", self.ticket);
    visit("event", self.notes[0].event);
    visit("cause", self.notes[0].cause);
    visit("value", self.notes[0].value);
    visit("event2", self.notes[1].event);
    visit("cause2", self.notes[1].cause);
    visit("value2", self.notes[1].value);
  }
};

}  // namespace gird::policy
