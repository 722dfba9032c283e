// The limiter's answers, its changes of config, and how it adapts.
#include "policy/limiter.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <ostream>

#include "base/chance.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;
using Ask = Limiter::Ask;
using Answer = Limiter::Answer;
using Config = Limiter::Config;
using State = Limiter::State;

constexpr Micros second = 1'000'000;
constexpr Micros begin = 1'000 * second;

Config rate(double count, Micros period, std::int64_t burst = 0) {
  Config config;
  config.count = count;
  config.period = period;
  config.burst = burst;
  return config;
}

Config window(double count, Micros period) {
  Config config = rate(count, period);
  config.algorithm = Limiter::Algorithm::sliding;
  return config;
}

Ask take(std::int64_t cost = 1, Micros patience = 0) {
  Ask ask;
  ask.cost = cost;
  ask.patience = patience;
  return ask;
}

Ask of(Ask::What what, std::int64_t cost = 1, Micros took = 0) {
  Ask ask = take(cost);
  ask.what = what;
  ask.took = took;
  return ask;
}

bool goes(State& state, const Config& config, const Ask& ask, Micros now) {
  return Limiter::step(state, config, ask, now).what == Answer::What::go;
}

int burst_at(State& state, const Config& config, Micros now) {
  int passed = 0;
  while (passed < 1'000 && goes(state, config, take(), now)) ++passed;
  return passed;
}

BOOST_AUTO_TEST_SUITE(policy_limiter)

struct Paces {
  double count;
  Micros period;
  std::int64_t burst;
  Grains interval;
  std::int64_t at_once;
};

std::ostream& operator<<(std::ostream& out, const Paces& pace) {
  return out << pace.count << " in " << pace.period;
}

const std::vector<Paces> paces{
    {10, second, 0, 6'400'000, 10},
    {3, second, 0, 21'333'334, 3},
    {0.5, second, 0, 128'000'000, 1},
    {2.5, second, 7, 25'600'000, 7},
    {1e9, second, 5, 1, 5},
    {0.7, 7 * second, 0, 640'000'001, 1},  // 0.7 is a little less than 7/10
    {1, 70'368'744'177'664, 9, 4'503'599'627'370'496, 1},
    {12, 365 * 86'400 * second, 12, 168'192'000'000'000, 12},
};

BOOST_DATA_TEST_CASE(intervals_are_rounded_up, data::make(paces), row) {
  const Pace pace = pace_of(row.count, row.period, row.burst);
  BOOST_TEST(pace.interval == row.interval);
  BOOST_TEST(pace.burst == row.at_once);
}

BOOST_AUTO_TEST_CASE(tells_the_five_numbers_of_a_token_bucket) {
  State state;
  const Config config = rate(10, second, 5);
  const Answer first = Limiter::step(state, config, take(3), begin);
  BOOST_TEST((first.what == Answer::What::go));
  BOOST_TEST(first.limit == 5);
  BOOST_TEST(first.remaining == 2);
  BOOST_TEST(first.retry_after == 0);
  BOOST_TEST(first.reset == 300'000);
  BOOST_TEST(first.rate == 10);
  const Answer refused = Limiter::step(state, config, take(4), begin + 50'000);
  BOOST_TEST((refused.what == Answer::What::refused));
  BOOST_TEST((refused.cause == Cause::rate));
  BOOST_TEST(refused.remaining == 2);
  BOOST_TEST(refused.retry_after == 150'000);
  BOOST_TEST(refused.reset == 250'000);
  BOOST_TEST((refused.effects.notes[0].event == Event::refused));
  BOOST_TEST(refused.effects.notes[0].value == 0.15);
  BOOST_TEST(!goes(state, config, take(4), begin + 199'999));
  BOOST_TEST(goes(state, config, take(4), begin + 200'000));
}

BOOST_AUTO_TEST_CASE(tells_the_five_numbers_of_a_window) {
  State state;
  const Config config = window(5, second);  // in 31 buckets of 32,768 us
  const Answer first = Limiter::step(state, config, take(3), begin);
  BOOST_TEST(first.limit == 5);
  BOOST_TEST(first.remaining == 2);
  BOOST_TEST(first.reset > second);
  BOOST_TEST(first.reset <= second + second / 16);
  const Answer refused = Limiter::step(state, config, take(4), begin + 50'000);
  BOOST_TEST((refused.what == Answer::What::refused));
  BOOST_TEST(refused.remaining == 2);
  BOOST_TEST(refused.retry_after == first.reset - 50'000);
  BOOST_TEST(!goes(state, config, take(4), begin + first.reset - 1));
  BOOST_TEST(goes(state, config, take(4), begin + first.reset));
}

BOOST_AUTO_TEST_CASE(what_costs_more_than_all_there_is_is_refused_for_ever) {
  for (const Config& config : {rate(10, second, 5), window(5, second)}) {
    State state;
    const Answer answer = Limiter::step(state, config, take(6, Limiter::longest_wait), begin);
    BOOST_TEST((answer.what == Answer::What::refused));
    BOOST_TEST(answer.retry_after == 0);
    BOOST_TEST(answer.remaining == 5);
  }
}

BOOST_AUTO_TEST_CASE(a_peek_changes_nothing) {
  for (const Config& config : {rate(10, second, 5), window(5, second)}) {
    State state;
    goes(state, config, take(5), begin);
    const State before = state;
    const Answer peek = Limiter::step(state, config, of(Ask::What::peek), begin + 1);
    BOOST_TEST((peek.what == Answer::What::refused));
    BOOST_TEST((peek.effects.notes[0].event == Event::none));
    BOOST_TEST(std::memcmp(&before, &state, sizeof state) == 0);
    Limiter::step(state, rate(1, 3'600 * second), of(Ask::What::peek), begin + 1);
    BOOST_TEST(std::memcmp(&before, &state, sizeof state) == 0);
  }
}

BOOST_AUTO_TEST_CASE(what_is_given_back_is_there_again_but_never_over_the_burst) {
  for (const Config& config : {rate(10, second, 5), window(5, second)}) {
    State state;
    BOOST_TEST(burst_at(state, config, begin) == 5);
    BOOST_TEST(Limiter::step(state, config, of(Ask::What::refund, 2), begin).remaining == 2);
    BOOST_TEST(burst_at(state, config, begin) == 2);
    BOOST_TEST(Limiter::step(state, config, of(Ask::What::refund, 99), begin).remaining == 5);
    BOOST_TEST(Limiter::step(state, config, of(Ask::What::refund, 99), begin).remaining == 5);
    BOOST_TEST(burst_at(state, config, begin) == 5);
    BOOST_TEST(Limiter::step(state, config, of(Ask::What::reset), begin).remaining == 5);
  }
}

BOOST_AUTO_TEST_CASE(waits_are_reserved_in_order) {
  State state;
  const Config config = rate(1, second, 1);
  for (int i = 0; i < 4; ++i) {
    const Answer answer = Limiter::step(state, config, take(1, 3 * second), begin);
    BOOST_TEST((answer.what == Answer::What::go));
    BOOST_TEST(answer.wait == i * second);
  }
  const Answer refused = Limiter::step(state, config, take(1, 3 * second), begin);
  BOOST_TEST((refused.what == Answer::What::refused));
  BOOST_TEST(refused.retry_after == 4 * second);
  // The last one gives up its start, which the next one gets.
  Limiter::step(state, config, of(Ask::What::cancel, 1, -3 * second), begin);
  BOOST_TEST(Limiter::step(state, config, take(1, 3 * second), begin).wait == 3 * second);
}

BOOST_AUTO_TEST_CASE(no_limit_lets_all_pass) {
  State state;
  const Answer answer = Limiter::step(state, {}, take(1'000'000), begin);
  BOOST_TEST((answer.what == Answer::What::go));
  BOOST_TEST(answer.limit == 0);
  BOOST_TEST((answer.effects.hold == Effects::Hold::leave));
}

BOOST_AUTO_TEST_CASE(less_than_one_in_a_period_is_one_in_a_longer_one) {
  for (const Config& config : {rate(0.5, second), window(0.5, second)}) {
    State state;
    BOOST_TEST(burst_at(state, config, begin) == 1);
    BOOST_TEST(!goes(state, config, take(), begin + 2 * second - 1));
    BOOST_TEST(goes(state, config, take(), begin + 2 * second + second / 8));
  }
}

BOOST_AUTO_TEST_CASE(callers_with_different_configs_are_each_held_to_their_own) {
  const Config fast = rate(10, second, 10);
  const Config slow = rate(1, second, 1);
  State state;
  BOOST_TEST(burst_at(state, fast, begin) == 10);
  BOOST_TEST(!goes(state, slow, take(), begin));
  BOOST_TEST(!goes(state, fast, take(), begin + 1));
  // A start that the slow one reserves does not make the fast one forget what it used.
  BOOST_TEST(Limiter::step(state, slow, take(1, 5 * second), begin).wait == second);
  BOOST_TEST(!goes(state, fast, take(), begin + second - 1));
  BOOST_TEST(burst_at(state, fast, begin + second) <= 10);
}

BOOST_AUTO_TEST_CASE(nobody_is_stuck_behind_what_another_config_allowed) {
  State state;
  BOOST_TEST(burst_at(state, rate(1'000, second, 999), begin) == 999);
  const Config slow = rate(1, 3'600 * second);
  BOOST_TEST(!goes(state, slow, take(), begin + 3'599 * second));
  BOOST_TEST(goes(state, slow, take(), begin + 3'600 * second));
  BOOST_TEST(!goes(state, slow, take(), begin + 3'601 * second));
  // Nor is it held to the slow rate when that is over.
  const Config fast = rate(10, second, 1);
  BOOST_TEST(goes(state, fast, take(), begin + 3'601 * second));
  BOOST_TEST(!goes(state, fast, take(), begin + 3'601 * second + 99'999));
  BOOST_TEST(goes(state, fast, take(), begin + 3'601 * second + 100'000));
}

BOOST_AUTO_TEST_CASE(a_fast_caller_between_does_not_pay_off_a_slow_ones_calls) {
  const Config slow = rate(1, second, 10);
  const Config fast = rate(10, second, 10);
  State state;
  BOOST_TEST(burst_at(state, slow, begin) == 10);
  BOOST_TEST(goes(state, fast, take(), begin + second));
  BOOST_TEST(burst_at(state, slow, begin + second) == 0);
}

BOOST_AUTO_TEST_CASE(a_slower_rate_remembers_calls_not_time) {
  State state;
  BOOST_TEST(burst_at(state, rate(10, second, 10), begin) == 10);
  const Config slow = rate(1, second, 10);
  BOOST_TEST(Limiter::step(state, slow, of(Ask::What::peek), begin + second).remaining == 1);
  BOOST_TEST(Limiter::step(state, slow, of(Ask::What::peek), begin + 5 * second).remaining == 5);
}

BOOST_AUTO_TEST_CASE(a_change_of_algorithm_forgets_no_call) {
  const Config tokens = rate(10, second, 10);
  const Config frames = window(10, second);
  State state;
  BOOST_TEST(burst_at(state, tokens, begin) == 10);
  BOOST_TEST(burst_at(state, frames, begin) == 0);
  State other;
  BOOST_TEST(burst_at(other, frames, begin) == 10);
  BOOST_TEST(burst_at(other, tokens, begin) == 0);
  BOOST_TEST(burst_at(other, tokens, begin + second) == 10);
}

BOOST_AUTO_TEST_CASE(two_periods_in_turn_keep_nothing_for_ever) {
  State state;
  const Config shorter = window(10, second);
  const Config longer = window(10, 10 * second);
  BOOST_TEST(burst_at(state, shorter, begin) == 10);
  int passed = 0;
  for (Micros now = begin; now < begin + 60 * second; now += 10'000) {
    passed += goes(state, longer, take(), now) ? 1 : 0;
    passed += goes(state, shorter, take(), now) ? 1 : 0;
  }
  // The shorter one alone would pass 600, the longer one 60.
  BOOST_TEST(passed > 500);
  BOOST_TEST(passed <= 600);
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_back_makes_nobody_wait_longer) {
  for (const Config& config : {rate(1, second, 1), window(1, second)}) {
    State state;
    goes(state, config, take(), begin);
    const Answer waits = Limiter::step(state, config, take(1, 5 * second), begin);
    const Answer back = Limiter::step(state, config, of(Ask::What::peek), begin - 500 * second);
    BOOST_TEST(back.retry_after <= waits.wait + second + second / 8);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
