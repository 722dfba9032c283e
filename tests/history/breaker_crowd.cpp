// Many processes with one breaker: what they do, and whether it was right.
#include "history/breaker_crowd.hpp"

#include <sched.h>

namespace gird::history {
namespace {

using policy::Breaker;

/// A second holds thousands of changes.
constexpr Breaker::Config rules{
    .failure_threshold = 3,
    .window_calls = 8,
    .min_calls = 4,
    .open_for = 200,
    .open_max = 800,
    .success_threshold = 2,
    .half_open_permits = 3,
};

/// A caller of the service that the breaker guards, and now and then its administrator.
class Caller : public Asker<Breaker, rules> {
 public:
  using Asker::Asker;

  void work() {
    while (!done()) {
      if (dice(500) == 0) administrate();
      if (dice(10) == 0) look();
      // Others shall come in between, on machines with few processors too.
      if (dice(4) == 0) ::sched_yield();
      call();
    }
  }

 private:
  using What = Breaker::Ask::What;

  void call() {
    store::Hold hold;
    const auto answer = ask({.what = What::admit, .chance = chance()}, hold);
    if (!answer || !answer->allowed) return;
    die_if_doomed();
    if (dice(2) == 0) ::sched_yield();
    end(answer->effects.ticket, hold);
  }

  /// One call in twenty leaves without a word, one is taken back, a third fails.
  void end(std::int64_t ticket, store::Hold& hold) {
    const std::uint64_t way = dice(60);
    if (way < 3) return;
    if (way < 6) {
      ask({.what = What::cancel, .ticket = ticket}, hold);
      return;
    }
    const auto result = way < 26 ? Breaker::Ask::Result::failure : Breaker::Ask::Result::success;
    ask({.what = What::record, .chance = chance(), .ticket = ticket, .result = result, .took = 10},
        hold);
  }

  void administrate() {
    constexpr What verbs[] = {What::trip,        What::reset,   What::hold_open,
                              What::hold_closed, What::disable, What::metrics_only};
    store::Hold none;
    ask({.what = verbs[dice(std::size(verbs))]}, none);
    ask({.what = What::release}, none);
  }
};

}  // namespace

BreakerVerdict try_breaker(const CrowdSize& size) {
  BreakerRules kept(rules);
  BreakerVerdict verdict;
  static_cast<Verdict&>(verdict) = Trial<Breaker, rules, Caller, BreakerRules>(size, kept).hold();
  verdict.totals = kept.totals();
  return verdict;
}

}  // namespace gird::history
