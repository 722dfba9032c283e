// A breaker out of any numbers, and how much room and time it takes.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/chance.hpp"
#include "policy/breaker_rig.hpp"

namespace gird::policy {
namespace {

/// A state in which each number is likely to be odd in some way of its own.
Breaker::State odd_state(Chance& chance) {
  Breaker::State state;
  const auto spoil = [&](auto& number) {
    using T = std::remove_reference_t<decltype(number)>;
    const auto bits = chance.bits();
    if (bits % 4 == 0) return;
    if constexpr (std::is_same_v<T, double>) {
      constexpr auto limits = std::numeric_limits<double>();
      number = std::array{limits.quiet_NaN(), limits.infinity(), -1.0, 1e300}[bits / 4 % 4];
    } else {
      const auto drawn = bits % 4 == 1 ? bits / 4 % 40 : chance.bits();
      std::memcpy(&number, &drawn, sizeof number);
    }
  };
  Breaker::State::each(state, [&](std::string_view, auto& field) {
    using F = std::remove_reference_t<decltype(field)>;
    if constexpr (std::is_arithmetic_v<F> || std::is_enum_v<F>) {
      spoil(field);
    } else {
      for (auto& item : field) spoil(item);
    }
  });
  return state;
}

BOOST_AUTO_TEST_SUITE(policy_breaker_mend)

BOOST_AUTO_TEST_CASE(any_numbers_become_a_breaker_that_opens_and_closes) {
  Chance chance(11);
  for (int round = 0; round < 20'000; ++round) {
    BreakerRig rig;
    rig.config.adaptive = true;
    if (round % 2 == 0) rig.config.window_time = 60 * second;
    rig.state = odd_state(chance);
    Breaker::mend(rig.state, rig.config, rig.now);
    rig.ask(What::release);
    rig.now += 86'400 * second;  // whoever held a permit was not heard of again
    for (int i = 0; i < 3 && rig.state.mode != Mode::closed; ++i) rig.calls("s");
    BOOST_REQUIRE(rig.state.mode == Mode::closed);
    rig.chance = 0;  // whatever was left of a ramp
    rig.calls("fffff");
    BOOST_REQUIRE(rig.state.mode == Mode::open);
    rig.now = rig.state.open_until;
    BOOST_REQUIRE((rig.calls("ss").after == Mode::closed));
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_put_right) {
  BreakerRig rig;
  rig.state.mode = static_cast<Mode>(7);
  rig.state.opened_by = static_cast<Cause>(15);
  rig.state.opened_value = std::nan("");
  rig.state.share = 33;
  rig.state.held = 1'000;
  rig.state.probes = 5;
  rig.state.probe_tickets[3] = 6;
  rig.state.since = rig.now + second;
  rig.state.failures = -4;
  rig.state.baseline.share.mean = std::nan("");
  Breaker::mend(rig.state, rig.config, rig.now);
  BOOST_TEST(rig.state.mode == Mode::closed);
  BOOST_TEST(rig.state.opened_by == Cause::none);
  BOOST_TEST(rig.state.opened_value == 0);
  BOOST_TEST(rig.state.share == 100);
  BOOST_TEST(rig.state.held == 32);
  BOOST_TEST(rig.state.probes == 0);
  BOOST_TEST(rig.state.probe_tickets[3] == 0U);
  BOOST_TEST(rig.state.since == rig.now);
  BOOST_TEST(rig.state.failures == 0);
  BOOST_TEST(rig.state.baseline.share.mean == 0);
}

BOOST_AUTO_TEST_CASE(an_open_time_of_a_century_ends_with_the_longest_wait) {
  BreakerRig rig;
  rig.open();
  rig.state.open_until = std::int64_t{1} << 52;
  Breaker::mend(rig.state, rig.config, rig.now);
  BOOST_TEST(rig.admit().retry_in == rig.config.open_max);
}

BOOST_AUTO_TEST_CASE(what_is_whole_is_left_alone) {
  BreakerRig rig;
  rig.config.half_open_permits = 3;
  rig.config.adaptive = true;
  rig.calls("sfsfssffsss");
  rig.calls("fffff");
  rig.now = rig.state.open_until;
  rig.admit();
  rig.admit();
  std::vector<double> before;
  std::vector<double> after;
  const auto list = [&](std::vector<double>& numbers) {
    Breaker::State::each(rig.state, [&](std::string_view, const auto& field) {
      using F = std::remove_cvref_t<decltype(field)>;
      if constexpr (std::is_arithmetic_v<F> || std::is_enum_v<F>) {
        numbers.push_back(static_cast<double>(field));
      } else {
        numbers.insert(numbers.end(), field.begin(), field.end());
      }
    });
  };
  list(before);
  Breaker::mend(rig.state, rig.config, rig.now);
  list(after);
  BOOST_TEST(before == after, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
