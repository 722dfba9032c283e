// The throttle of a client that is refused.
#include "policy/throttle.hpp"

#include <boost/test/unit_test.hpp>

namespace gird::policy {
namespace {

using What = Throttle::Ask::What;

constexpr Micros second = 1'000'000;
constexpr Micros begin = 1'000 * second;

Throttle::Answer ask(Throttle::State& state, What what, double chance, Micros now = begin) {
  return Throttle::step(state, {}, {what, chance}, now);
}

BOOST_AUTO_TEST_SUITE(policy_throttle)

BOOST_AUTO_TEST_CASE(lets_all_pass_while_half_of_them_are_accepted) {
  Throttle::State state;
  for (int i = 0; i < 100; ++i) {
    ask(state, What::accepted, 0);
    BOOST_TEST(ask(state, What::request, 0).allowed);
    BOOST_TEST(ask(state, What::request, 0).allowed);
  }
}

BOOST_AUTO_TEST_CASE(refuses_by_the_formula_and_counts_before_the_request_starts) {
  Throttle::State state;
  for (int i = 0; i < 10; ++i) ask(state, What::accepted, 0);
  for (int i = 0; i < 29; ++i) ask(state, What::request, 0.99);
  const auto peek = ask(state, What::peek, 0);
  BOOST_TEST(peek.requests == 29);
  BOOST_TEST(peek.accepts == 10);
  BOOST_TEST(peek.refusal == 9.0 / 30);
  BOOST_TEST(!peek.allowed);
  BOOST_TEST(ask(state, What::peek, 0.3).allowed);
  BOOST_TEST(!ask(state, What::peek, 0.299).allowed);
  // Refused or not, it counts.
  BOOST_TEST(!ask(state, What::request, 0).allowed);
  BOOST_TEST(ask(state, What::peek, 0).refusal == 10.0 / 31);
}

BOOST_AUTO_TEST_CASE(forgets_after_its_period_and_when_reset) {
  Throttle::State state;
  for (int i = 0; i < 50; ++i) ask(state, What::request, 0.99);
  BOOST_TEST(ask(state, What::peek, 0).refusal > 0.9);
  BOOST_TEST(ask(state, What::peek, 0, begin + 110 * second).refusal > 0.9);
  BOOST_TEST(ask(state, What::peek, 0, begin + 130 * second).refusal == 0);
  BOOST_TEST(ask(state, What::reset, 0).refusal == 0);
  BOOST_TEST(ask(state, What::peek, 0).requests == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
