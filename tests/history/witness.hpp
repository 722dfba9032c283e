// A machine around another one that counts its steps and writes each of them down.
#pragma once

#include <csignal>

#include "history/log.hpp"

namespace gird::history {

/// The steps are those of M under `rules`. The count is part of the state and so goes through the
/// store as everything else: what the store does to it, it does to the machine. The Config is left
/// out of the cell, to have room for the count.
template <class M, const typename M::Config& rules>
struct Witness {
  static constexpr std::string_view name = "witness";
  static constexpr std::uint32_t version = 1;
  static constexpr std::size_t most_holders = M::most_holders;
  /// Where the steps of this process are written down; nothing: nowhere.
  inline static Log<M>* log = nullptr;
  /// This process is to be killed in its next step, when the state is made and not yet kept.
  inline static bool last_breath = false;

  struct Config {
    std::int64_t nothing = 0;
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("nothing", self.nothing);
    }
  };

  struct State {
    std::int64_t sequence = 0;
    typename M::State inner = {};
    template <class Self>
    static void each(Self& self, auto&& visit) {
      visit("sequence", self.sequence);
      M::State::each(self.inner, visit);
    }
  };

  using Ask = typename M::Ask;
  using Answer = typename M::Answer;

  static Answer step(State& state, const Config&, const Ask& ask, policy::Micros now) {
    const Answer answer = M::step(state.inner, rules, ask, now);
    ++state.sequence;
    if (log != nullptr) {
      log->note({.sequence = state.sequence,
                 .now = now,
                 .ask = ask,
                 .answer = digest_of(answer),
                 .state = digest_of(state.inner)});
    }
    if (last_breath) ::raise(SIGKILL);
    return answer;
  }
  static Ask vanished(std::int64_t ticket) { return M::vanished(ticket); }
  static void mend(State& state, const Config&, policy::Micros now) {
    M::mend(state.inner, rules, now);
  }
};

}  // namespace gird::history
