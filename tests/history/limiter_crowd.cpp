// Many processes with one limiter: what they do, and whether it was right.
#include "history/limiter_crowd.hpp"

#include <sched.h>

namespace gird::history {
namespace {

using policy::Limiter;
using What = Limiter::Ask::What;

constexpr Limiter::Config bucket{.count = 20'000, .period = 1'000'000, .burst = 50};
constexpr Limiter::Config window{
    .algorithm = Limiter::Algorithm::sliding, .count = 200, .period = 10'000};
constexpr Limiter::Config places{.concurrency = 4};

/// Takes one to three at once, sometimes ready to wait a little.
template <const Limiter::Config& config>
class Taker : public Asker<Limiter, config> {
 public:
  using Asker<Limiter, config>::Asker;

  void work() {
    while (!this->done()) {
      if (this->dice(8) == 0) ::sched_yield();
      if (this->dice(10) == 0) this->look();
      const auto cost = static_cast<std::int64_t>(1 + this->dice(3));
      const policy::Micros patience = this->dice(4) == 0 ? 500 : 0;
      store::Hold none;
      this->ask({.what = What::take, .cost = cost, .patience = patience}, none);
      this->die_if_doomed();
    }
  }
};

/// Takes a place, waits in the queue for it, sometimes in vain, and leaves it, sometimes without a
/// word.
class Sitter : public Asker<Limiter, places> {
 public:
  using Asker::Asker;

  void work() {
    while (!done()) {
      if (dice(10) == 0) look();
      store::Hold hold;
      const std::int64_t ticket = sit_down(hold);
      if (ticket == 0) continue;
      die_if_doomed();
      if (dice(2) == 0) ::sched_yield();
      if (dice(20) > 0) ask({.what = What::done, .ticket = ticket}, hold);
    }
  }

 private:
  /// The ticket of the call; 0: there is none.
  std::int64_t sit_down(store::Hold& hold) {
    Limiter::Ask take{.what = What::take, .patience = 1'000'000};
    while (!done()) {
      const auto answer = ask(take, hold);
      if (!answer || answer->what == Limiter::Answer::What::refused) return 0;
      if (answer->what == Limiter::Answer::What::go) return answer->effects.ticket;
      if (take.ticket == 0) take.ticket = answer->effects.ticket;
      die_if_doomed();
      if (dice(50) == 0) return give_up(take.ticket, hold);
      ::sched_yield();
    }
    return 0;
  }

  std::int64_t give_up(std::int64_t ticket, store::Hold& hold) {
    if (dice(2) == 0) ask({.what = What::cancel, .ticket = ticket}, hold);
    return 0;
  }
};

template <const Limiter::Config& config, class Member>
LimiterVerdict try_limiter(const CrowdSize& size) {
  LimiterRules kept(config);
  LimiterVerdict verdict;
  static_cast<Verdict&>(verdict) = Trial<Limiter, config, Member, LimiterRules>(size, kept).hold();
  verdict.totals = kept.totals();
  return verdict;
}

}  // namespace

LimiterVerdict try_bucket(const CrowdSize& size) {
  return try_limiter<bucket, Taker<bucket>>(size);
}
LimiterVerdict try_window(const CrowdSize& size) {
  return try_limiter<window, Taker<window>>(size);
}
LimiterVerdict try_places(const CrowdSize& size) { return try_limiter<places, Sitter>(size); }

}  // namespace gird::history
