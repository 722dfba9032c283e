// The throttle: requests and accepts over the same buckets.
#include "policy/throttle.hpp"

#include <algorithm>

namespace gird::policy {
namespace {

using Answer = Throttle::Answer;
using Config = Throttle::Config;
using State = Throttle::State;
using What = Throttle::Ask::What;

constexpr Micros longest_period = std::int64_t{1} << 46;

Micros period_of(const Config& config) {
  return std::clamp<Micros>(config.period, 1, longest_period);
}

void fit(Buckets& buckets, const Config& config, Micros now) {
  buckets.last = std::min(buckets.last, now);
  buckets.follow(now);
  buckets.fit(Buckets::width_for(period_of(config)), now, Buckets::Lean::late);
}

void count(State& state, const Config& config, Micros now, Answer& answer) {
  const Micros since = now - period_of(config);
  answer.requests = state.requests.at_most_since(since);
  answer.accepts = state.accepts.at_most_since(since);
  const auto requests = static_cast<double>(answer.requests);
  const double k = config.k >= 1 ? config.k : 1;
  const double over = requests - k * static_cast<double>(answer.accepts);
  answer.refusal = std::max(over / (requests + 1), 0.0);
}

}  // namespace

Answer Throttle::step(State& state, const Config& config, const Ask& ask, Micros now) {
  if (ask.what == What::reset) state = {};
  const State as_kept = state;
  fit(state.requests, config, now);
  fit(state.accepts, config, now);
  if (ask.what == What::accepted) state.accepts.add(now, 1);
  Answer answer;
  count(state, config, now, answer);
  if (ask.what != What::request && ask.what != What::peek) return answer;
  answer.allowed = ask.chance >= answer.refusal;
  if (ask.what == What::peek) {
    state = as_kept;
    return answer;
  }
  state.requests.add(now, 1);
  count(state, config, now, answer);
  return answer;
}

void Throttle::mend(State& state, const Config&, Micros now) {
  state.requests.mend(now, 0);
  state.accepts.mend(now, 0);
}

}  // namespace gird::policy
