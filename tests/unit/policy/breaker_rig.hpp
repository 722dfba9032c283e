// A breaker with a clock that the test moves, asked one thing at a time.
#pragma once

#include <ostream>
#include <string_view>

#include "policy/breaker.hpp"

namespace gird::policy {

using Mode = Breaker::Mode;
using What = Breaker::Ask::What;
using Result = Breaker::Ask::Result;
using Hold = Effects::Hold;

constexpr Micros second = 1'000'000;

struct BreakerRig {
  Breaker::Config config;
  Breaker::State state;
  Micros now = 1'000 * second;
  double chance = 0.5;  ///< the middle: no jitter
  double enforce_chance = 0.5;

  Breaker::Answer ask(What what, std::int64_t ticket = 0, Result result = Result::success,
                      Micros took = 0) {
    Breaker::Ask asked;
    asked.what = what;
    asked.chance = chance;
    asked.enforce_chance = enforce_chance;
    asked.ticket = ticket;
    asked.result = result;
    asked.took = took;
    return Breaker::step(state, config, asked, now);
  }

  Breaker::Answer admit() { return ask(What::admit); }
  Breaker::Answer record(const Breaker::Answer& admitted, Result result, Micros took = 0) {
    return ask(What::record, admitted.effects.ticket, result, took);
  }
  Breaker::Answer succeed(const Breaker::Answer& admitted) {
    return record(admitted, Result::success);
  }
  Breaker::Answer fail(const Breaker::Answer& admitted) {
    return record(admitted, Result::failure);
  }
  Breaker::Answer vanish(const Breaker::Answer& admitted) {
    return Breaker::step(state, config, Breaker::vanished(admitted.effects.ticket), now);
  }

  /// A call from its admission to its end; the answer to the latter.
  Breaker::Answer call(Result result, Micros took = 0) { return record(admit(), result, took); }
  /// Calls that end as the letters say: `s` succeeded, `f` failed. The answer to the last one.
  Breaker::Answer calls(std::string_view ends) {
    Breaker::Answer last;
    for (const char end : ends) last = call(end == 'f' ? Result::failure : Result::success);
    return last;
  }
  void open() { ask(What::trip); }
  /// Open, and its time over.
  void open_and_wait() {
    open();
    now = state.open_until;
  }
};

inline bool told(const Breaker::Answer& answer, Event event, Cause cause) {
  for (const Note& note : answer.effects.notes) {
    if (note.event == event && note.cause == cause) return true;
  }
  return false;
}

inline bool told(const Breaker::Answer& answer, Event event) {
  for (const Note& note : answer.effects.notes) {
    if (note.event == event) return true;
  }
  return false;
}

/// For Boost's messages.
inline std::ostream& operator<<(std::ostream& out, Mode mode) {
  return out << "mode " << static_cast<int>(mode);
}
inline std::ostream& operator<<(std::ostream& out, Cause cause) {
  return out << "cause " << static_cast<int>(cause);
}
inline std::ostream& operator<<(std::ostream& out, Hold hold) {
  return out << "hold " << static_cast<int>(hold);
}

}  // namespace gird::policy
