// A command behind a limit, call by call.
#include "shared/limiting.hpp"

#include <csignal>

#include "guard_rig.hpp"

namespace gird {
namespace {

using namespace std::chrono_literals;
using policy::Limiter;
using policy::micros;

LimitPlan plan_for(double count = 2, Duration period = 1min) {
  LimitPlan plan;
  plan.limits.name = "api";
  plan.limits.config.count = count;
  plan.limits.config.period = micros(period);
  plan.call.argv = {"job"};
  plan.call.scope.run = "0123456789abcdef0123456789abcdef";
  plan.throttled.codes.set(75);
  return plan;
}

LimitPlan one_at_once() {
  LimitPlan plan = plan_for(0);
  plan.limits.config.concurrency = 1;
  return plan;
}

/// What a call would be told now.
Limiter::Answer peek(GuardRig& rig) {
  auto look = rig.memory.look<Limiter>("api");
  BOOST_REQUIRE((look && *look));
  Limiter::Ask ask;
  ask.what = Limiter::Ask::What::peek;
  return Limiter::step((*look)->state, (*look)->config, ask, (*look)->now);
}

BOOST_AUTO_TEST_SUITE(limiting)

BOOST_AUTO_TEST_CASE(what_is_within_the_rate_runs_and_what_is_over_it_does_not) {
  GuardRig rig;
  BOOST_TEST((rig.run(plan_for(), 0) == yes));
  BOOST_TEST((rig.run(plan_for(), 7) == Exit{7}));
  BOOST_TEST(rig.world.said.empty());
  BOOST_TEST((rig.run(plan_for(), 0) == refused));
  BOOST_TEST(rig.world.ran.empty());
  BOOST_TEST(rig.world.said == "gird: api is over its rate of 2/m; next try in 30s\n");
  BOOST_TEST(rig.told() == "started refused finished");
  rig.pass(30s);
  BOOST_TEST((rig.run(plan_for(), 0) == yes));
}

BOOST_AUTO_TEST_CASE(it_waits_for_its_start) {
  GuardRig rig;
  LimitPlan plan = plan_for();
  plan.wait = 1min;
  rig.run(plan);
  rig.run(plan);
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST((rig.world.waits == std::vector<Duration>{30s}));
  BOOST_TEST(rig.told() == "started waited attempt-succeeded finished");
  plan.wait = 29s;
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST(rig.world.waits.empty());
}

BOOST_AUTO_TEST_CASE(a_signal_while_it_waits_gives_the_start_back) {
  GuardRig rig;
  LimitPlan plan = plan_for();
  plan.wait = 5min;
  for (int i = 0; i < 3; ++i) rig.run(plan);
  BOOST_TEST(peek(rig).retry_after == micros(30s));
  rig.world.interrupted_wait = 0;
  BOOST_TEST((rig.run(plan) == died_of(SIGTERM)));
  BOOST_TEST(rig.world.ran.empty());
  // Its wait took the 30 seconds; the start was not used up.
  BOOST_TEST((peek(rig).what == Limiter::Answer::What::go));
}

BOOST_AUTO_TEST_CASE(what_could_not_be_started_is_given_back) {
  GuardRig rig;
  rig.world.ends = {sys::Ended{{Outcome::End::not_found, 2, {}}}};
  for (int i = 0; i < 5; ++i) BOOST_TEST((rig.run(plan_for()) == not_found));
  BOOST_TEST(peek(rig).remaining == 2);
}

BOOST_AUTO_TEST_CASE(a_place_is_taken_while_the_command_runs_and_free_after_it) {
  GuardRig rig;
  BOOST_TEST((rig.run(one_at_once(), 3) == Exit{3}));
  BOOST_TEST(peek(rig).at_once == 0);
  BOOST_TEST((rig.run(one_at_once(), 0) == yes));
}

BOOST_AUTO_TEST_CASE(without_a_place_it_is_refused_or_queues) {
  GuardRig rig;
  LimitPlan plan = one_at_once();
  store::Hold other;
  BOOST_REQUIRE(rig.memory.step<Limiter>("api", &plan.limits.config, {}, other).has_value());
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST(rig.world.said == "gird: api has 1 call under way, and no room for more\n");
  plan.wait = 2500ms;
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST((rig.world.waits == std::vector<Duration>{1s, 1s, 500ms}));
  BOOST_TEST(peek(rig).queue == 0);
  rig.world.interrupted_wait = 1;
  BOOST_TEST((rig.run(plan) == died_of(SIGTERM)));
  BOOST_TEST(peek(rig).queue == 0);
  rig.world.interrupted_wait.reset();
  other = {};  // it is killed
  BOOST_TEST((rig.run(plan) == yes));
}

BOOST_AUTO_TEST_CASE(a_store_that_tells_of_no_changes_does_not_let_the_queue_pass) {
  for (const bool from_the_start : {true, false}) {
    GuardRig rig;
    LimitPlan plan = one_at_once();
    store::Hold other;
    BOOST_REQUIRE(rig.memory.step<Limiter>("api", &plan.limits.config, {}, other).has_value());
    DeafStore deaf(rig.memory, from_the_start);
    rig.store = &deaf;
    plan.wait = 3s;
    BOOST_TEST((rig.run(plan) == refused));
    BOOST_TEST(rig.world.ran.empty());
    BOOST_TEST(peek(rig).queue == 0);
    other = {};
    BOOST_TEST((rig.run(plan) == yes));
  }
}

BOOST_AUTO_TEST_CASE(who_watches_is_told_of_the_wait) {
  GuardRig rig;
  LimitPlan plan = one_at_once();
  plan.wait = 1min;
  plan.limits.shown = plan.shown = true;
  store::Hold other;
  BOOST_REQUIRE(rig.memory.step<Limiter>("api", &plan.limits.config, {}, other).has_value());
  rig.world.interrupted_wait = 0;
  BOOST_TEST((rig.run(plan) == died_of(SIGTERM)));
  BOOST_TEST(rig.world.said ==
             "gird: waiting for api: 1 call under way (at most 1m)\n"
             "gird: interrupted by SIGTERM while waiting for api\n");
  rig.world.interrupted_wait.reset();
  plan = plan_for();
  plan.limits.name = "rate";
  plan.wait = 1min;
  plan.limits.shown = true;
  for (int i = 0; i < 3; ++i) BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.world.said == "gird: waiting for rate: over its rate of 2/m, starts in 30s\n");
}

BOOST_AUTO_TEST_CASE(where_the_queue_is_full_it_says_so) {
  GuardRig rig;
  LimitPlan plan = one_at_once();
  std::vector<store::Hold> holds(Limiter::most_holders);
  Limiter::Ask ask;
  ask.patience = micros(1h);
  for (store::Hold& hold : holds) {
    BOOST_REQUIRE(rig.memory.step<Limiter>("api", &plan.limits.config, ask, hold).has_value());
  }
  plan.wait = 1min;
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST(rig.world.said == "gird: api has 97 calls waiting already, and no more can queue\n");
  plan.wait = {};
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST(rig.world.said == "gird: api has 1 call under way, and no room for more\n");
}

BOOST_AUTO_TEST_CASE(an_adaptive_rate_follows_what_the_command_says) {
  GuardRig rig;
  LimitPlan plan = plan_for(50, 1s);
  plan.limits.config.slowest = 10;
  plan.limits.config.fastest = 100;
  rig.run(plan, 0);
  const double before = peek(rig).rate;
  BOOST_TEST(before >= 50);
  rig.pass(1s);
  rig.run(plan, 75);
  const double after = peek(rig).rate;
  BOOST_TEST(after < before);
  rig.pass(1s);
  rig.run(plan, 0);
  BOOST_TEST(peek(rig).rate > after);
}

BOOST_AUTO_TEST_CASE(the_deadline_of_a_wrapper_around_ends_the_wait) {
  GuardRig rig;
  LimitPlan plan = plan_for();
  plan.wait = 5min;
  rig.run(plan);
  rig.run(plan);
  plan.call.scope.deadline = rig.world.wall() + 3s;
  BOOST_TEST((rig.run(plan) == late));
  BOOST_TEST(rig.world.ran.empty());
  BOOST_TEST((rig.world.waits == std::vector<Duration>{3s}));
}

BOOST_AUTO_TEST_CASE(without_a_store_the_command_runs_or_does_not) {
  GuardRig rig;
  rig.store = &rig.broken_store;
  LimitPlan plan = plan_for();
  BOOST_TEST((rig.run(plan, 7) == Exit{7}));
  BOOST_TEST(rig.world.said ==
             "gird: read the cell: no such luck; the command runs without its limit\n");
  plan.on_store_error = OnStoreError::refuse;
  BOOST_TEST((rig.run(plan, 0) == refused));
  BOOST_TEST(rig.world.ran.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
