// What a breaker promises, counted anew from the steps it has taken.
#include "history/breaker_rules.hpp"

#include <algorithm>

namespace gird::history {

using Ask = policy::Breaker::Ask;
using Mode = policy::Breaker::Mode;

void BreakerRules::step(const Breaker::Ask& ask, policy::Micros now, const Breaker::State& before,
                        const Breaker::Answer& answer, const Breaker::State& after) {
  ++totals_.steps;
  if (now < now_) complain("the clock went back");
  now_ = now;
  if (answer.before != before.mode || answer.after != after.mode) {
    complain("the answer tells of another change than there was");
  }
  changed(before, after);
  switch (ask.what) {
    case Ask::What::admit: admitted(answer, after); break;
    case Ask::What::vanish: ++totals_.vanished; [[fallthrough]];
    case Ask::What::record:
    case Ask::What::cancel: ended(ask); break;
    default: break;
  }
}

void BreakerRules::changed(const Breaker::State& before, const Breaker::State& after) {
  if (before.mode == after.mode) {
    if (before.epoch != after.epoch) complain("an epoch ended without a change of mode");
    return;
  }
  if (after.epoch <= before.epoch) complain("a mode began without an epoch of its own");
  if (after.mode == Mode::open) ++totals_.opened;
  if (after.mode == Mode::closed) ++totals_.closed;
  if (after.mode != Mode::half_open) return;
  ++totals_.half_opened;
  if (before.mode != Mode::open) complain("half-open came after another mode than open");
  if (!left_open_.insert(before.epoch).second) {
    complain("epoch " + std::to_string(before.epoch) + " went to half-open twice");
  }
}

void BreakerRules::admitted(const Breaker::Answer& answer, const Breaker::State& after) {
  ++(answer.allowed ? totals_.allowed : totals_.refused);
  if (!answer.allowed || !answer.probe) return;
  ++totals_.probes;
  if (answer.effects.hold != policy::Effects::Hold::take) complain("a probe has no hold");
  if (!probing_.emplace(answer.effects.ticket, after.epoch).second) {
    complain("two probes at once have ticket " + std::to_string(answer.effects.ticket));
  }
  const std::int64_t in_flight = ++probes_of_[after.epoch];
  totals_.most_probes = std::max(totals_.most_probes, in_flight);
  if (in_flight > config_.half_open_permits) {
    complain("epoch " + std::to_string(after.epoch) + " has " + std::to_string(in_flight) +
             " probes in flight");
  }
}

void BreakerRules::ended(const Breaker::Ask& ask) {
  const auto probe = probing_.find(ask.ticket);
  if (probe == probing_.end()) return;
  const auto epoch = probes_of_.find(probe->second);
  if (--epoch->second == 0) probes_of_.erase(epoch);
  probing_.erase(probe);
}

void BreakerRules::finish(const Breaker::State& last) {
  const auto expect = [this](std::string_view what, std::int64_t counted, std::int64_t kept) {
    if (counted == kept) return;
    complain(std::string(what) + ": " + std::to_string(kept) + " kept, " + std::to_string(counted) +
             " counted");
  };
  expect("calls", totals_.allowed, last.calls_total);
  expect("refusals", totals_.refused, last.refused_total);
  expect("openings", totals_.opened, last.opened_total);
}

void BreakerRules::complain(std::string text) {
  if (complaints_.size() == most_complaints) return;
  complaints_.push_back("step " + std::to_string(totals_.steps) + ": " + std::move(text));
}

}  // namespace gird::history
