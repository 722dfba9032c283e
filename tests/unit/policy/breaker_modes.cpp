// What administrators, the ramp and the dark launch make of a breaker.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "policy/breaker_rig.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(policy_breaker_modes)

struct Verb {
  What what;
  Mode mode;
  Event event;
};

std::ostream& operator<<(std::ostream& out, const Verb& verb) {
  return out << "verb " << static_cast<int>(verb.what);
}

const std::vector<Verb> verbs{
    {What::trip, Mode::open, Event::opened},
    {What::hold_open, Mode::held_open, Event::held_open},
    {What::hold_closed, Mode::held_closed, Event::held_closed},
    {What::disable, Mode::disabled, Event::disabled},
    {What::metrics_only, Mode::metrics_only, Event::metrics_only},
};

BOOST_DATA_TEST_CASE(a_verb_sets_its_mode_from_any_other_and_once, data::make(verbs), verb) {
  for (const What before :
       {What::reset, What::trip, What::hold_open, What::hold_closed, What::disable}) {
    BreakerRig rig;
    rig.ask(before);
    if (rig.state.mode == verb.mode) continue;
    const auto set = rig.ask(verb.what);
    BOOST_TEST(set.allowed);
    BOOST_TEST(set.after == verb.mode);
    BOOST_TEST(told(set, verb.event, Cause::administrator));
    rig.now += 5 * second;
    const auto state = rig.state;
    const auto again = rig.ask(verb.what);
    BOOST_TEST(again.before == verb.mode);
    BOOST_TEST(again.after == verb.mode);
    BOOST_TEST(told(again, Event::none));
    BOOST_TEST(!told(again, verb.event));
    BOOST_TEST(rig.state.epoch == state.epoch);
    BOOST_TEST(rig.state.since == state.since);
    BOOST_TEST(rig.state.open_until == state.open_until);
  }
}

BOOST_AUTO_TEST_CASE(held_open_lets_nothing_through_however_long_and_whatever_is_enforced) {
  BreakerRig rig;
  rig.config.enforce = 0;
  rig.ask(What::hold_open);
  rig.now += 100'000 * second;
  const auto refused = rig.admit();
  BOOST_TEST(!refused.allowed);
  BOOST_TEST(refused.cause == Cause::administrator);
  BOOST_TEST(refused.since == 100'000 * second);
  BOOST_TEST(refused.retry_in == 0);
}

BOOST_AUTO_TEST_CASE(held_closed_and_metrics_only_count_and_never_open) {
  for (const What what : {What::hold_closed, What::metrics_only}) {
    BreakerRig rig;
    rig.ask(what);
    for (int i = 0; i < 20; ++i) BOOST_TEST(rig.admit().allowed);
    rig.calls("ffffffffffff");
    rig.vanish(rig.admit());
    BOOST_TEST(rig.state.failures == 13);
    BOOST_TEST(rig.state.failures_total == 13);
    BOOST_TEST(rig.state.window.counts(rig.now).failed == 13);
    BOOST_TEST(rig.state.opened_total == 0);
  }
}

BOOST_AUTO_TEST_CASE(disabled_counts_nothing_and_takes_no_hold) {
  BreakerRig rig;
  rig.ask(What::disable);
  const auto admitted = rig.admit();
  BOOST_TEST(admitted.allowed);
  BOOST_TEST(admitted.effects.hold == Hold::leave);
  rig.fail(admitted);
  rig.calls("ffffffffffff");
  BOOST_TEST(rig.state.calls_total == 0);
  BOOST_TEST(rig.state.window.counts(rig.now).calls == 0);
  BOOST_TEST(rig.state.mode == Mode::disabled);
}

BOOST_AUTO_TEST_CASE(release_goes_back_to_closed_and_leaves_what_nobody_held) {
  for (const What what : {What::hold_open, What::hold_closed, What::disable, What::metrics_only}) {
    BreakerRig rig;
    rig.ask(what);
    rig.calls("fffffff");
    const auto released = rig.ask(What::release);
    BOOST_TEST(released.after == Mode::closed);
    BOOST_TEST(told(released, Event::released, Cause::administrator));
    BOOST_TEST(rig.calls("ffff").after == Mode::closed);
  }
  BreakerRig rig;
  rig.open();
  BOOST_TEST(rig.ask(What::release).after == Mode::open);
  rig.now = rig.state.open_until;
  rig.admit();
  BOOST_TEST(rig.ask(What::release).after == Mode::half_open);
}

BOOST_AUTO_TEST_CASE(reset_closes_and_forgets_the_calls_and_the_open_time) {
  BreakerRig rig;
  rig.open_and_wait();
  rig.calls("f");
  const auto reset = rig.ask(What::reset);
  BOOST_TEST(reset.after == Mode::closed);
  BOOST_TEST(reset.opened_by == Cause::none);
  BOOST_TEST(told(reset, Event::closed, Cause::administrator));
  rig.open();
  BOOST_TEST(rig.state.open_until - rig.now == 60 * second);
}

BOOST_AUTO_TEST_CASE(reset_of_a_closed_one_forgets_calls_under_way_without_a_note) {
  BreakerRig rig;
  const auto early = rig.admit();
  rig.calls("ffff");
  BOOST_TEST(!told(rig.ask(What::reset), Event::closed));
  BOOST_TEST(told(rig.fail(early), Event::late));
  BOOST_TEST(rig.calls("ffff").after == Mode::closed);
}

BOOST_AUTO_TEST_CASE(trip_in_half_open_keeps_the_open_time) {
  BreakerRig rig;
  rig.open_and_wait();
  rig.calls("f");
  rig.now = rig.state.open_until;
  rig.admit();
  rig.now += 500 * second;
  rig.ask(What::trip);
  BOOST_TEST(rig.state.opened_by == Cause::administrator);
  BOOST_TEST(rig.state.open_until - rig.now == 120 * second);
}

BreakerRig just_closed_with_a_ramp() {
  BreakerRig rig;
  rig.config.ramp = true;
  rig.open_and_wait();
  rig.calls("s");
  const auto closed = rig.calls("s");
  BOOST_TEST(told(closed, Event::closed, Cause::probes_succeeded));
  BOOST_TEST(closed.effects.notes[1].value == 10);
  return rig;
}

struct Step {
  Micros after;  // the closing
  double chance;
  bool allowed;
  Micros retry_in;
  double noted;  // of the ramp
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << step.after << " at " << step.chance;
}

const std::vector<Step> steps{
    {0, 0.09, true, 0, 0},
    {0, 0.1, false, 20 * second, 0},
    {19 * second, 0.5, false, second, 0},
    {20 * second, 0.49, true, 0, 50},
    {20 * second, 0.5, false, 20 * second, 50},
    {39 * second, 0.99, false, second, 50},
    {40 * second, 0.99, true, 0, 100},
    {9'000 * second, 0.99, true, 0, 100},
};

BOOST_DATA_TEST_CASE(the_ramp_lets_a_tenth_then_half_then_all_through, data::make(steps), step) {
  auto rig = just_closed_with_a_ramp();
  rig.now += step.after;
  rig.chance = step.chance;
  const auto answer = rig.admit();
  BOOST_TEST(answer.allowed == step.allowed);
  BOOST_TEST(answer.retry_in == step.retry_in);
  if (!step.allowed) BOOST_TEST(answer.cause == Cause::ramp);
  BOOST_TEST(told(answer, Event::ramped) == (step.noted > 0));
  if (step.noted > 0) BOOST_TEST(answer.effects.notes[0].value == step.noted);
  if (!step.allowed) BOOST_TEST(told(answer, Event::refused, Cause::ramp));
}

BOOST_AUTO_TEST_CASE(failures_on_the_ramp_open_it_as_usual) {
  auto rig = just_closed_with_a_ramp();
  rig.chance = 0;
  BOOST_TEST(rig.calls("fffff").after == Mode::open);
}

BOOST_AUTO_TEST_CASE(a_ramp_that_is_switched_off_is_over) {
  auto rig = just_closed_with_a_ramp();
  rig.config.ramp = false;
  rig.chance = 0.99;
  BOOST_TEST(rig.admit().allowed);
}

BOOST_AUTO_TEST_CASE(only_a_share_of_refusals_is_carried_out) {
  BreakerRig rig;
  rig.config.enforce = 0.25;
  rig.open();
  rig.enforce_chance = 0.24;
  BOOST_TEST(!rig.admit().allowed);
  rig.enforce_chance = 0.25;
  const auto passed = rig.admit();
  BOOST_TEST(passed.allowed);
  BOOST_TEST(passed.would_refuse);
  BOOST_TEST(!passed.probe);
  BOOST_TEST(passed.cause == Cause::open);
  BOOST_TEST(passed.effects.hold == Hold::leave);
  BOOST_TEST(!told(passed, Event::refused));
  BOOST_TEST(rig.state.refused_total == 1);
}

BOOST_AUTO_TEST_CASE(who_passed_a_breaker_that_would_refuse_changes_totals_alone) {
  BreakerRig rig;
  rig.config.enforce = 0;
  rig.open();
  const auto early = rig.admit();
  rig.fail(rig.admit());
  BOOST_TEST(rig.state.failures == 0);
  BOOST_TEST(rig.state.failures_total == 1);
  BOOST_TEST(rig.state.mode == Mode::open);
  rig.now = rig.state.open_until;
  const auto probe = rig.admit();
  BOOST_TEST(probe.probe);
  BOOST_TEST(!probe.would_refuse);
  BOOST_TEST(told(rig.fail(early), Event::late));
  const auto beside = rig.admit();
  BOOST_TEST(beside.would_refuse);
  BOOST_TEST(beside.cause == Cause::probing);
  BOOST_TEST(rig.fail(beside).after == Mode::half_open);
  BOOST_TEST(rig.state.probes == 1);
  rig.succeed(beside);
  BOOST_TEST(rig.state.successes == 0);
  BOOST_TEST(rig.fail(probe).after == Mode::open);
}

BOOST_AUTO_TEST_CASE(who_passed_the_ramp_that_would_refuse_counts_like_others) {
  auto rig = just_closed_with_a_ramp();
  rig.config.enforce = 0;
  rig.chance = 0.9;
  const auto passed = rig.admit();
  BOOST_TEST(passed.would_refuse);
  BOOST_TEST(passed.effects.hold == Hold::take);
  rig.fail(passed);
  BOOST_TEST(rig.state.failures == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
