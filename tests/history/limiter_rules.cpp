// What a limiter promises, counted anew from the steps it has taken.
#include "history/limiter_rules.hpp"

#include <algorithm>

namespace gird::history {

using Ask = policy::Limiter::Ask;
using Answer = policy::Limiter::Answer;
using Hold = policy::Effects::Hold;

void LimiterRules::step(const Limiter::Ask& ask, policy::Micros now,
                        const Limiter::Answer& answer) {
  ++totals_.steps;
  switch (ask.what) {
    case Ask::What::take: return taken(ask, now, answer);
    case Ask::What::vanish: ++totals_.vanished; return leave(ask.ticket);
    case Ask::What::done:
    case Ask::What::cancel: return leave(ask.ticket);
    default: return;
  }
}

void LimiterRules::taken(const Limiter::Ask& ask, policy::Micros now,
                         const Limiter::Answer& answer) {
  switch (answer.what) {
    case Answer::What::go: return let_through(ask, now, answer);
    case Answer::What::refused: ++totals_.refused; return leave(ask.ticket);
    case Answer::What::queued: break;
  }
  if (answer.effects.hold != Hold::take) return;
  ++totals_.queued;
  queue_.push_back(answer.effects.ticket);
  totals_.longest_queue = std::max(totals_.longest_queue, static_cast<std::int64_t>(queue_.size()));
}

void LimiterRules::let_through(const Limiter::Ask& ask, policy::Micros now,
                               const Limiter::Answer& answer) {
  ++totals_.let_through;
  starts_.push_back({now + answer.wait, ask.cost});
  if (config_.concurrency == 0) return;
  const std::int64_t first = queue_.empty() ? 0 : queue_.front();
  if (first != 0 && first != ask.ticket) complain("somebody came before the first of the queue");
  leave(ask.ticket);
  if (answer.effects.hold != Hold::take) complain("a call under way has no hold");
  totals_.most_at_once = std::max(totals_.most_at_once, ++at_once_);
  if (at_once_ > config_.concurrency) {
    complain(std::to_string(at_once_) + " calls are under way");
  }
}

/// Whoever has a ticket of the queue leaves it; any other one is that of a call.
void LimiterRules::leave(std::int64_t ticket) {
  if (ticket == 0) return;
  if (std::erase(queue_, ticket) > 0) return;
  if (--at_once_ < 0) complain("a call ended that had not begun");
}

void LimiterRules::finish() {
  if (config_.count == 0) return;
  std::ranges::stable_sort(starts_, {}, &Start::at);
  if (config_.algorithm == policy::Limiter::Algorithm::gcra) return hold_against_bucket();
  hold_against_window();
}

/// With S the cost of all starts up to one: S_j - S_(i-1) <= burst + (t_j - t_i) * count / period
/// for every i <= j is S_j * period - t_j * count - burst * period <= the least S_(i-1) * period -
/// t_i * count.
void LimiterRules::hold_against_bucket() {
  __extension__ using Wide = __int128;
  const auto count = static_cast<Wide>(config_.count);
  const Wide period = config_.period;
  const Wide burst = config_.burst > 0 ? Wide{config_.burst} : count;
  Wide sum = 0;
  Wide least = 0;
  const policy::Micros origin = starts_.empty() ? 0 : starts_.front().at;
  for (const Start& start : starts_) {
    const Wide gone = Wide{start.at - origin} * count;
    least = std::min(least, sum * period - gone);
    sum += start.cost;
    const Wide used = sum * period - gone - least;
    totals_.fullest =
        std::max(totals_.fullest, static_cast<double>(used) / static_cast<double>(burst * period));
    if (used > burst * period) {
      complain("too much until " + std::to_string(start.at - origin) + " us after the first start");
    }
  }
}

void LimiterRules::hold_against_window() {
  const auto most = static_cast<std::int64_t>(config_.count);
  std::int64_t sum = 0;
  std::size_t first = 0;
  for (const Start& start : starts_) {
    sum += start.cost;
    while (starts_[first].at < start.at - config_.period) sum -= starts_[first++].cost;
    totals_.fullest =
        std::max(totals_.fullest, static_cast<double>(sum) / static_cast<double>(most));
    if (sum > most) {
      complain(std::to_string(sum) + " in the period until " +
               std::to_string(start.at - starts_.front().at) + " us after the first start");
    }
  }
}

void LimiterRules::complain(std::string text) {
  if (complaints_.size() == most_complaints) return;
  complaints_.push_back("step " + std::to_string(totals_.steps) + ": " + std::move(text));
}

}  // namespace gird::history
