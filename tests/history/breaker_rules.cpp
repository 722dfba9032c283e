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
  changed(ask, before, after);
  switch (ask.what) {
    case Ask::What::admit: admitted(answer, after); break;
    case Ask::What::vanish: ++totals_.vanished; [[fallthrough]];
    case Ask::What::record:
    case Ask::What::cancel: ended(ask, before); break;
    default: break;
  }
}

void BreakerRules::changed(const Breaker::Ask& ask, const Breaker::State& before,
                           const Breaker::State& after) {
  if (before.mode == after.mode) {
    const bool forgets = ask.what == Ask::What::reset;
    if (before.epoch != after.epoch && !forgets)
      complain("an epoch ended without a change of mode");
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
  if (!answer.allowed) return;
  begun_[answer.effects.ticket] = after.epoch;
  if (!answer.probe) return;
  if (answer.effects.hold != policy::Effects::Hold::take) complain("a probe has no hold");
  if (!probing_.emplace(answer.effects.ticket, after.epoch).second) {
    complain("two probes at once have ticket " + std::to_string(answer.effects.ticket));
  }
  probe_begins(after.epoch);
}

void BreakerRules::probe_begins(std::int64_t epoch) {
  ++totals_.probes;
  const std::int64_t in_flight = ++probes_of_[epoch];
  totals_.most_probes = std::max(totals_.most_probes, in_flight);
  if (in_flight > config_.half_open_permits) {
    complain("epoch " + std::to_string(epoch) + " has " + std::to_string(in_flight) +
             " probes in flight");
  }
}

void BreakerRules::ended(const Breaker::Ask& ask, const Breaker::State& before) {
  const bool probe = probing_.contains(ask.ticket);
  const auto begun = begun_.find(ask.ticket);
  const bool late = begun == begun_.end() || begun->second != before.epoch;
  if (probe) probe_ends(ask.ticket);
  if (late || before.mode == Mode::disabled) return;
  const bool vanished = ask.what == Ask::What::vanish && !probe;
  const bool told = ask.what == Ask::What::record && ask.result != Ask::Result::ignored;
  if (vanished || told) ++totals_.ended;
  if (vanished || (told && ask.result == Ask::Result::failure)) ++totals_.failed;
}

void BreakerRules::probe_ends(std::int64_t ticket) {
  const auto probe = probing_.find(ticket);
  const auto epoch = probes_of_.find(probe->second);
  if (--epoch->second == 0) probes_of_.erase(epoch);
  probing_.erase(probe);
  begun_.erase(ticket);
}

void BreakerRules::finish(const Breaker::State& last) {
  const auto expect = [this](std::string_view what, std::int64_t counted, std::int64_t kept) {
    if (counted == kept) return;
    complain(std::string(what) + ": " + std::to_string(kept) + " kept, " + std::to_string(counted) +
             " counted");
  };
  expect("calls", totals_.ended, last.calls_total);
  expect("failures", totals_.failed, last.failures_total);
  expect("refusals", totals_.refused, last.refused_total);
  expect("openings", totals_.opened, last.opened_total);
}

void BreakerRules::complain(std::string text) {
  if (complaints_.size() == most_complaints) return;
  complaints_.push_back("step " + std::to_string(totals_.steps) + ": " + std::move(text));
}

}  // namespace gird::history
