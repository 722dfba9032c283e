// Jitter is spread as it says, by the Kolmogorov-Smirnov test.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "base/chance.hpp"
#include "policy/backoff.hpp"

namespace gird::policy {
namespace {

using namespace std::chrono_literals;
using Distribution = std::function<double(double)>;

/// The largest distance between the distribution of `samples` and `expected`.
double ks_statistic(std::vector<double> samples, const Distribution& expected) {
  std::sort(samples.begin(), samples.end());
  const auto count = static_cast<double>(samples.size());
  double distance = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double at = expected(samples[i]);
    distance = std::max(
        {distance, at - static_cast<double>(i) / count, static_cast<double>(i + 1) / count - at});
  }
  return distance;
}

/// How likely a distance of `statistic` or more is for `count` samples of the right distribution.
/// Source: Kolmogorov's series with M. Stephens' correction, J. R. Stat. Soc. B 32(1), 1970.
double ks_p_value(double statistic, std::size_t count) {
  const double root = std::sqrt(static_cast<double>(count));
  const double x = (root + 0.12 + 0.11 / root) * statistic;
  if (x < 0.2) return 1;  // the series converges too slowly to say less
  double sum = 0;
  for (int k = 1; k <= 100; ++k) sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * x * x);
  return std::clamp(sum, 0.0, 1.0);
}

double p_value(const std::vector<double>& samples, const Distribution& expected) {
  return ks_p_value(ks_statistic(samples, expected), samples.size());
}

Distribution uniform(double least, double most) {
  return [=](double x) { return std::clamp((x - least) / (most - least), 0.0, 1.0); };
}

double in_seconds(Duration span) { return std::chrono::duration<double>(span).count(); }

constexpr std::size_t samples = 20'000;
constexpr std::uint64_t seeds[] = {1, 42, 20'261'121};

/// Waits of a ceiling of 8 s.
std::vector<double> draw(const Jitter& jitter, std::uint64_t seed) {
  Schedule schedule;
  schedule.jitter = jitter;
  Chance chance(seed);
  std::vector<double> waits;
  for (std::size_t i = 0; i < samples; ++i) {
    waits.push_back(in_seconds(wait_after(schedule, 4, 0s, chance.next())));
  }
  return waits;
}

void expect(const Jitter& jitter, const Distribution& distribution) {
  for (const auto seed : seeds) {
    BOOST_TEST_CONTEXT(to_text(jitter) << " with seed " << seed) {
      BOOST_TEST(p_value(draw(jitter, seed), distribution) > 0.01);
    }
  }
}

BOOST_AUTO_TEST_SUITE(policy_jitter_distribution)

BOOST_AUTO_TEST_CASE(the_p_value_agrees_with_published_tables) {
  // Critical values for large n: 1.2238 / sqrt(n) at 10 %, 1.3581 at 5 %, 1.6276 at 1 %.
  const std::size_t many = 1'000'000;
  const double root = 1'000;
  BOOST_TEST(ks_p_value(1.2238 / root, many) == 0.10, boost::test_tools::tolerance(0.01));
  BOOST_TEST(ks_p_value(1.3581 / root, many) == 0.05, boost::test_tools::tolerance(0.01));
  BOOST_TEST(ks_p_value(1.6276 / root, many) == 0.01, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(full_jitter_is_uniform_from_nothing_to_the_wait) {
  expect({Jitter::Kind::full, 0}, uniform(0, 8));
}

BOOST_AUTO_TEST_CASE(equal_jitter_is_uniform_over_the_upper_half) {
  expect({Jitter::Kind::equal, 0}, uniform(4, 8));
}

BOOST_AUTO_TEST_CASE(a_percentage_is_uniform_around_the_wait) {
  expect({Jitter::Kind::percent, 25}, uniform(6, 10));
  expect({Jitter::Kind::percent, 10}, uniform(7.2, 8.8));
}

BOOST_AUTO_TEST_CASE(over_the_cap_a_percentage_gathers_at_the_cap) {
  // 8 s plus or minus half is 4 to 12 s; the quarter over the cap of 10 s becomes the cap.
  const auto waits = draw({Jitter::Kind::percent, 50}, 42);
  const auto at_cap = std::count(waits.begin(), waits.end(), 10.0);
  BOOST_TEST(static_cast<double>(at_cap) / samples == 0.25, boost::test_tools::tolerance(0.05));
}

BOOST_AUTO_TEST_CASE(decorrelated_waits_are_uniform_up_to_three_times_the_last) {
  for (const auto seed : seeds) {
    Schedule schedule;
    schedule.shape = Backoff::Shape::decorrelated;
    schedule.cap = 1h;
    Chance chance(seed);
    std::vector<double> places;
    Duration previous{};
    for (std::size_t i = 0; i < samples; ++i) {
      const Duration wait =
          wait_after(schedule, static_cast<std::int64_t>(i + 1), previous, chance.next());
      const double most = std::min(3600.0, 3 * std::max(1.0, in_seconds(previous)));
      places.push_back((in_seconds(wait) - 1) / (most - 1));
      previous = wait;
    }
    BOOST_TEST(p_value(places, uniform(0, 1)) > 0.01);
  }
}

BOOST_AUTO_TEST_CASE(the_second_decorrelated_wait_has_the_distribution_of_the_paper) {
  // The first wait is uniform in [1, 3], the second uniform in [1, 3 * first]: its distribution is
  // the mean over f of (x - 1) / (3f - 1), with those f counted in full whose range ends below x.
  const Distribution second = [](double x) {
    const double full = std::clamp(x / 3, 1.0, 3.0);
    const double part = std::log((3 * 3.0 - 1) / (3 * full - 1)) / 3;
    return std::clamp(((full - 1) + (x - 1) * part) / 2, 0.0, 1.0);
  };
  for (const auto seed : seeds) {
    Schedule schedule;
    schedule.shape = Backoff::Shape::decorrelated;
    schedule.cap = 1h;
    Chance chance(seed);
    std::vector<double> waits;
    for (std::size_t i = 0; i < samples; ++i) {
      const Duration first = wait_after(schedule, 1, 0s, chance.next());
      waits.push_back(in_seconds(wait_after(schedule, 2, first, chance.next())));
    }
    BOOST_TEST(p_value(waits, second) > 0.01);
  }
}

BOOST_AUTO_TEST_CASE(the_test_rejects_a_wrong_distribution) {
  const auto full = draw({Jitter::Kind::full, 0}, 42);
  BOOST_TEST(p_value(full, uniform(0, 8.4)) < 1e-6);
  BOOST_TEST(p_value(full, uniform(4, 8)) < 1e-6);
  BOOST_TEST(p_value(draw({Jitter::Kind::equal, 0}, 42), uniform(0, 8)) < 1e-6);
  const Distribution normal = [](double x) {
    return std::erfc((4 - x) / 2.3 / std::numbers::sqrt2) / 2;
  };
  BOOST_TEST(p_value(full, normal) < 1e-6);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
