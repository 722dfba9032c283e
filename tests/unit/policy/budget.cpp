// The retry budget, against a log of every call and retry.
#include "policy/budget.hpp"

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <vector>

#include "base/chance.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;
using What = Budget::Ask::What;

constexpr Micros second = 1'000'000;

Budget::Answer ask(Budget::State& state, const Budget::Config& config, What what, Micros now) {
  return Budget::step(state, config, {what}, now);
}

/// Over which times, and whether the call rate is even.
struct Load {
  double ratio;
  double floor;
  Micros period;
  Micros gap;  ///< between two attempts, up to this
};

std::ostream& operator<<(std::ostream& out, const Load& load) {
  return out << load.ratio << " and " << load.floor << "/s in " << load.period << " us";
}

const std::vector<Load> loads{
    {0.1, 0, 10 * second, 20'000},   {0.1, 1, 10 * second, 20'000},
    {0.25, 0.5, second, 9'000},      {1, 0, 3'333'333, 30'000},
    {0, 2, 10 * second, 500'000},    {0.5, 0, 100, 5},
    {0.1, 10, 10 * second, 200'000}, {3, 0, 7, 1},
};

std::int64_t since(const std::vector<Micros>& log, Micros when) {
  return log.end() - std::ranges::lower_bound(log, when);
}

BOOST_AUTO_TEST_SUITE(policy_budget)

BOOST_DATA_TEST_CASE(retries_stay_within_ratio_and_floor_in_any_period, data::make(loads), load) {
  const Budget::Config config{load.ratio, load.floor, load.period};
  Budget::State state;
  Chance chance(3);
  std::vector<Micros> calls;
  std::vector<Micros> retries;
  Micros now = 5'000'000'011;
  std::int64_t broken = 0;
  std::int64_t stingy = 0;
  for (int i = 0; i < 200'000; ++i) {
    now += static_cast<Micros>(chance.next() * static_cast<double>(load.gap) * 2);
    if (chance.bits() % 2'000 == 0) now += load.period * static_cast<Micros>(chance.bits() % 3);
    if (chance.bits() % 3 == 0) {
      calls.push_back(now);
      ask(state, config, What::call, now);
      continue;
    }
    const double floor = load.floor * static_cast<double>(load.period) / 1e6;
    const auto before = static_cast<double>(since(retries, now - load.period));
    if (ask(state, config, What::retry, now).allowed) {
      const auto all = static_cast<double>(since(calls, now - load.period));
      retries.push_back(now);
      if (before + 1 > load.ratio * all + floor) ++broken;
    } else {
      // Refused only where the buckets' rounding explains it: an eighth of a period either way.
      const Micros slack = load.period / 8 + 2;
      const auto fewer = static_cast<double>(since(calls, now - load.period + slack));
      const auto more = static_cast<double>(since(retries, now - load.period - slack));
      if (more + 1 <= load.ratio * fewer + floor) ++stingy;
    }
  }
  BOOST_TEST(broken == 0);
  BOOST_TEST(stingy == 0);
  BOOST_TEST(retries.size() > 100U);
}

BOOST_AUTO_TEST_CASE(a_floor_is_there_before_any_call) {
  const Budget::Config config{0.1, 0.2, 10 * second};
  Budget::State state;
  BOOST_TEST(ask(state, config, What::peek, second).left == 2);
  BOOST_TEST(ask(state, config, What::retry, second).allowed);
  BOOST_TEST(ask(state, config, What::retry, second).left == 0);
  const auto refused = ask(state, config, What::retry, second);
  BOOST_TEST(!refused.allowed);
  BOOST_TEST(refused.retries == 2);
  BOOST_TEST((refused.effects.notes[0].event == Event::exhausted));
  BOOST_TEST((refused.effects.notes[0].cause == Cause::budget));
  // A period, and the width of a bucket, later it is back.
  BOOST_TEST(ask(state, config, What::peek, 11 * second + second).left == 2);
}

BOOST_AUTO_TEST_CASE(ten_calls_pay_for_one_retry) {
  const Budget::Config config{0.1, 0, 10 * second};
  Budget::State state;
  for (int i = 0; i < 9; ++i) BOOST_TEST(ask(state, config, What::call, second).allowed);
  BOOST_TEST(!ask(state, config, What::retry, second).allowed);
  BOOST_TEST(ask(state, config, What::call, second).calls == 10);
  BOOST_TEST(ask(state, config, What::peek, second).allowed);
  BOOST_TEST(ask(state, config, What::retry, second).allowed);
  BOOST_TEST(!ask(state, config, What::retry, second).allowed);
  BOOST_TEST(ask(state, config, What::reset, second).calls == 0);
}

BOOST_AUTO_TEST_CASE(what_is_left_is_never_negative) {
  Budget::State state;
  for (int i = 0; i < 5; ++i) ask(state, {1, 1, 10 * second}, What::retry, second);
  const auto less = ask(state, {0.1, 0, 10 * second}, What::peek, second);
  BOOST_TEST(less.left == 0);
  BOOST_TEST(!less.allowed);
}

BOOST_AUTO_TEST_CASE(two_periods_in_turn_forget_nothing_and_keep_nothing_for_ever) {
  const Budget::Config shorter{0.1, 0.3, 10 * second};
  const Budget::Config longer{0.1, 0.3, 100 * second};
  Budget::State state;
  for (int i = 0; i < 3; ++i) BOOST_TEST(ask(state, shorter, What::retry, second).allowed);
  for (Micros now = second; now < 10 * second; now += 1'000) {
    ask(state, longer, What::call, now);
    ask(state, {0, 0, 10 * second}, What::call, now);
    if (ask(state, {0, 0.3, 10 * second}, What::peek, now).left > 0) BOOST_ERROR(now);
  }
  for (Micros now = 10 * second; now < 20 * second; now += 1'000) {
    ask(state, longer, What::call, now);
    ask(state, shorter, What::call, now);
  }
  BOOST_TEST((ask(state, {0, 0.3, 10 * second}, What::peek, 20 * second).left == 3));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
