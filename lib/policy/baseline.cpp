// Learning what is normal, and telling what is not.
#include "policy/baseline.hpp"

#include <algorithm>

namespace gird::policy {
namespace {

constexpr std::int64_t all_judged = (1 << Baseline::judged) - 1;
/// What a mean duration can be, squared: 2^53 microseconds by themselves.
constexpr double most_took = 9007199254740992.0;
/// Where counting ends, long after the weights stopped to change.
constexpr std::int64_t most_learned = 1'000'000'000;

bool is_spread(const Spread& spread, double most) {
  // Not a number compares as false.
  return spread.mean >= 0 && spread.mean <= most && spread.variance >= 0 &&
         spread.variance <= most * most;
}

/// The variance that blocks of `calls` calls have by chance alone (of a binomial distribution).
double noise_of_share(double mean, double calls) {
  const double likely = std::max(mean, Baseline::least_share);
  return likely * (1.0 - likely) / calls;
}

double noise_of_took(double mean) {
  const double deviation = std::max(mean / 3.0, Baseline::least_took);
  return deviation * deviation;
}

}  // namespace

void Spread::learn(double value, std::int64_t number) {
  const double weight = 1.0 / static_cast<double>(std::min(number, memory));
  const double away = value - mean;
  const double step = away * weight;
  mean = mean + step;
  // Two statements: a fused multiply-add would round differently from the script in Redis.
  const double grown = variance + away * step;
  variance = (1.0 - weight) * grown;
}

bool Spread::exceeded_by(double value, double least) const {
  // Squares are compared, which spares the root.
  const double away = value - mean;
  return away > 0 && away * away > 9.0 * std::max(variance, least);
}

bool Baseline::add(bool failed, Micros took_now, std::int64_t block) {
  ++block_calls;
  if (failed) ++block_failed;
  block_took = block_took + static_cast<double>(took_now);
  if (block_calls < block) return false;

  const auto calls = static_cast<double>(block_calls);
  const double new_share = static_cast<double>(block_failed) / calls;
  const double new_took = block_took / calls;
  const bool stands_out = learned >= least_learned &&
                          (share.exceeded_by(new_share, noise_of_share(share.mean, calls)) ||
                           took.exceeded_by(new_took, noise_of_took(took.mean)));
  abnormal = (abnormal * 2 + (stands_out ? 1 : 0)) & all_judged;
  block_calls = block_failed = 0;
  block_took = 0;
  if (!stands_out) {
    learned = std::min(learned + 1, most_learned);
    share.learn(new_share, learned);
    took.learn(new_took, learned);
  }
  return abnormal_blocks() >= too_many;
}

std::int64_t Baseline::abnormal_blocks() const {
  std::int64_t count = 0;
  for (std::int64_t bit = 1; bit <= all_judged; bit *= 2) count += (abnormal & bit) != 0 ? 1 : 0;
  return count;
}

void Baseline::pause() {
  block_calls = block_failed = abnormal = 0;
  block_took = 0;
}

void Baseline::mend() {
  const bool possible = block_calls >= 0 && block_calls < most_learned && block_failed >= 0 &&
                        block_failed <= block_calls && block_took >= 0 && block_took <= most_took &&
                        learned >= 0 && learned <= most_learned && abnormal >= 0 &&
                        abnormal <= all_judged && is_spread(share, 1.0) &&
                        is_spread(took, most_took);
  if (!possible) *this = Baseline{};
}

}  // namespace gird::policy
