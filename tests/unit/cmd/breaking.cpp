// A command behind a breaker, call by call.
#include "shared/breaking.hpp"

#include <csignal>

#include "guard_rig.hpp"
#include "shared/refusal.hpp"

namespace gird {
namespace {

using namespace std::chrono_literals;
using policy::Breaker;
using policy::micros;

BreakerPlan plan_for(std::string name = "api") {
  BreakerPlan plan;
  plan.name = std::move(name);
  plan.config.failure_threshold = 2;
  plan.config.open_for = micros(10s);
  plan.config.open_jitter = 0;
  plan.call.argv = {"job"};
  plan.call.scope.run = "0123456789abcdef0123456789abcdef";
  plan.timeout = 30s;
  return plan;
}

/// A breaker that has just opened.
void open(GuardRig& rig, const BreakerPlan& plan) {
  for (std::int64_t i = 0; i < plan.config.failure_threshold; ++i) rig.run(plan, 1);
  rig.world.ends = {exited(0)};
}

Breaker::State state_of(GuardRig& rig, const std::string& name = "api") {
  const auto look = rig.memory.look<Breaker>(name);
  BOOST_REQUIRE((look && *look));
  return (*look)->state;
}

BOOST_AUTO_TEST_SUITE(breaking)

BOOST_AUTO_TEST_CASE(a_success_runs_the_command_and_says_nothing) {
  GuardRig rig;
  BOOST_TEST((rig.run(plan_for()) == yes));
  BOOST_TEST(rig.world.ran.size() == 1);
  BOOST_TEST(rig.world.said.empty());
  BOOST_TEST(rig.told() == "started attempt-succeeded finished");
  BOOST_TEST((rig.world.time_limits[0] == std::optional<Duration>(30s)));
  BOOST_TEST(rig.world.environments[0].at("GIRD_DEPTH") == "1");
  BOOST_TEST(!rig.world.environments[0].contains("GIRD_STATE"));
}

BOOST_AUTO_TEST_CASE(failures_open_it_and_the_next_call_is_refused_without_running) {
  GuardRig rig;
  BOOST_TEST((rig.run(plan_for(), 7) == Exit{7}));
  BOOST_TEST((rig.run(plan_for(), 7) == Exit{7}));
  BOOST_TEST(rig.world.said.contains("api opens: 2 failures in a row"));
  BOOST_TEST(rig.told() == "started opened attempt-failed finished");
  rig.pass(4s);
  BOOST_TEST((rig.run(plan_for(), 0) == refused));
  BOOST_TEST(rig.world.ran.empty());
  BOOST_TEST(rig.world.said ==
             "gird: api is open: 2 failures in a row, for 4s; next try in 6s (gird breaker reset "
             "api)\n");
  BOOST_TEST(rig.told() == "started refused finished");
  BOOST_TEST(rig.world.events[1].contains("\"retry_in_s\":6,\"enforced\":true"));
  BOOST_TEST(rig.world.events[2].contains("\"status\":75,\"result\":\"refused\""));
}

BOOST_AUTO_TEST_CASE(probes_close_it) {
  GuardRig rig;
  open(rig, plan_for());
  rig.pass(10s);
  BOOST_TEST((rig.run(plan_for()) == yes));
  BOOST_TEST(rig.told() == "started half-opened attempt-succeeded finished");
  BOOST_TEST((rig.run(plan_for()) == yes));
  BOOST_TEST(rig.told() == "started closed attempt-succeeded finished");
  BOOST_TEST((state_of(rig).mode == Breaker::Mode::closed));
}

BOOST_AUTO_TEST_CASE(a_probe_has_the_time_limit_for_probes) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.probe_timeout = Timeout{2s};
  open(rig, plan);
  BOOST_TEST((rig.world.time_limits[0] == std::optional<Duration>(30s)));
  rig.pass(10s);
  rig.run(plan);
  BOOST_TEST((rig.world.time_limits[0] == std::optional<Duration>(2s)));
  plan.probe_timeout = Timeout{};  // as long as it likes
  rig.run(plan);
  BOOST_TEST(!rig.world.time_limits[0].has_value());
}

BOOST_AUTO_TEST_CASE(a_probe_that_the_rate_refuses_leaves_its_place_to_others) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  open(rig, plan);
  rig.pass(10s);
  plan.rate = Rate{1, 1h};
  plan.fallback_sh = "stored";
  store::Hold nothing;
  const policy::Limiter::Config used_up{.count = 1, .period = micros(1h)};
  BOOST_REQUIRE(rig.memory.step<policy::Limiter>("api", &used_up, {}, nothing).has_value());
  std::int64_t probes = -1;
  rig.world.while_running = [&] { probes = state_of(rig).probes; };
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.told() == "started half-opened refused fell-back finished");
  BOOST_TEST(probes == 0);
}

BOOST_AUTO_TEST_CASE(what_was_interrupted_or_never_started_leaves_no_trace) {
  for (const sys::Ended& end : {sys::Ended{{Outcome::End::signalled, SIGTERM, {}}, SIGTERM},
                                sys::Ended{{Outcome::End::not_found, 2, {}}},
                                sys::Ended{{Outcome::End::not_runnable, 13, {}}},
                                sys::Ended{{Outcome::End::exited, 1, {}}, SIGINT}}) {
    GuardRig rig;
    for (int i = 0; i < 5; ++i) {
      rig.world.ends = {end};
      rig.run(plan_for());
    }
    BOOST_TEST((state_of(rig).mode == Breaker::Mode::closed));
    BOOST_TEST(state_of(rig).failures == 0);
    BOOST_TEST(state_of(rig).held == 0);
    BOOST_TEST(state_of(rig).calls_total == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_signal_is_died_of_and_no_fallback_answers_for_it) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.fallback_sh = "stored";
  rig.world.ends = {killed(SIGKILL)};
  rig.world.ends.front().interrupted = SIGTERM;
  BOOST_TEST((rig.run(plan) == died_of(SIGTERM)));
  BOOST_TEST(rig.world.ran.size() == 1);
  BOOST_TEST(rig.world.said.empty());
}

BOOST_AUTO_TEST_CASE(the_fallback_answers_for_a_failure_and_for_a_refusal) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.call.hold = true;
  plan.fallback_sh = "stored";
  rig.world.ends = {exited(7), exited(3)};
  BOOST_TEST((rig.run(plan) == Exit{3}));
  BOOST_TEST((rig.world.ran[1] == std::vector<std::string>{"/bin/sh", "-c", "stored"}));
  BOOST_TEST(rig.world.environments[1].at("GIRD_EXIT") == "7");
  BOOST_TEST(rig.world.environments[1].at("GIRD_REASON") == "exit 7");
  BOOST_TEST(rig.told() == "started attempt-failed fell-back finished");
  BOOST_TEST(rig.world.said == "gird: degraded: exit 7; --fallback-sh: exit 3\n");
  rig.world.ends = {exited(7), exited(0)};
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.world.said == "gird: api opens: 2 failures in a row\n");
  rig.world.ends = {exited(0)};
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.world.environments[0].at("GIRD_EXIT") == "75");
  BOOST_TEST(rig.world.environments[0].at("GIRD_STATE") == "open");
  BOOST_TEST(rig.told() == "started refused fell-back finished");
  BOOST_TEST(rig.world.said.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_failure_by_the_rules_needs_no_fallback) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.fallback_sh = "stored";
  policy::OutcomeSet record;
  BOOST_REQUIRE(from_text("2", record).has_value());
  plan.counting.record = record;
  BOOST_TEST((rig.run(plan, 1) == Exit{1}));
  BOOST_TEST(rig.world.ran.size() == 1);
}

BOOST_AUTO_TEST_CASE(hooks_run_once_and_after_the_command) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.on_open_sh = "opened";
  plan.on_close_sh = "closed";
  rig.run(plan, 1);
  BOOST_TEST(rig.world.ran.size() == 1);
  rig.world.ends = {exited(1), exited(9)};
  BOOST_TEST((rig.run(plan) == Exit{1}));
  BOOST_TEST_REQUIRE(rig.world.ran.size() == 2);
  BOOST_TEST(rig.world.ran[1][2] == "opened");
  BOOST_TEST(rig.world.environments[1].at("GIRD_BREAKER") == "api");
  BOOST_TEST(rig.world.environments[1].at("GIRD_STATE") == "open");
  BOOST_TEST(rig.world.environments[1].at("GIRD_REASON") == "2 failures in a row");
  BOOST_TEST(rig.world.said.contains("--on-open-sh: exit 9"));
  BOOST_TEST((rig.run(plan, 0) == refused));
  BOOST_TEST(rig.world.ran.empty());
  rig.pass(10s);
  rig.run(plan, 0);
  rig.run(plan, 0);
  BOOST_TEST_REQUIRE(rig.world.ran.size() == 2);
  BOOST_TEST(rig.world.ran[1][2] == "closed");
}

BOOST_AUTO_TEST_CASE(a_hook_has_a_time_limit_that_changes_nothing_else) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.on_open_sh = "hangs";
  rig.run(plan, 1);
  rig.world.ends = {exited(1), sys::Ended{{Outcome::End::timed_out, 0, 30s}}};
  BOOST_TEST((rig.run(plan) == Exit{1}));
  BOOST_TEST_REQUIRE(rig.world.time_limits.size() == 2);
  BOOST_TEST((rig.world.time_limits[1] == std::optional<Duration>(30s)));
  BOOST_TEST(rig.world.said.contains("--on-open-sh: ended after the time limit of 30s\n"));
}

BOOST_AUTO_TEST_CASE(it_waits_until_the_breaker_lets_it_through) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  open(rig, plan);
  plan.wait = 1min;
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST((rig.world.waits == std::vector<Duration>{10s}));
  BOOST_TEST(rig.told() == "started half-opened waited attempt-succeeded finished");
}

BOOST_AUTO_TEST_CASE(waiting_ends_in_a_refusal_when_the_time_is_over) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  open(rig, plan);
  plan.wait = 4s;
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST((rig.world.waits == std::vector<Duration>{4s}));
  BOOST_TEST(rig.world.said.contains("for 4s; next try in 6s"));
}

BOOST_AUTO_TEST_CASE(a_change_that_does_not_let_it_through_is_only_looked_at) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  open(rig, plan);
  const std::int64_t refused_before = state_of(rig).refused_total;
  plan.wait = 1min;
  rig.world.woken_waits = {{0, 1s}, {1, 1s}, {2, 1s}};
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.world.waits.size() == 4);
  BOOST_TEST((rig.world.waits.back() == 7s));
  // Asked when it began, and once more when it had begun to watch.
  BOOST_TEST(state_of(rig).refused_total == refused_before + 2);
}

BOOST_AUTO_TEST_CASE(a_signal_during_the_wait_ends_it) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  open(rig, plan);
  plan.wait = 1min;
  plan.fallback_sh = "stored";
  rig.world.interrupted_wait = 0;
  BOOST_TEST((rig.run(plan) == died_of(SIGTERM)));
  BOOST_TEST(rig.world.ran.empty());
  BOOST_TEST(rig.world.said.empty());
  BOOST_TEST(rig.world.events.back().contains("\"result\":\"interrupted\""));
}

BOOST_AUTO_TEST_CASE(who_watches_is_told_of_the_wait) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  open(rig, plan);
  plan.wait = 1min;
  plan.shown = true;
  rig.pass(4s);
  rig.world.interrupted_wait = 0;
  BOOST_TEST((rig.run(plan) == died_of(SIGTERM)));
  BOOST_TEST(rig.world.said ==
             "gird: waiting for api: open, next try in 6s (at most 1m)\n"
             "gird: interrupted by SIGTERM while waiting for api\n");
}

BOOST_AUTO_TEST_CASE(a_ramp_says_what_it_lets_through) {
  Breaker::Config config;
  config.open_for = micros(30s);
  config.ramp = true;
  Breaker::Answer answer;
  answer.cause = policy::Cause::ramp;
  answer.since = micros(4s);
  answer.retry_in = micros(6s);
  BOOST_TEST(refusal_text("api", config, answer) ==
             "api closed 4s ago and lets 10% of calls through; next try in 6s");
  answer.since = micros(10s);
  answer.retry_in = micros(10s);
  BOOST_TEST(refusal_text("api", config, answer) ==
             "api closed 10s ago and lets 50% of calls through; next try in 10s");
}

BOOST_AUTO_TEST_CASE(who_waits_for_a_probe_asks_again_now_and_then) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  open(rig, plan);
  rig.pass(10s);
  store::Hold probe;  // somebody else's
  BOOST_REQUIRE(rig.memory.step<Breaker>("api", &plan.config, {}, probe).has_value());
  BOOST_REQUIRE((state_of(rig).mode == Breaker::Mode::half_open));
  plan.wait = 2500ms;
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST((rig.world.waits == std::vector<Duration>{1s, 1s, 500ms}));
  BOOST_TEST(rig.world.said.contains("api is half-open: probes are under way"));
  probe = {};  // it is killed
  BOOST_TEST((rig.run(plan) == yes));
}

BOOST_AUTO_TEST_CASE(the_deadline_of_a_wrapper_around_ends_the_wait) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  open(rig, plan);
  plan.wait = 1min;
  plan.call.scope.deadline = rig.world.wall() + 3s;
  BOOST_TEST((rig.run(plan) == late));
  BOOST_TEST((rig.world.waits == std::vector<Duration>{3s}));
  BOOST_TEST(rig.world.said.contains("the deadline passed"));
}

BOOST_AUTO_TEST_CASE(a_call_that_runs_into_the_deadline_is_a_failure) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.call.scope.deadline = rig.world.wall() + 3s;
  rig.world.ends = {exited(0, 5s)};
  BOOST_TEST((rig.run(plan) == late));
  BOOST_TEST(state_of(rig).failures == 1);
  BOOST_TEST(rig.told() == "started timed-out finished");
}

BOOST_AUTO_TEST_CASE(another_probe_decides_whether_the_command_is_run) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.probe_sh = "ping";
  open(rig, plan);
  BOOST_TEST(rig.world.ran.size() == 1);
  rig.pass(10s);
  BOOST_TEST((rig.run(plan, 4) == refused));
  BOOST_TEST_REQUIRE(rig.world.ran.size() == 1);
  BOOST_TEST(rig.world.ran[0][2] == "ping");
  BOOST_TEST(rig.world.environments[0].at("GIRD_STATE") == "half-open");
  BOOST_TEST(rig.world.said.contains("the probe failed: exit 4"));
  BOOST_TEST((state_of(rig).mode == Breaker::Mode::open));
  rig.pass(20s);
  rig.world.ends = {exited(0), exited(5)};
  BOOST_TEST((rig.run(plan) == Exit{5}));
  BOOST_TEST(rig.world.ran.size() == 2);
  // The line and the command were both probes; the second failed.
  BOOST_TEST((state_of(rig).mode == Breaker::Mode::open));
}

BOOST_AUTO_TEST_CASE(a_probe_that_fails_is_waited_for_too) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.probe_sh = "ping";
  plan.wait = 1min;
  open(rig, plan);
  rig.pass(10s);
  rig.world.ends = {exited(4), exited(0)};
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST_REQUIRE(rig.world.ran.size() == 3);
  BOOST_TEST(rig.world.ran[1][2] == "ping");
  BOOST_TEST(rig.world.ran[2][0] == "job");
  // The open time has doubled.
  BOOST_TEST((rig.world.waits == std::vector<Duration>{20s}));
}

BOOST_AUTO_TEST_CASE(the_wait_behind_a_probe_that_fails_ends_when_its_time_is_over) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.probe_sh = "ping";
  plan.wait = 50s;
  open(rig, plan);
  rig.pass(10s);
  BOOST_TEST((rig.run(plan, 4) == refused));
  BOOST_TEST(rig.world.ran.size() == 2);
  BOOST_TEST((rig.world.waits == std::vector<Duration>{20s, 30s}));
  BOOST_TEST(rig.world.said.contains("api is open: a probe failed"));
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_behind_a_probe_ends_the_probing) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.probe_sh = "ping";
  plan.wait = 1min;
  open(rig, plan);
  rig.pass(10s);
  BusyStore busy(rig.memory, 2, 1000);
  rig.store = &busy;
  rig.world.ends = {exited(4)};
  BOOST_TEST((rig.run(plan) == Exit{4}));
  BOOST_TEST(rig.world.ran.size() == 2);
  BOOST_TEST(rig.world.said.contains("; the command runs without its breaker"));
}

BOOST_AUTO_TEST_CASE(a_probe_that_cannot_be_run_is_not_tried_again) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.probe_sh = "pnig";
  plan.wait = 1min;
  open(rig, plan);
  rig.pass(10s);
  BOOST_TEST((rig.run(plan, 127) == refused));
  BOOST_TEST(rig.world.ran.size() == 1);
  BOOST_TEST(rig.world.waits.empty());
}

BOOST_AUTO_TEST_CASE(a_probe_that_fails_refuses_nothing_in_a_trial) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.probe_sh = "ping";
  plan.config.enforce = 0;
  open(rig, plan);
  rig.pass(10s);
  rig.world.ends = {exited(4), exited(0)};
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.world.ran.size() == 2);
  BOOST_TEST((state_of(rig).mode == Breaker::Mode::open));
}

BOOST_AUTO_TEST_CASE(a_trial_refuses_nothing_and_tells_what_it_would_have) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.config.enforce = 0;
  open(rig, plan);
  BOOST_TEST((rig.run(plan, 0) == yes));
  BOOST_TEST(rig.told() == "started refused attempt-succeeded finished");
  BOOST_TEST(rig.world.events[1].contains("\"enforced\":false"));
  BOOST_TEST(rig.world.said.empty());
}

BOOST_AUTO_TEST_CASE(a_rate_limits_calls_that_the_breaker_lets_through) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.rate = Rate{2, 1min};
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST(rig.world.ran.empty());
  BOOST_TEST(rig.world.said == "gird: api is over its rate of 2/m; next try in 30s\n");
  BOOST_TEST(state_of(rig).held == 0);
  plan.wait = 1min;
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST((rig.world.waits == std::vector<Duration>{30s}));
}

BOOST_AUTO_TEST_CASE(a_rate_is_not_enforced_where_refusals_are_not) {
  using What = Breaker::Ask::What;
  for (const auto& [verb, enforce] :
       {std::pair(What::release, 0.0), std::pair(What::disable, 1.0),
        std::pair(What::hold_closed, 1.0), std::pair(What::metrics_only, 1.0)}) {
    GuardRig rig;
    BreakerPlan plan = plan_for();
    plan.rate = Rate{1, 1min};
    plan.wait = 1h;
    plan.config.enforce = enforce;
    Breaker::Ask ask;
    ask.what = verb;
    store::Hold nothing;
    BOOST_REQUIRE(rig.memory.step<Breaker>("api", &plan.config, ask, nothing).has_value());
    rig.run(plan);
    BOOST_TEST(rig.told() == "started attempt-succeeded finished");
    BOOST_TEST((rig.run(plan) == yes));
    BOOST_TEST(rig.told() == "started refused attempt-succeeded finished");
    BOOST_TEST(rig.world.events[1].contains("\"cause\":\"rate\""));
    BOOST_TEST(rig.world.events[1].contains("\"enforced\":false"));
    BOOST_TEST(rig.world.waits.empty());
    BOOST_TEST(rig.world.said.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_wait_for_the_rate_that_is_interrupted_gives_its_start_back) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.rate = Rate{1, 1min};
  plan.wait = 2min;
  rig.run(plan);
  rig.world.interrupted_wait = 0;
  BOOST_TEST((rig.run(plan) == died_of(SIGTERM)));
  rig.world.interrupted_wait.reset();
  BOOST_TEST(state_of(rig).held == 0);
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.world.waits.empty());  // the minute passed while the first one waited
}

BOOST_AUTO_TEST_CASE(without_a_store_the_command_runs_or_does_not) {
  GuardRig rig;
  rig.store =
      std::unexpected(Error{Fault::system, "store-unusable", "open /x", "denied", {"mend it"}});
  BreakerPlan plan = plan_for();
  BOOST_TEST((rig.run(plan, 7) == Exit{7}));
  BOOST_TEST(rig.world.said ==
             "gird: open /x: denied; the command runs without its breaker\n  hint: mend it\n");
  BOOST_TEST(rig.told() == "started error attempt-failed finished");
  plan.on_store_error = OnStoreError::refuse;
  BOOST_TEST((rig.run(plan, 0) == refused));
  BOOST_TEST(rig.world.said == "gird: open /x: denied\n  hint: mend it\n");
  BOOST_TEST(rig.world.ran.empty());
  rig.store = &rig.broken_store;
  BOOST_TEST((rig.run(plan, 0) == refused));
  plan.on_store_error = OnStoreError::run;
  plan.wait = 1min;
  plan.rate = Rate{1, 1min};
  plan.on_open_sh = "never";
  BOOST_TEST((rig.run(plan, 0) == yes));
  BOOST_TEST(rig.world.ran.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_store_that_tells_of_no_changes_does_not_let_a_waiter_pass) {
  for (const bool from_the_start : {true, false}) {
    GuardRig rig;
    BreakerPlan plan = plan_for();
    open(rig, plan);
    DeafStore deaf(rig.memory, from_the_start);
    rig.store = &deaf;
    plan.wait = 4s;
    BOOST_TEST((rig.run(plan) == refused));
    BOOST_TEST(rig.world.ran.empty());
    plan.wait = 1min;
    BOOST_TEST((rig.run(plan) == yes));
    BOOST_TEST(rig.told() == "started half-opened waited attempt-succeeded finished");
  }
}

BOOST_AUTO_TEST_CASE(the_end_of_a_call_is_told_again_while_others_keep_the_lock) {
  GuardRig rig;
  const BreakerPlan plan = plan_for();
  BusyStore busy(rig.memory, 1, 8);
  rig.store = &busy;
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.world.said.empty());
  BOOST_TEST(state_of(rig).calls_total == 1);
  BOOST_TEST(state_of(rig).failures_total == 0);
  // There is an end to it.
  BusyStore forever(rig.memory, 1, 1000);
  rig.store = &forever;
  BOOST_TEST((rig.run(plan) == yes));
  BOOST_TEST(rig.world.said.contains("others kept it"));
}

BOOST_AUTO_TEST_CASE(quiet_says_nothing_of_refusals) {
  GuardRig rig;
  BreakerPlan plan = plan_for();
  plan.quiet = true;
  open(rig, plan);
  BOOST_TEST((rig.run(plan) == refused));
  BOOST_TEST(rig.world.said.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
