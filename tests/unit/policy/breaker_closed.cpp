// A closed breaker: what opens it.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "policy/breaker_rig.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(policy_breaker_closed)

BOOST_AUTO_TEST_CASE(a_new_one_lets_calls_through_and_takes_hold_of_them) {
  BreakerRig rig;
  const auto admitted = rig.admit();
  BOOST_TEST(admitted.allowed);
  BOOST_TEST(!admitted.probe);
  BOOST_TEST(admitted.effects.hold == Hold::take);
  BOOST_TEST(admitted.effects.ticket > 0);
  const auto ended = rig.succeed(admitted);
  BOOST_TEST(ended.effects.hold == Hold::drop);
  BOOST_TEST(ended.effects.ticket == admitted.effects.ticket);
  BOOST_TEST(rig.state.calls_total == 1);
  BOOST_TEST(rig.state.held == 0);
}

struct Opening {
  const char* what;
  Breaker::Config config;
  std::string_view ends;  // the last one opens it, none before
  Cause by;
  double value;
};

std::ostream& operator<<(std::ostream& out, const Opening& opening) { return out << opening.what; }

const std::vector<Opening> openings{
    {"five failures in a row", {}, "fffff", Cause::failures_in_row, 5},
    {"a success breaks the row", {.failure_rate = 0}, "ffffsfffff", Cause::failures_in_row, 5},
    {"the first failure", {.failure_threshold = 1}, "sssf", Cause::failures_in_row, 1},
    {"half of ten", {}, "fsfsfsfsfs", Cause::failure_rate, 0.5},
    {"half of the last twenty",
     {.failure_threshold = 0},
     "ssssssssssssssssssssffffffffff",
     Cause::failure_rate,
     0.5},
    {"not before there are enough calls",
     {.failure_threshold = 0, .min_calls = 4},
     "ffff",
     Cause::failure_rate,
     1},
    {"more calls are wanted than the window has",
     {.failure_threshold = 0, .window_calls = 3, .min_calls = 50},
     "fff",
     Cause::failure_rate,
     1},
    {"a window of one call",
     {.failure_threshold = 0, .failure_rate = 1, .window_calls = 1},
     "sssf",
     Cause::failure_rate,
     1},
    {"a tenth of the window",
     {.failure_rate = 0.1, .min_calls = 10},
     "sssssssssf",
     Cause::failure_rate,
     0.1},
    {"thresholds below nothing are off, a window of none is one of one",
     {.failure_threshold = -1, .window_calls = -7, .min_calls = -3},
     "f",
     Cause::failure_rate,
     1},
};

BOOST_DATA_TEST_CASE(opens_by_the_rule_and_not_before, data::make(openings), row) {
  BreakerRig rig;
  rig.config = row.config;
  rig.calls(row.ends.substr(0, row.ends.size() - 1));
  BOOST_TEST(rig.state.mode == Mode::closed);
  const auto last = rig.calls(row.ends.substr(row.ends.size() - 1));
  BOOST_TEST(last.before == Mode::closed);
  BOOST_TEST(last.after == Mode::open);
  BOOST_TEST(last.opened_by == row.by);
  BOOST_TEST(last.opened_value == row.value);
  BOOST_TEST(told(last, Event::opened, row.by));
  BOOST_TEST(rig.state.opened_total == 1);
}

BOOST_AUTO_TEST_CASE(no_rule_no_opening) {
  BreakerRig rig;
  rig.config.failure_threshold = 0;
  rig.config.failure_rate = 0;
  for (int i = 0; i < 100; ++i) rig.calls("f");
  BOOST_TEST(rig.state.mode == Mode::closed);
  rig.config.failure_rate = 1.5;
  rig.calls("ffffffffff");
  BOOST_TEST(rig.state.mode == Mode::closed);
}

BOOST_AUTO_TEST_CASE(ignored_ends_count_neither_way) {
  BreakerRig rig;
  rig.calls("ffff");
  for (int i = 0; i < 30; ++i) rig.call(Result::ignored);
  BOOST_TEST(rig.state.failures == 4);
  BOOST_TEST(rig.state.calls_total == 4);
  BOOST_TEST(rig.state.held == 0);
  BOOST_TEST(rig.calls("f").after == Mode::open);
}

BOOST_AUTO_TEST_CASE(slow_calls_open_it_whether_they_failed_or_not) {
  BreakerRig rig;
  rig.config.slow_call = 2 * second;
  rig.config.slow_rate = 0.5;
  for (int i = 0; i < 5; ++i) rig.call(Result::success, 2 * second);  // as long is not longer
  for (int i = 0; i < 4; ++i) rig.call(Result::success, 2 * second + 1);
  BOOST_TEST(rig.state.mode == Mode::closed);
  const auto last = rig.call(Result::failure, 3 * second);
  BOOST_TEST(last.after == Mode::open);
  BOOST_TEST(last.opened_by == Cause::slow_rate);
  BOOST_TEST(last.opened_value == 0.5);
}

BOOST_AUTO_TEST_CASE(slow_calls_do_not_count_by_default) {
  BreakerRig rig;
  for (int i = 0; i < 50; ++i) rig.call(Result::success, 1'000 * second);
  BOOST_TEST(rig.state.mode == Mode::closed);
}

BOOST_AUTO_TEST_CASE(a_caller_that_vanished_has_failed) {
  BreakerRig rig;
  rig.calls("ffff");
  const auto vanished = rig.vanish(rig.admit());
  BOOST_TEST(vanished.after == Mode::open);
  BOOST_TEST(vanished.effects.hold == Hold::leave);
  BOOST_TEST(told(vanished, Event::vanished));
  BOOST_TEST(told(vanished, Event::opened, Cause::failures_in_row));
  BOOST_TEST(rig.state.open_until == rig.now + 60 * second);  // nobody drew a chance: no jitter
}

BOOST_AUTO_TEST_CASE(a_cancelled_call_was_never_made) {
  BreakerRig rig;
  const auto admitted = rig.admit();
  const auto cancelled = rig.ask(What::cancel, admitted.effects.ticket);
  BOOST_TEST(cancelled.effects.hold == Hold::drop);
  BOOST_TEST(rig.state.calls_total == 0);
  BOOST_TEST(rig.state.held == 0);
}

BOOST_AUTO_TEST_CASE(failures_older_than_the_window_are_forgotten) {
  BreakerRig rig;
  rig.config = {.failure_threshold = 0, .window_time = 60 * second, .min_calls = 4};
  rig.calls("fff");
  rig.now += 61 * second;
  rig.calls("f");
  BOOST_TEST(rig.state.mode == Mode::closed);
  rig.now += 50 * second;
  rig.calls("ff");
  rig.now += 3 * second;
  const auto last = rig.calls("f");
  BOOST_TEST(last.after == Mode::open);
  BOOST_TEST(last.opened_by == Cause::failure_rate);
}

BOOST_AUTO_TEST_CASE(
    a_changed_window_starts_anew_and_a_changed_threshold_applies_to_what_is_there) {
  BreakerRig rig;
  rig.config.failure_threshold = 0;
  rig.calls("fffffffff");
  rig.config.window_calls = 30;
  rig.calls("f");
  BOOST_TEST(rig.state.mode == Mode::closed);
  BOOST_TEST(rig.state.window.counts(rig.now).calls == 1);
  rig.calls("ff");
  rig.config.failure_threshold = 4;
  BOOST_TEST(rig.calls("f").opened_by == Cause::failures_in_row);
}

BOOST_AUTO_TEST_CASE(callers_beyond_the_holds_pass_without_one_and_some_are_left_for_probes) {
  BreakerRig rig;
  rig.config.half_open_permits = 3;
  std::vector<Breaker::Answer> admitted(40);
  int held = 0;
  for (auto& each : admitted) {
    each = rig.admit();
    BOOST_TEST(each.allowed);
    if (each.effects.hold == Hold::take) ++held;
  }
  BOOST_TEST(held == 29);
  rig.open_and_wait();
  for (int i = 0; i < 3; ++i) BOOST_TEST((rig.admit().effects.hold == Hold::take));
  BOOST_TEST(!rig.admit().allowed);
  for (const auto& each : admitted) {
    const auto ended = rig.succeed(each);
    BOOST_TEST(ended.effects.hold == (each.effects.hold == Hold::take ? Hold::drop : Hold::leave));
  }
  BOOST_TEST(rig.state.held == 3);
}

BOOST_AUTO_TEST_CASE(calls_without_a_hold_count_as_others) {
  BreakerRig rig;
  for (int i = 0; i < 40; ++i) rig.admit();
  BOOST_TEST(rig.calls("fffff").after == Mode::open);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
