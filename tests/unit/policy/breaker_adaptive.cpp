// A breaker that learns what is normal.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

#include "base/chance.hpp"
#include "policy/breaker_rig.hpp"

namespace gird::policy {
namespace {

/// Nothing but the baseline opens it; blocks are of ten calls.
BreakerRig learner() {
  BreakerRig rig;
  rig.config.failure_threshold = 0;
  rig.config.failure_rate = 0;
  rig.config.adaptive = true;
  return rig;
}

/// Blocks of ten calls with `failures` first.
Breaker::Answer blocks(BreakerRig& rig, int count, int failures, Micros took = second) {
  Breaker::Answer last;
  for (int i = 0; i < 10 * count; ++i) {
    last = rig.call(i % 10 < failures ? Result::failure : Result::success, took);
  }
  return last;
}

BOOST_AUTO_TEST_SUITE(policy_breaker_adaptive)

BOOST_AUTO_TEST_CASE(three_blocks_with_more_failures_than_ever_open_it) {
  auto rig = learner();
  blocks(rig, 10, 0);
  BOOST_TEST(blocks(rig, 2, 3).after == Mode::closed);
  const auto last = blocks(rig, 1, 3);
  BOOST_TEST(last.after == Mode::open);
  BOOST_TEST(last.opened_by == Cause::abnormal);
  BOOST_TEST(last.opened_value == 3);
}

BOOST_AUTO_TEST_CASE(three_blocks_of_calls_that_take_over_twice_as_long_open_it) {
  auto rig = learner();
  blocks(rig, 10, 0, second);
  blocks(rig, 10, 0, 2 * second - 1'000);  // not over twice; and it is learned
  BOOST_TEST(rig.state.mode == Mode::closed);
  BOOST_TEST(rig.state.baseline.learned == 20);
  BOOST_TEST(blocks(rig, 3, 0, 4 * second).opened_by == Cause::abnormal);
}

BOOST_AUTO_TEST_CASE(three_of_five_need_not_be_in_a_row_but_three_of_six_do_not_do) {
  auto rig = learner();
  blocks(rig, 10, 0);
  for (int i = 0; i < 4; ++i) {
    blocks(rig, 1, 5);
    blocks(rig, 2, 0);
  }
  BOOST_TEST(rig.state.mode == Mode::closed);
  blocks(rig, 1, 5);
  blocks(rig, 1, 0);
  blocks(rig, 1, 5);
  blocks(rig, 1, 0);
  BOOST_TEST(blocks(rig, 1, 5).after == Mode::open);
}

BOOST_AUTO_TEST_CASE(what_is_always_bad_is_normal) {
  auto rig = learner();
  BOOST_TEST(blocks(rig, 50, 6).after == Mode::closed);
}

BOOST_AUTO_TEST_CASE(nothing_is_abnormal_before_enough_is_learned) {
  auto rig = learner();
  blocks(rig, 4, 0);
  BOOST_TEST(blocks(rig, 1, 9).after == Mode::closed);
  BOOST_TEST(rig.state.baseline.abnormal == 0);
}

BOOST_AUTO_TEST_CASE(fast_calls_may_vary_by_some_milliseconds) {
  auto rig = learner();
  blocks(rig, 10, 0, 100);
  BOOST_TEST(blocks(rig, 10, 0, 30'000).after == Mode::closed);
  BOOST_TEST(blocks(rig, 3, 0, 100'000).after == Mode::open);
}

BOOST_AUTO_TEST_CASE(better_than_ever_is_not_abnormal) {
  auto rig = learner();
  blocks(rig, 10, 5, 10 * second);
  blocks(rig, 10, 0, 1);
  BOOST_TEST(rig.state.mode == Mode::closed);
}

BOOST_AUTO_TEST_CASE(abnormal_blocks_and_those_of_other_modes_are_not_learned) {
  auto rig = learner();
  blocks(rig, 10, 0);
  const auto learned = rig.state.baseline;
  blocks(rig, 3, 8);
  BOOST_TEST(rig.state.mode == Mode::open);
  BOOST_TEST(rig.state.baseline.learned == 10);
  rig.now = rig.state.open_until;
  rig.calls("ss");
  rig.ask(What::hold_closed);
  blocks(rig, 20, 9);
  rig.ask(What::metrics_only);
  blocks(rig, 20, 9);
  rig.ask(What::disable);
  blocks(rig, 20, 9);
  rig.ask(What::release);
  BOOST_TEST(rig.state.baseline.learned == 10);
  BOOST_TEST(rig.state.baseline.share.mean == learned.share.mean);
  BOOST_TEST(rig.state.baseline.took.variance == learned.took.variance);
  // Still known after all that, and the blocks of before do not count.
  BOOST_TEST(blocks(rig, 2, 8).after == Mode::closed);
  BOOST_TEST(blocks(rig, 1, 8).after == Mode::open);
}

BOOST_AUTO_TEST_CASE(reset_makes_what_is_normal_be_learned_anew) {
  auto rig = learner();
  blocks(rig, 10, 1);
  BOOST_TEST(rig.state.baseline.learned == 10);
  rig.ask(What::reset);
  BOOST_TEST(rig.state.baseline.learned == 0);
  // Eight of ten may fail from now on.
  BOOST_TEST(blocks(rig, 12, 8).after == Mode::closed);
}

BOOST_AUTO_TEST_CASE(the_fixed_thresholds_hold_beside_it) {
  auto rig = learner();
  rig.config.failure_threshold = 5;
  BOOST_TEST(rig.calls("fffff").opened_by == Cause::failures_in_row);
}

BOOST_AUTO_TEST_CASE(the_spread_is_the_textbooks_as_long_as_all_is_remembered) {
  Chance chance(3);
  Spread spread;
  std::vector<double> values;
  for (std::int64_t number = 1; number <= Spread::memory; ++number) {
    values.push_back(chance.next() * 1e6);
    spread.learn(values.back(), number);
    double mean = 0;
    for (const double value : values) mean += value / static_cast<double>(number);
    double variance = 0;
    for (const double value : values) {
      variance += (value - mean) * (value - mean) / static_cast<double>(number);
    }
    BOOST_TEST(spread.mean == mean, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(std::abs(spread.variance - variance) <= 1e-9 * variance + 1e-3);
  }
}

BOOST_AUTO_TEST_CASE(what_is_long_ago_fades) {
  Spread spread;
  for (std::int64_t number = 1; number <= 1'000; ++number) spread.learn(1'000, number);
  for (std::int64_t number = 1'001; number <= 1'500; ++number) spread.learn(10, number);
  BOOST_TEST(spread.mean < 11);
  BOOST_TEST(spread.variance < 100);
}

BOOST_AUTO_TEST_CASE(noise_as_it_was_learned_seldom_opens_it) {
  // Calls of one kind, 5 % of which fail, of durations between one and three seconds.
  int opened = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    auto rig = learner();
    Chance chance(seed);
    for (int i = 0; i < 2'000 && rig.state.mode == Mode::closed; ++i) {
      const auto took = static_cast<Micros>((1 + 2 * chance.next()) * second);
      rig.call(chance.next() < 0.05 ? Result::failure : Result::success, took);
    }
    if (rig.state.mode != Mode::closed) ++opened;
  }
  BOOST_TEST(opened <= 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
