// Additive increase, multiplicative decrease.
#include "policy/adaptive_rate.hpp"

#include <algorithm>
#include <cmath>

namespace gird::policy {
namespace {

constexpr double steps_of_range = 20;
constexpr double after_throttled = 0.7;
constexpr double after_failure = 0.9;
constexpr double tolerance = 2;
constexpr double least_gradient = 0.5;
constexpr double noise = 1000;  // microseconds
constexpr double least_learned = 10;
constexpr double most_learned = 100;
constexpr double recent_share = 0.2;
constexpr double worth_telling = 0.1;
constexpr Micros rounds_of_period = 10;
constexpr double longest_latency = 9007199254740992;  // 2^53

void learn_latency(AdaptiveRate& adaptive, double took) {
  adaptive.learned = std::min(adaptive.learned + 1, most_learned);
  adaptive.usual += (took - adaptive.usual) / adaptive.learned;
  const bool first = adaptive.learned == 1;
  adaptive.recent = first ? took : adaptive.recent + (took - adaptive.recent) * recent_share;
}

/// 1, or by what the rate goes down.
double gradient(const AdaptiveRate& adaptive) {
  if (adaptive.learned <= least_learned) return 1;
  const double bound = tolerance * adaptive.usual;
  if (adaptive.recent <= bound || adaptive.recent - adaptive.usual <= noise) return 1;
  return std::max(bound / adaptive.recent, least_gradient);
}

double factor_of(const AdaptiveRate& adaptive, Signal signal) {
  if (signal == Signal::throttled) return after_throttled;
  if (signal == Signal::failure) return after_failure;
  return gradient(adaptive);
}

bool may_go_down(const AdaptiveRate& adaptive, const RateRange& range, Micros took, Micros now) {
  if (adaptive.lowered_at == 0) return true;
  const bool knows = now - took >= adaptive.lowered_at;
  return knows && now - adaptive.lowered_at >= range.period / rounds_of_period;
}

void tell(AdaptiveRate& adaptive, const RateRange& range, Effects& effects) {
  const double rate = adaptive.rate;
  const bool far = std::abs(rate - adaptive.told) >= worth_telling * adaptive.told;
  const bool at_end = rate == range.slowest || rate == range.fastest;
  if (rate == adaptive.told || (!far && !at_end)) return;
  adaptive.told = rate;
  effects.note(Event::rate_changed, Cause::none, rate);
}

}  // namespace

double rate_of(const AdaptiveRate& adaptive, const RateRange& range) {
  const double first = range.first > 0 ? range.first : range.slowest;
  const double rate = adaptive.rate > 0 ? adaptive.rate : first;
  return std::min(std::max(rate, range.slowest), range.fastest);
}

void learn(AdaptiveRate& adaptive, const RateRange& range, Signal signal, Micros took, Micros now,
           Effects& effects) {
  adaptive.rate = rate_of(adaptive, range);
  if (adaptive.told <= 0) adaptive.told = adaptive.rate;
  if (signal == Signal::success) learn_latency(adaptive, static_cast<double>(took));
  const double factor = factor_of(adaptive, signal);
  if (factor < 1) {
    if (!may_go_down(adaptive, range, took, now)) return;
    adaptive.rate = std::max(adaptive.rate * factor, range.slowest);
    adaptive.lowered_at = now;
  } else {
    const double step = (range.fastest - range.slowest) / steps_of_range;
    adaptive.rate = std::min(adaptive.rate + step / std::max(adaptive.rate, 1.0), range.fastest);
  }
  tell(adaptive, range, effects);
}

void mend(AdaptiveRate& adaptive, Micros now) {
  const auto possible = [](double number, double most) { return number >= 0 && number <= most; };
  const bool rates = possible(adaptive.rate, 1e15) && possible(adaptive.told, 1e15);
  const bool latencies = possible(adaptive.usual, longest_latency) &&
                         possible(adaptive.recent, longest_latency) &&
                         possible(adaptive.learned, most_learned);
  if (!rates || !latencies || adaptive.lowered_at < 0) adaptive = {};
  adaptive.lowered_at = std::min(adaptive.lowered_at, now);
}

}  // namespace gird::policy
