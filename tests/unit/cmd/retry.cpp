// gird retry in a world where children end as scripted and nobody waits.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <csignal>

#include "dispatch.hpp"
#include "fake_world.hpp"
#include "shared/retry_budget.hpp"

namespace gird {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Runs "gird retry WORDS..." in `world`.
Exit retry_in(FakeWorld& world, std::vector<const char*> words) {
  words.insert(words.begin(), {"gird", "retry"});
  return dispatch(words, world);
}

BOOST_AUTO_TEST_SUITE(retry_command)

BOOST_AUTO_TEST_CASE(a_success_runs_once_and_says_nothing) {
  FakeWorld world;
  BOOST_TEST((retry_in(world, {"--", "job", "--", "-x"}) == yes));
  BOOST_TEST_REQUIRE(world.ran.size() == 1);
  BOOST_TEST((world.ran[0] == std::vector<std::string>{"job", "--", "-x"}));
  BOOST_TEST(world.said.empty());
  BOOST_TEST(world.printed.empty());
  BOOST_TEST(world.waits.empty());
  BOOST_TEST(world.sweeps == 0);
}

BOOST_AUTO_TEST_CASE(waits_longer_each_time_and_stops_at_the_first_success) {
  FakeWorld world;
  world.ends = {exited(1), exited(1), exited(1), exited(0)};
  BOOST_TEST((retry_in(world, {"-n", "9", "-j", "none", "job"}) == yes));
  BOOST_TEST((world.waits == std::vector<Duration>{seconds(1), seconds(2), seconds(4)}));
  BOOST_TEST(world.sweeps == 3);
}

BOOST_AUTO_TEST_CASE(the_last_status_is_passed_on_when_attempts_are_used_up) {
  FakeWorld world;
  world.ends = {exited(5), exited(6), exited(7), exited(0)};
  BOOST_TEST((retry_in(world, {"job"}) == Exit{7}));
  BOOST_TEST(world.ran.size() == 3);
}

BOOST_AUTO_TEST_CASE(no_wait_is_longer_than_the_longest_allowed) {
  FakeWorld world;
  world.ends = {exited(1)};
  retry_in(world, {"-n", "50", "--max-delay", "3s", "-j", "100%", "job"});
  BOOST_TEST(world.waits.size() == 49);
  for (const Duration wait : world.waits) BOOST_TEST((wait <= seconds(3)));
}

BOOST_AUTO_TEST_CASE(a_longer_delay_raises_the_default_cap) {
  FakeWorld world;
  world.ends = {exited(1)};
  retry_in(world, {"-n", "3", "-d", "30s", "-j", "none", "job"});
  BOOST_TEST((world.waits == std::vector<Duration>{seconds(30), seconds(30)}));
}

BOOST_AUTO_TEST_CASE(a_seed_repeats_the_waits) {
  FakeWorld one;
  FakeWorld other;
  one.ends = other.ends = {exited(1)};
  retry_in(one, {"-n", "9", "--seed", "5", "job"});
  retry_in(other, {"-n", "9", "--seed", "5", "job"});
  BOOST_TEST((one.waits == other.waits));
  FakeWorld third;
  third.ends = {exited(1)};
  retry_in(third, {"-n", "9", "--seed", "6", "job"});
  BOOST_TEST((one.waits != third.waits));
}

BOOST_AUTO_TEST_CASE(a_signal_death_is_tried_again_and_died_of_in_the_end) {
  FakeWorld world;
  world.ends = {killed(SIGSEGV)};
  BOOST_TEST((retry_in(world, {"-n", "2", "-d", "0", "job"}) == died_of(SIGSEGV)));
  BOOST_TEST(world.ran.size() == 2);
}

BOOST_AUTO_TEST_CASE(death_by_sigpipe_is_not_tried_again_nor_spoken_of) {
  FakeWorld world;
  world.ends = {killed(SIGPIPE)};
  BOOST_TEST((retry_in(world, {"job"}) == died_of(SIGPIPE)));
  BOOST_TEST(world.ran.size() == 1);
  BOOST_TEST(world.said.empty());
}

BOOST_AUTO_TEST_CASE(a_signal_to_gird_ends_the_run) {
  FakeWorld world;
  world.ends = {killed(SIGTERM)};
  world.ends.front().interrupted = SIGTERM;
  BOOST_TEST((retry_in(world, {"job"}) == died_of(SIGTERM)));
  BOOST_TEST(world.ran.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_command_that_handles_the_signal_keeps_its_status) {
  FakeWorld world;
  world.ends = {exited(3)};
  world.ends.front().interrupted = SIGINT;
  BOOST_TEST((retry_in(world, {"job"}) == Exit{3}));
  world.ends = {exited(0)};
  world.ends.front().interrupted = SIGTERM;
  BOOST_TEST((retry_in(world, {"job"}) == yes));
}

BOOST_AUTO_TEST_CASE(killed_after_term_is_still_the_users_term) {
  FakeWorld world;
  world.ends = {killed(SIGKILL)};
  world.ends.front().interrupted = SIGTERM;
  BOOST_TEST((retry_in(world, {"job"}) == died_of(SIGTERM)));
}

BOOST_AUTO_TEST_CASE(a_signal_during_a_wait_ends_it) {
  FakeWorld world;
  world.ends = {exited(1)};
  world.interrupted_wait = 1;
  BOOST_TEST((retry_in(world, {"-n", "9", "job"}) == died_of(SIGTERM)));
  BOOST_TEST(world.ran.size() == 2);
}

BOOST_AUTO_TEST_CASE(the_deadline_cuts_the_last_wait_and_ends_with_124) {
  FakeWorld world;
  world.ends = {exited(1, milliseconds(100))};
  BOOST_TEST((retry_in(world, {"-n", "0", "-b", "fixed", "-d", "1s", "-j", "none", "--deadline",
                               "2500ms", "job"}) == late));
  // 0.1 run, 1 wait, 0.1 run, 1 wait, 0.1 run: 0.2 s are left, in which one more of 0.1 s fits.
  BOOST_TEST_REQUIRE(world.waits.size() == 3);
  BOOST_TEST((world.waits[2] < seconds(1)));
  BOOST_TEST(world.ran.size() == 4);
}

BOOST_AUTO_TEST_CASE(an_outer_deadline_is_obeyed) {
  FakeWorld world;
  world.ends = {exited(1, seconds(2))};
  world.variables["GIRD_DEADLINE_AT"] = to_text(world.wall() + seconds(1));
  BOOST_TEST((retry_in(world, {"--deadline", "1h", "job"}) == late));
  BOOST_TEST(world.ran.size() == 1);
  BOOST_TEST(world.environments[0].at("GIRD_DEADLINE_AT") == world.variables["GIRD_DEADLINE_AT"]);
}

BOOST_AUTO_TEST_CASE(the_command_sees_which_attempt_it_is) {
  FakeWorld world;
  world.ends = {exited(1), exited(0)};
  world.variables["GIRD_DEPTH"] = "2";
  world.variables["GIRD_RUN"] = "0123456789abcdef0123456789abcdef";
  retry_in(world, {"-n", "4", "job"});
  BOOST_TEST_REQUIRE(world.environments.size() == 2);
  BOOST_TEST(world.environments[0].at("GIRD_ATTEMPT") == "1");
  BOOST_TEST(world.environments[1].at("GIRD_ATTEMPT") == "2");
  BOOST_TEST(world.environments[1].at("GIRD_ATTEMPT_LIMIT") == "4");
  BOOST_TEST(world.environments[1].at("GIRD_DEPTH") == "3");
  BOOST_TEST(world.environments[1].at("GIRD_RUN") == "0123456789abcdef0123456789abcdef");
  BOOST_TEST(!world.environments[1].contains("GIRD_DEADLINE_AT"));
}

BOOST_AUTO_TEST_CASE(a_trace_names_the_run) {
  FakeWorld world;
  world.variables["TRACEPARENT"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  retry_in(world, {"job"});
  BOOST_TEST(world.environments[0].at("GIRD_RUN") == "4bf92f3577b34da6a3ce929d0e0e4736");
}

BOOST_AUTO_TEST_CASE(later_attempts_run_the_other_line) {
  FakeWorld world;
  world.ends = {exited(1), exited(0)};
  retry_in(world, {"--then-sh", "make again", "make"});
  BOOST_TEST((world.ran[0] == std::vector<std::string>{"make"}));
  BOOST_TEST((world.ran[1] == std::vector<std::string>{"/bin/sh", "-c", "make again"}));
}

BOOST_AUTO_TEST_CASE(events_tell_the_story_in_order) {
  FakeWorld world;
  world.ends = {exited(1), exited(0)};
  retry_in(world, {"-d", "1s", "-j", "none", "job"});
  BOOST_TEST_REQUIRE(world.events.size() == 5);
  BOOST_TEST(world.events[0].starts_with("started "));
  BOOST_TEST(world.events[1].starts_with("attempt-failed {\"attempt\":1,\"status\":1,"));
  BOOST_TEST(world.events[2] == "slept {\"attempt\":1,\"wait_s\":1}");
  BOOST_TEST(world.events[3].starts_with("attempt-succeeded {\"attempt\":2,\"status\":0,"));
  BOOST_TEST(world.events[4].starts_with("finished {\"status\":0,\"result\":\"succeeded\","));
}

BOOST_AUTO_TEST_CASE(a_retry_is_shown_on_a_terminal_and_with_v_only) {
  for (const bool terminal : {false, true}) {
    FakeWorld world;
    world.terminal = terminal;
    world.ends = {exited(1), exited(0)};
    retry_in(world, {"-d", "1s", "-j", "none", "job"});
    BOOST_TEST(world.said.contains("attempt 1 of 3: exit 1") == terminal);
  }
  FakeWorld quiet;
  quiet.terminal = true;
  quiet.ends = {exited(1)};
  retry_in(quiet, {"-q", "job"});
  BOOST_TEST(quiet.said.empty());
}

BOOST_AUTO_TEST_CASE(consecutive_successes_start_anew_after_a_failure) {
  FakeWorld world;
  world.ends = {exited(0), exited(1), exited(0), exited(0), exited(1)};
  BOOST_TEST((retry_in(world, {"-n", "9", "--until-success", "2", "job"}) == yes));
  BOOST_TEST(world.ran.size() == 4);
}

BOOST_AUTO_TEST_CASE(a_budget_ends_the_retries_with_the_last_status) {
  FakeWorld world;
  world.ends = {exited(5), exited(6), exited(7), exited(0)};
  BOOST_TEST((retry_in(world, {"-n", "9", "--store", "memory", "--budget", "api:0%:2/m", "job"}) ==
              Exit{7}));
  BOOST_TEST(world.ran.size() == 3);
  BOOST_TEST(world.waits.size() == 2);
  BOOST_TEST(world.said.starts_with(
      "gird retry: the budget api is used up by 2 retries for 1 call in 1m: 3 attempts in "));
  const auto said = std::ranges::find_if(
      world.events, [](const std::string& event) { return event.starts_with("exhausted "); });
  BOOST_TEST_REQUIRE((said != world.events.end()));
  BOOST_TEST(*said == R"(exhausted {"name":"api","attempt":3,"calls":1,"retries":2})");
  BOOST_TEST(world.events.back().contains(R"("result":"budget")"));
}

BOOST_AUTO_TEST_CASE(a_budget_counts_the_call_too) {
  // One call and a share of all of it: one retry.
  FakeWorld world;
  world.ends = {exited(1)};
  retry_in(world, {"-n", "9", "--store", "memory", "--budget", "api:100%:0", "job"});
  BOOST_TEST(world.ran.size() == 2);
}

BOOST_AUTO_TEST_CASE(a_used_up_budget_is_not_spoken_of_when_quiet) {
  FakeWorld world;
  world.ends = {exited(1)};
  retry_in(world, {"-q", "-n", "9", "--store", "memory", "--budget", "api:0%:1/m", "job"});
  BOOST_TEST(world.ran.size() == 2);
  BOOST_TEST(world.said.empty());
}

BOOST_AUTO_TEST_CASE(attempts_after_a_success_take_nothing_from_the_budget) {
  FakeWorld world;
  world.ends = {exited(0), exited(0), exited(1), exited(0), exited(0), exited(0)};
  BOOST_TEST((retry_in(world, {"-n", "9", "--until-success", "3", "--store", "memory", "--budget",
                               "api:0%:1/m", "job"}) == yes));
  BOOST_TEST(world.ran.size() == 6);
}

BOOST_AUTO_TEST_CASE(what_would_end_anyway_asks_no_budget) {
  FakeWorld world;
  world.ends = {exited(1)};
  retry_in(world, {"-n", "2", "--store", "memory", "--budget", "api:0%:1/m", "job"});
  BOOST_TEST(world.said.contains("gave up after 2 attempts"));
  const auto exhausted = [](const std::string& event) { return event.starts_with("exhausted "); };
  BOOST_TEST(std::ranges::none_of(world.events, exhausted));
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_takes_no_retry_away) {
  FakeWorld world;
  world.ends = {exited(1)};
  BOOST_TEST(
      (retry_in(world, {"--store", "/dev/null/here", "--budget", "api:0%:1/m", "job"}) == Exit{1}));
  BOOST_TEST(world.ran.size() == 3);
  BOOST_TEST(world.said.contains("; going on without the budget\n"));
  BOOST_TEST(world.said.find("going on without") == world.said.rfind("going on without"));
}

struct Written {
  const char* text;
  double ratio;
  double floor_per_second;
  Duration period;
  const char* back;
};
std::ostream& operator<<(std::ostream& out, const Written& it) { return out << it.text; }

const Written budgets[] = {
    {"api", 0.1, 10, seconds(10), "api:10%:10/s"},
    {"api:0.2", 0.2, 10, seconds(10), "api:20%:10/s"},
    {"api:20%:5/s", 0.2, 5, seconds(10), "api:20%:5/s"},
    {"a@b.c-d_e:0%:5/h", 0, 5.0 / 3600, seconds(3600), "a@b.c-d_e:0%:5/h"},
    {"api:50%:0", 0.5, 0, seconds(10), "api:50%:0"},
    {"api:50%:0/s", 0.5, 0, seconds(10), "api:50%:0"},
};

BOOST_DATA_TEST_CASE(a_budget_reads_and_reads_back, boost::unit_test::data::make(budgets), it) {
  BudgetChoice choice;
  BOOST_TEST_REQUIRE(from_text(it.text, choice).has_value());
  const policy::Budget::Config config = config_of(choice);
  BOOST_TEST(config.ratio == it.ratio, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(config.floor_per_second == it.floor_per_second, boost::test_tools::tolerance(1e-12));
  BOOST_TEST((policy::duration(config.period) == it.period));
  BOOST_TEST(to_text(choice) == it.back);
}

BOOST_AUTO_TEST_CASE(nothing_runs_when_the_command_line_is_wrong) {
  const std::vector<std::vector<const char*>> wrong{
      {},
      {"--"},
      {"-n", "-1", "job"},
      {"-d", "1parsec", "job"},
      {"-t", "-5s", "job"},
      {"--deadline", "99999999w", "job"},
      {"--factor", "0.5", "job"},
      {"--factor", "nan", "job"},
      {"-j", "101%", "job"},
      {"-b", "5s..1s", "job"},
      {"-b", "1s,2s", "-d", "1s", "job"},
      {"-b", "1s..2s", "--max-delay", "1s", "job"},
      {"-b", "decorrelated", "-j", "full", "job"},
      {"-d", "2s", "--max-delay", "1s", "job"},
      {"--retry-on", "256", "job"},
      {"--retry-on", "5-", "job"},
      {"--retry-on", "SIGNOPE", "job"},
      {"--stop-if-stderr", "(", "job"},
      {"--pushback", "no group", "job"},
      {"--stdin", "reply", "job"},
      {"--failed-output", "drop", "job"},
      {"--stdout", "stream", "--retry-if-stdout", "x", "job"},
      {"--until-success", "0", "job"},
      {"--until-success", "4", "job"},
      {"--then-sh", "", "job"},
      {"--report", "yaml=x", "job"},
      {"--budget", "", "job"},
      {"--budget", "a/b", "job"},
      {"--budget", "api:", "job"},
      {"--budget", "api:2", "job"},
      {"--budget", "api:120%", "job"},
      {"--budget", "api:-1%", "job"},
      {"--budget", "api:10%:", "job"},
      {"--budget", "api:10%:5", "job"},
      {"--budget", "api:10%:-5/s", "job"},
      {"--budget", "api:10%:5/s:1", "job"},
      {"--budget", "api:0%:0", "job"},
      {"--budget", "api", "--store", "nowhere", "job"},
      {"--transient", "curls", "job"},
      {"-n", "1", "-n", "2", "job"},
      {"--quiet=yes", "job"},
      {""},
  };
  for (const auto& words : wrong) {
    FakeWorld world;
    BOOST_TEST_CONTEXT((words.empty() ? "" : words.front())) {
      BOOST_TEST((retry_in(world, words) == broken));
      BOOST_TEST(world.ran.empty());
      BOOST_TEST(world.said.starts_with("gird retry: "));
      BOOST_TEST(!world.said.contains("exception"));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
