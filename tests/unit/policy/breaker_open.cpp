// An open and a half-open breaker: how long it refuses, and who tries it out.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "policy/breaker_rig.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(policy_breaker_open)

BOOST_AUTO_TEST_CASE(a_refusal_tells_why_since_when_and_until_when) {
  BreakerRig rig;
  rig.calls("fffff");
  rig.now += 20 * second;
  const auto refused = rig.admit();
  BOOST_TEST(!refused.allowed);
  BOOST_TEST(refused.cause == Cause::open);
  BOOST_TEST(refused.since == 20 * second);
  BOOST_TEST(refused.retry_in == 40 * second);
  BOOST_TEST(refused.failures == 5);
  BOOST_TEST(refused.opened_by == Cause::failures_in_row);
  BOOST_TEST(refused.opened_value == 5);
  BOOST_TEST(refused.effects.hold == Hold::leave);
  BOOST_TEST(refused.effects.notes[0].value == 40);
  BOOST_TEST(told(refused, Event::refused, Cause::open));
  BOOST_TEST(rig.state.refused_total == 1);
}

BOOST_AUTO_TEST_CASE(the_first_call_after_its_time_is_a_probe) {
  BreakerRig rig;
  rig.open();
  rig.now = rig.state.open_until - 1;
  BOOST_TEST(!rig.admit().allowed);
  rig.now += 1;
  const auto probe = rig.admit();
  BOOST_TEST(probe.allowed);
  BOOST_TEST(probe.probe);
  BOOST_TEST(probe.before == Mode::open);
  BOOST_TEST(probe.after == Mode::half_open);
  BOOST_TEST(told(probe, Event::half_opened, Cause::time));
  const auto second_one = rig.admit();
  BOOST_TEST(!second_one.allowed);
  BOOST_TEST(second_one.cause == Cause::probing);
  BOOST_TEST(second_one.retry_in == 0);
}

struct Jittered {
  double chance;
  double jitter;
  Micros wait;  // of 100 s, at most 110 s
};

std::ostream& operator<<(std::ostream& out, const Jittered& row) {
  return out << row.jitter << " at " << row.chance;
}

const std::vector<Jittered> jittered{
    {0, 0.2, 80 * second},
    {0.5, 0.2, 100 * second},
    {0.75, 0.2, 110 * second},
    {0.99, 0.2, 110 * second},
    {0, 1, 0},
    {0.3, 0, 100 * second},
    {0.99, -1, 100 * second},
    {0, 7, 0},
};

BOOST_DATA_TEST_CASE(jitter_changes_the_open_time_within_its_cap, data::make(jittered), row) {
  BreakerRig rig;
  rig.config.open_for = 100 * second;
  rig.config.open_max = 110 * second;
  rig.config.open_jitter = row.jitter;
  rig.chance = row.chance;
  rig.open();
  BOOST_TEST(rig.state.open_until - rig.now == row.wait);
}

Micros open_time(const BreakerRig& rig) { return rig.state.open_until - rig.state.since; }

BOOST_AUTO_TEST_CASE(each_failed_probe_makes_the_open_time_longer_up_to_the_longest) {
  BreakerRig rig;
  rig.calls("fffff");
  for (const Micros expected : {60, 120, 240, 480, 600, 600}) {
    BOOST_TEST(open_time(rig) == expected * second);
    rig.now = rig.state.open_until;
    const auto failed = rig.calls("f");
    BOOST_TEST(failed.before == Mode::half_open);
    BOOST_TEST(failed.after == Mode::open);
    BOOST_TEST(failed.opened_by == Cause::probe_failed);
  }
}

BOOST_AUTO_TEST_CASE(a_factor_below_one_or_no_number_leaves_the_open_time) {
  for (const double factor : {0.0, -3.0, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
    BreakerRig rig;
    rig.config.open_factor = factor;
    rig.open_and_wait();
    rig.calls("f");
    BOOST_TEST(open_time(rig) == 60 * second);
  }
}

BOOST_AUTO_TEST_CASE(the_open_time_returns_to_the_base_after_a_stable_period) {
  BreakerRig rig;
  rig.open_and_wait();
  rig.calls("f");
  rig.now = rig.state.open_until;
  rig.calls("ss");
  BOOST_TEST(rig.state.mode == Mode::closed);
  rig.now += 119 * second;
  rig.calls("fffff");
  BOOST_TEST(open_time(rig) == 120 * second);
  rig.now = rig.state.open_until;
  rig.calls("ss");
  rig.now += 120 * second;
  rig.calls("fffff");
  BOOST_TEST(open_time(rig) == 60 * second);
}

BOOST_AUTO_TEST_CASE(enough_successes_close_it_with_nothing_remembered) {
  BreakerRig rig;
  rig.config.success_threshold = 3;
  rig.calls("fffff");
  rig.now = rig.state.open_until;
  BOOST_TEST(rig.calls("ss").after == Mode::half_open);
  const auto closed = rig.calls("s");
  BOOST_TEST(closed.after == Mode::closed);
  BOOST_TEST(told(closed, Event::closed, Cause::probes_succeeded));
  BOOST_TEST(closed.effects.notes[0].value == 3);
  BOOST_TEST(rig.state.window.counts(rig.now).calls == 0);
  BOOST_TEST(rig.calls("ffff").after == Mode::closed);
}

BOOST_AUTO_TEST_CASE(no_more_probes_than_permits) {
  BreakerRig rig;
  rig.config.half_open_permits = 3;
  rig.open_and_wait();
  const auto first = rig.admit();
  rig.admit();
  rig.admit();
  BOOST_TEST(rig.state.probes == 3);
  BOOST_TEST(!rig.admit().allowed);
  rig.succeed(first);
  BOOST_TEST(rig.admit().allowed);
  BOOST_TEST(!rig.admit().allowed);
  rig.config.half_open_permits = -5;
  BOOST_TEST(!rig.admit().allowed);
}

BOOST_AUTO_TEST_CASE(
    a_vanished_cancelled_or_ignored_probe_counts_neither_way_and_frees_its_permit) {
  BreakerRig rig;
  rig.open_and_wait();
  rig.calls("s");
  const auto vanished = rig.vanish(rig.admit());
  BOOST_TEST(vanished.after == Mode::half_open);
  BOOST_TEST(told(vanished, Event::vanished));
  BOOST_TEST((rig.call(Result::ignored).after == Mode::half_open));
  rig.ask(What::cancel, rig.admit().effects.ticket);
  BOOST_TEST(rig.state.probes == 0);
  BOOST_TEST(rig.state.held == 0);
  BOOST_TEST(rig.calls("s").after == Mode::closed);
}

BOOST_AUTO_TEST_CASE(a_probe_that_ends_twice_ends_once) {
  BreakerRig rig;
  rig.config.success_threshold = 5;
  rig.open_and_wait();
  const auto lost = rig.admit();
  rig.vanish(lost);
  const auto other = rig.admit();
  BOOST_TEST(lost.effects.ticket != other.effects.ticket);
  // Its lease had run out, it had not died: the other one's permit is not given away.
  BOOST_TEST(told(rig.fail(lost), Event::late));
  BOOST_TEST(rig.state.mode == Mode::half_open);
  BOOST_TEST(!rig.admit().allowed);
  rig.succeed(other);
  BOOST_TEST(told(rig.succeed(other), Event::late));
  BOOST_TEST(rig.state.successes == 1);
}

BOOST_AUTO_TEST_CASE(a_slow_probe_has_failed) {
  BreakerRig rig;
  rig.config.slow_call = second;
  rig.open_and_wait();
  BOOST_TEST((rig.call(Result::success, second).after == Mode::half_open));
  const auto slow = rig.call(Result::success, second + 1);
  BOOST_TEST(slow.after == Mode::open);
  BOOST_TEST(slow.opened_by == Cause::probe_failed);
}

BOOST_AUTO_TEST_CASE(ends_of_another_epoch_change_nothing_and_are_noted) {
  BreakerRig rig;
  const auto early = rig.admit();
  const auto lost = rig.admit();
  rig.calls("fffff");
  const auto total = rig.state.calls_total;
  const auto late = rig.fail(early);
  BOOST_TEST(told(late, Event::late));
  BOOST_TEST(late.effects.hold == Hold::drop);
  BOOST_TEST(told(rig.vanish(lost), Event::late));
  rig.now = rig.state.open_until;
  const auto probe = rig.admit();
  BOOST_TEST(told(rig.fail(early), Event::late));
  BOOST_TEST(rig.state.mode == Mode::half_open);
  rig.ask(What::trip);
  rig.now = rig.state.open_until;
  rig.admit();
  BOOST_TEST(told(rig.fail(probe), Event::late));
  BOOST_TEST(rig.state.mode == Mode::half_open);
  BOOST_TEST(rig.state.probes == 1);
  BOOST_TEST(rig.state.calls_total == total);
}

BOOST_AUTO_TEST_CASE(tickets_that_nobody_was_given_are_harmless) {
  for (const std::int64_t ticket :
       {-1L, 0L, 1L, 2L, 3L, 7L, 10L, 2'000'000'000L, INT64_MIN, INT64_MAX}) {
    for (const What what : {What::record, What::cancel, What::vanish}) {
      BreakerRig rig;
      rig.open_and_wait();
      rig.admit();
      const auto answer = rig.ask(what, ticket, Result::failure);
      BOOST_TEST(answer.after == Mode::half_open);
      BOOST_TEST(rig.state.probes == 1);
      BOOST_TEST(rig.state.failures == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(tickets_stay_small) {
  BreakerRig rig;
  rig.state.epoch = (std::int64_t{1} << 28) - 1;
  BOOST_TEST(rig.admit().effects.ticket < (std::int64_t{1} << 31));
  rig.ask(What::reset);
  const auto next = rig.admit();
  BOOST_TEST(next.effects.ticket > 0);
  BOOST_TEST(!told(rig.fail(next), Event::late));
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_back_or_a_shorter_config_never_makes_the_wait_longer) {
  BreakerRig rig;
  rig.open();
  rig.now -= 500 * second;
  BOOST_TEST(rig.admit().retry_in == 60 * second);
  rig.config.open_max = 10 * second;
  BOOST_TEST(rig.admit().retry_in == 10 * second);
  rig.config.open_for = rig.config.open_max = 900 * second;
  BOOST_TEST(rig.admit().retry_in == 10 * second);
  rig.now += 10 * second;
  BOOST_TEST(rig.admit().probe);
}

BOOST_AUTO_TEST_CASE(permits_of_which_nothing_is_heard_for_a_day_are_free) {
  BreakerRig rig;
  rig.open_and_wait();
  rig.admit();
  rig.now += 86'400 * second - 1;
  BOOST_TEST(!rig.admit().allowed);
  rig.now += 1;
  BOOST_TEST(rig.admit().probe);
  BOOST_TEST(rig.calls("s").before == Mode::half_open);
}

BOOST_AUTO_TEST_CASE(no_open_time_at_all_goes_straight_to_a_probe) {
  BreakerRig rig;
  rig.config.open_for = -4;
  rig.calls("fffff");
  BOOST_TEST(rig.admit().probe);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
