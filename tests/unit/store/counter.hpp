// A machine for the tests of stores: it counts, and lets callers hold.
#pragma once

#include "policy/machine.hpp"

namespace gird::store {

struct Counter {
  static constexpr std::string_view name = "counter";
  static constexpr std::uint32_t version = 3;
  static constexpr std::size_t most_holders = 8;

  struct Config {
    std::int64_t by = 1;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("by", self.by);
    }
  };
  struct State {
    std::int64_t count = 0;
    std::int64_t vanished = 0;
    std::int64_t last_vanished = 0;
    std::int64_t mended = 0;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("count", self.count);
      visit("vanished", self.vanished);
      visit("last_vanished", self.last_vanished);
      visit("mended", self.mended);
    }
  };
  struct Ask {
    enum class What : std::uint8_t { count, peek, take, drop, vanish, note };
    What what = What::count;
    std::int64_t ticket = 0;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("what", self.what);
      visit("ticket", self.ticket);
    }
  };
  struct Answer {
    std::int64_t count = 0;
    std::int64_t vanished = 0;
    policy::Micros now = 0;
    policy::Effects effects;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("count", self.count);
      visit("vanished", self.vanished);
      visit("now", self.now);
      policy::Effects::each(self.effects, visit);
    }
  };

  static Answer step(State& state, const Config& config, const Ask& ask, policy::Micros now) {
    using What = Ask::What;
    using Hold = policy::Effects::Hold;
    policy::Effects effects;
    switch (ask.what) {
      case What::count: state.count += config.by; break;
      case What::peek: break;
      case What::take:
      case What::drop:
        effects.hold = ask.what == What::take ? Hold::take : Hold::drop;
        effects.ticket = ask.ticket;
        break;
      case What::vanish:
        ++state.vanished;
        state.last_vanished = ask.ticket;
        effects.note(policy::Event::vanished, policy::Cause::none, static_cast<double>(ask.ticket));
        break;
      case What::note:
        effects.note(policy::Event::opened, policy::Cause::time, static_cast<double>(ask.ticket));
        break;
    }
    return {state.count, state.vanished, now, effects};
  }
  static Ask vanished(std::int64_t ticket) { return {Ask::What::vanish, ticket}; }
  static void mend(State& state, const Config&, policy::Micros) {
    if (state.count >= 0) return;
    state.count = 0;
    ++state.mended;
  }
};

using What = Counter::Ask::What;

}  // namespace gird::store
