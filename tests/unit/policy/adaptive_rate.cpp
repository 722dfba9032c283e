// A rate that follows outcome and latency.
#include "policy/adaptive_rate.hpp"

#include <boost/test/unit_test.hpp>

namespace gird::policy {
namespace {

constexpr Micros second = 1'000'000;
constexpr RateRange range{10, 110, 50, second};

struct Learner {
  AdaptiveRate adaptive;
  Micros now = 100 * second;
  Effects last;

  double after(Signal signal, Micros took = 20'000) {
    last = {};
    learn(adaptive, range, signal, took, now, last);
    return rate_of(adaptive, range);
  }
};

BOOST_AUTO_TEST_SUITE(policy_adaptive_rate)

BOOST_AUTO_TEST_CASE(begins_within_its_range) {
  const AdaptiveRate fresh;
  BOOST_TEST(rate_of(fresh, range) == 50);
  BOOST_TEST(rate_of(fresh, {10, 110, 0, second}) == 10);
  BOOST_TEST(rate_of(fresh, {10, 110, 500, second}) == 110);
}

BOOST_AUTO_TEST_CASE(goes_up_by_a_twentieth_of_its_range_in_a_period_of_successes) {
  Learner learner;
  for (int i = 0; i < 50; ++i) learner.after(Signal::success);
  BOOST_TEST(rate_of(learner.adaptive, range) > 54.5);
  BOOST_TEST(rate_of(learner.adaptive, range) < 55);
  for (int i = 0; i < 100'000; ++i) learner.after(Signal::success);
  BOOST_TEST(rate_of(learner.adaptive, range) == 110);
}

BOOST_AUTO_TEST_CASE(goes_down_by_three_tenths_or_by_one) {
  Learner learner;
  BOOST_TEST(learner.after(Signal::throttled) == 35);
  BOOST_TEST((learner.last.notes[0].event == Event::rate_changed));
  BOOST_TEST(learner.last.notes[0].value == 35);
  learner.now += second;
  BOOST_TEST(learner.after(Signal::failure) == 31.5);
  for (int i = 0; i < 50; ++i, learner.now += second) learner.after(Signal::throttled);
  BOOST_TEST(rate_of(learner.adaptive, range) == 10);
}

BOOST_AUTO_TEST_CASE(a_burst_of_failures_in_flight_counts_once) {
  Learner learner;
  for (int i = 0; i < 30; ++i) learner.after(Signal::throttled, 2 * second);
  BOOST_TEST(rate_of(learner.adaptive, range) == 35);
  // A second later they still come in, but they began before the rate went down.
  learner.now += second;
  BOOST_TEST(learner.after(Signal::throttled, 2 * second) == 35);
  BOOST_TEST(learner.after(Signal::throttled, second) == 24.5);
}

BOOST_AUTO_TEST_CASE(latency_far_over_the_usual_is_a_sign_of_overload) {
  Learner learner;
  for (int i = 0; i < 200; ++i) learner.after(Signal::success, 20'000 + i % 5 * 1'000);
  const double before = rate_of(learner.adaptive, range);
  // One slow call among many is none.
  BOOST_TEST(learner.after(Signal::success, 100'000) >= before);
  double after = before;
  for (int i = 0; i < 30; ++i, learner.now += second) {
    after = learner.after(Signal::success, 200'000);
  }
  BOOST_TEST(after < before / 2);
  // What stays becomes usual.
  for (int i = 0; i < 2'000; ++i, learner.now += second) {
    after = learner.after(Signal::success, 200'000);
  }
  BOOST_TEST(after == 110);
}

BOOST_AUTO_TEST_CASE(the_first_latencies_only_teach) {
  Learner learner;
  for (int i = 0; i < 10; ++i) {
    BOOST_TEST(learner.after(Signal::success, i == 0 ? 1'000 : 50'000) > 50);
  }
}

BOOST_AUTO_TEST_CASE(small_steps_are_not_told) {
  Learner learner;
  int told = 0;
  for (int i = 0; i < 5'000; ++i) {
    learner.after(Signal::success);
    if (learner.last.notes[0].event == Event::rate_changed) ++told;
  }
  BOOST_TEST(rate_of(learner.adaptive, range) == 110);
  BOOST_TEST(told == 9);  // 55, 60.5 ... 107.2 and the end
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
