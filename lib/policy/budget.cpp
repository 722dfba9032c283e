// The budget: calls counted from below, retries from above.
#include "policy/budget.hpp"

#include <algorithm>

namespace gird::policy {
namespace {

using Ask = Budget::Ask;
using Answer = Budget::Answer;
using Config = Budget::Config;
using State = Budget::State;

constexpr Micros longest_period = std::int64_t{1} << 46;
constexpr double most = 1e9;

double in_range(double number) { return number > 0 ? std::min(number, most) : 0; }

Micros period_of(const Config& config) {
  return std::clamp<Micros>(config.period, 1, longest_period);
}

void fit(State& state, Micros period, Micros now) {
  const Micros width = Buckets::width_for(period);
  for (Buckets* const each : {&state.calls, &state.retries}) {
    each->last = std::min(each->last, now);
    each->follow(now);
  }
  state.calls.fit(width, now, Buckets::Lean::early);
  state.retries.fit(width, now, Buckets::Lean::late);
}

double allowance(const Config& config, std::int64_t calls) {
  const double floor =
      in_range(config.floor_per_second) * static_cast<double>(period_of(config)) / 1'000'000;
  return in_range(config.ratio) * static_cast<double>(calls) + floor;
}

Answer counted(const State& state, const Config& config, Micros now) {
  const Micros since = now - period_of(config);
  Answer answer;
  answer.calls = state.calls.at_least_since(since);
  answer.retries = state.retries.at_most_since(since);
  const double left = allowance(config, answer.calls) - static_cast<double>(answer.retries);
  answer.left = std::max(left, 0.0);
  return answer;
}

}  // namespace

Answer Budget::step(State& state, const Config& config, const Ask& ask, Micros now) {
  const State as_kept = state;
  fit(state, period_of(config), now);
  if (ask.what == Ask::What::reset) state = {};
  if (ask.what == Ask::What::call) state.calls.add(now, 1);
  Answer answer = counted(state, config, now);
  if (ask.what == Ask::What::peek || ask.what == Ask::What::retry) {
    answer.allowed = answer.left >= 1;
  }
  if (ask.what == Ask::What::retry && answer.allowed) {
    state.retries.add(now, 1);
    ++answer.retries;
    answer.left -= 1;
  } else if (ask.what == Ask::What::retry) {
    answer.effects.note(Event::exhausted, Cause::budget, static_cast<double>(answer.retries));
  }
  // Who asks in vain does not make the buckets of others coarser.
  if (ask.what == Ask::What::peek || !answer.allowed) state = as_kept;
  return answer;
}

void Budget::mend(State& state, const Config&, Micros now) {
  state.calls.mend(now, 0);
  state.retries.mend(now, 0);
}

}  // namespace gird::policy
