// The order of the rules about outcomes, and the steps of a retry, without any process.
#include "policy/retry.hpp"

#include <boost/test/unit_test.hpp>
#include <csignal>

#include "base/chance.hpp"

namespace gird::policy {
namespace {

using std::chrono::seconds;
using What = Verdict::What;

OutcomeSet set_of(std::string_view text) {
  OutcomeSet set;
  BOOST_REQUIRE(from_text(text, set).has_value());
  return set;
}

Outcome exit_with(int code) { return {Outcome::End::exited, code, {}}; }

constexpr TransientRule passing{"7", "", Nature::transient, "could not connect"};
constexpr TransientRule lasting{"3", "", Nature::permanent, "bad usage"};

BOOST_AUTO_TEST_SUITE(policy_verdict)

BOOST_AUTO_TEST_CASE(by_default_anything_is_tried_again_but_what_cannot_start) {
  const Rules rules;
  BOOST_TEST((judge(rules, exit_with(0), {}).what == What::success));
  for (const int code : {1, 2, 75, 124, 125, 128, 255}) {
    BOOST_TEST((judge(rules, exit_with(code), {}).what == What::retry));
  }
  for (const int code : {126, 127})
    BOOST_TEST((judge(rules, exit_with(code), {}).what == What::stop));
  BOOST_TEST((judge(rules, {Outcome::End::not_found, 2, {}}, {}).what == What::stop));
  BOOST_TEST((judge(rules, {Outcome::End::not_runnable, 13, {}}, {}).what == What::stop));
  BOOST_TEST((judge(rules, {Outcome::End::timed_out, 0, {}}, {}).what == What::retry));
  BOOST_TEST((judge(rules, {Outcome::End::overdue, 0, {}}, {}).what == What::stop));
  BOOST_TEST((judge(rules, {Outcome::End::signalled, SIGSEGV, {}}, {}).what == What::retry));
  BOOST_TEST((judge(rules, {Outcome::End::signalled, SIGPIPE, {}}, {}).what == What::stop));
}

BOOST_AUTO_TEST_CASE(packs_decide_where_the_user_said_nothing) {
  const Rules rules;
  BOOST_TEST(
      (judge(rules, exit_with(7), {.pack_rule = &passing, .pack = "curl"}).what == What::retry));
  const Verdict stop = judge(rules, exit_with(3), {.pack_rule = &lasting, .pack = "curl"});
  BOOST_TEST((stop.what == What::stop));
  BOOST_TEST(stop.reason == "curl: bad usage");
}

BOOST_AUTO_TEST_CASE(explicit_rules_beat_packs) {
  Rules rules;
  rules.retry_on = set_of("3");
  BOOST_TEST(
      (judge(rules, exit_with(3), {.pack_rule = &lasting, .pack = "curl"}).what == What::retry));
  // A pack that was only guessed does not widen what the user listed; one that was named does.
  BOOST_TEST(
      (judge(rules, exit_with(7), {.pack_rule = &passing, .pack = "curl"}).what == What::stop));
  rules.named_packs = true;
  BOOST_TEST(
      (judge(rules, exit_with(7), {.pack_rule = &passing, .pack = "curl"}).what == What::retry));
  rules.stop_on = set_of("7");
  BOOST_TEST(
      (judge(rules, exit_with(7), {.pack_rule = &passing, .pack = "curl"}).what == What::stop));
}

BOOST_AUTO_TEST_CASE(stopping_wins_over_trying_again) {
  Rules rules;
  rules.retry_on = set_of("any");
  rules.stop_on = set_of("2,SIGKILL,timeout");
  BOOST_TEST((judge(rules, exit_with(1), {}).what == What::retry));
  BOOST_TEST((judge(rules, exit_with(2), {}).what == What::stop));
  BOOST_TEST((judge(rules, {Outcome::End::signalled, SIGKILL, {}}, {}).what == What::stop));
  BOOST_TEST((judge(rules, {Outcome::End::timed_out, 0, {}}, {}).what == What::stop));
  BOOST_TEST(
      (judge(rules, exit_with(1), {.retry_pattern = "a", .stop_pattern = "b"}).what == What::stop));
  BOOST_TEST((judge(rules, exit_with(1), {.forbidden = true}).what == What::stop));
}

BOOST_AUTO_TEST_CASE(any_includes_126_and_127_when_it_is_asked_for) {
  Rules rules;
  rules.retry_on = set_of("any");
  BOOST_TEST((judge(rules, exit_with(127), {}).what == What::retry));
  BOOST_TEST((judge(rules, {Outcome::End::not_found, 2, {}}, {}).what == What::retry));
}

BOOST_AUTO_TEST_CASE(patterns_speak_of_successes_too) {
  Rules rules;
  rules.retry_patterns = true;
  BOOST_TEST((judge(rules, exit_with(0), {.retry_pattern = "pending"}).what == What::retry));
  BOOST_TEST((judge(rules, exit_with(0), {}).what == What::success));
  BOOST_TEST((judge(rules, exit_with(1), {}).what == What::stop));
}

BOOST_AUTO_TEST_CASE(what_the_user_sent_is_not_tried_again) {
  BOOST_TEST((judge({}, {Outcome::End::signalled, SIGTERM, {}}, {.interrupted = SIGTERM}).what ==
              What::stop));
  BOOST_TEST((judge({}, exit_with(1), {.interrupted = SIGINT}).what == What::stop));
  BOOST_TEST((judge({}, exit_with(0), {.interrupted = SIGINT}).what == What::success));
}

BOOST_AUTO_TEST_CASE(inverted_a_failure_is_what_was_waited_for) {
  Rules rules;
  rules.invert = true;
  BOOST_TEST((judge(rules, exit_with(0), {}).what == What::retry));
  BOOST_TEST((judge(rules, exit_with(1), {}).what == What::success));
  BOOST_TEST((judge(rules, {Outcome::End::not_found, 2, {}}, {}).what == What::stop));
  BOOST_TEST((judge(rules, exit_with(1), {.interrupted = SIGINT}).what == What::stop));
  rules.stop_on = set_of("1");
  BOOST_TEST((judge(rules, exit_with(1), {}).what == What::stop));
  rules.retry_on = set_of("2");
  BOOST_TEST((judge(rules, exit_with(2), {}).what == What::retry));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(policy_retry)

using Go = Step::What;

Step step(const RetryPolicy& policy, Progress& progress, AttemptEnd end) {
  ++progress.attempt;
  return next_step(policy, progress, end);
}

BOOST_AUTO_TEST_CASE(attempts_are_counted_the_first_included) {
  RetryPolicy policy;
  policy.attempts = 2;
  Progress progress;
  BOOST_TEST((step(policy, progress, {.verdict = What::retry}).what == Go::again));
  BOOST_TEST((step(policy, progress, {.verdict = What::retry}).what == Go::exhausted));
}

BOOST_AUTO_TEST_CASE(without_a_limit_it_goes_on) {
  RetryPolicy policy;
  policy.attempts = 0;
  Progress progress;
  for (int i = 0; i < 5000; ++i) {
    BOOST_REQUIRE(
        (step(policy, progress, {.verdict = What::retry, .chance = 0.99}).what == Go::again));
  }
}

BOOST_AUTO_TEST_CASE(pushback_sets_the_wait_within_its_bound) {
  RetryPolicy policy;
  Progress progress;
  BOOST_TEST((step(policy, progress, {.verdict = What::retry, .pushback = seconds(30)}).wait ==
              seconds(30)));
  policy.longest_pushback = seconds(5);
  BOOST_TEST((step(policy, progress, {.verdict = What::retry, .pushback = seconds(30)}).wait ==
              seconds(5)));
}

BOOST_AUTO_TEST_CASE(no_time_left_is_the_end) {
  RetryPolicy policy;
  Progress progress;
  BOOST_TEST((step(policy, progress, {.verdict = What::retry, .left = Duration::zero()}).what ==
              Go::no_time));
}

BOOST_AUTO_TEST_CASE(the_cut_wait_leaves_room_and_is_the_last) {
  RetryPolicy policy;
  policy.schedule.jitter.kind = Jitter::Kind::none;
  policy.schedule.base = seconds(8);
  Progress progress;
  const Step cut =
      step(policy, progress, {.verdict = What::retry, .took = seconds(1), .left = seconds(6)});
  BOOST_TEST((cut.what == Go::again));
  BOOST_TEST((cut.wait == std::chrono::milliseconds(4750)));
  BOOST_TEST(
      (step(policy, progress, {.verdict = What::retry, .took = seconds(1), .left = seconds(1)})
           .what == Go::no_time));
}

BOOST_AUTO_TEST_CASE(over_any_course_waits_stay_within_cap_and_deadline) {
  Chance chance(11);
  for (int course = 0; course < 2000; ++course) {
    RetryPolicy policy;
    policy.attempts = 0;
    policy.schedule.shape = static_cast<Backoff::Shape>(chance.bits() % 5);
    policy.schedule.base = Duration(static_cast<std::int64_t>(chance.bits() % 3'000'000'000));
    policy.schedule.cap = policy.schedule.base * static_cast<int>(1 + chance.bits() % 9);
    policy.until_success = static_cast<std::int64_t>(1 + chance.bits() % 3);
    Progress progress;
    Duration left = seconds(static_cast<int>(chance.bits() % 60));
    for (int i = 0; i < 200; ++i) {
      const Duration took(static_cast<std::int64_t>(chance.bits() % 2'000'000'000));
      left -= took;
      const What verdict = chance.next() < 0.2 ? What::success : What::retry;
      const Step next = step(policy, progress, {verdict, took, {}, left, chance.next()});
      if (next.what != Go::again) break;
      BOOST_REQUIRE((next.wait >= Duration::zero()));
      BOOST_REQUIRE((next.wait <= std::max(policy.schedule.cap, Duration::zero())));
      BOOST_REQUIRE((next.wait <= left));
      left -= next.wait;
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
