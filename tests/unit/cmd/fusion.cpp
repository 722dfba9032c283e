// Guards around guards in a scripted world: what is run, what it finds, and who hears of what.
#include "fusion.hpp"

#include <boost/test/unit_test.hpp>

#include "dispatch.hpp"
#include "fake_world.hpp"

namespace gird {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Words = std::vector<std::string>;

// By its inode, the program of these tests is what gird is to itself.
const std::string self = "/proc/self/exe";

Exit run(FakeWorld& world, const Words& words) {
  std::vector<const char*> argv{"gird"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  return dispatch(argv, world);
}

/// `outer` around `inner` around `true`, each the options of a `retry`.
Exit nested(FakeWorld& world, const std::vector<Words>& guards) {
  Words words;
  for (const Words& options : guards) {
    if (!words.empty()) words.push_back(self);
    words.insert(words.end(), {"retry", "-j", "none", "-v"});
    words.insert(words.end(), options.begin(), options.end());
    words.push_back("--");
  }
  words.push_back("true");
  return run(world, words);
}

BOOST_AUTO_TEST_SUITE(fusion)

BOOST_AUTO_TEST_CASE(a_guard_that_is_the_command_of_a_guard_runs_here) {
  FakeWorld world;
  BOOST_TEST((nested(world, {{}, {}}) == yes));
  BOOST_REQUIRE(world.ran.size() == 1U);
  BOOST_TEST(world.ran[0] == Words{"true"});
  BOOST_TEST(world.environments[0]["GIRD_DEPTH"] == "2");
  BOOST_TEST(world.environments[0]["GIRD_RUN"].size() == 32U);
}

BOOST_AUTO_TEST_CASE(what_is_to_be_apart_is_executed) {
  for (const Words& option : std::vector<Words>{
           {"--no-fuse"}, {"--stdout", "hold"}, {"--stdin", "null"}, {"--retry-if-stderr", "x"}}) {
    FakeWorld world;
    nested(world, {option, {}});
    BOOST_REQUIRE(world.ran.size() == 1U);
    BOOST_TEST(world.ran[0].front() == self);
  }
}

BOOST_AUTO_TEST_CASE(commands_of_ours_that_guard_nothing_are_executed) {
  for (const Words& words : std::vector<Words>{{self}, {self, "help"}, {self, "--version"}}) {
    FakeWorld world;
    Words all{"retry", "--"};
    all.insert(all.end(), words.begin(), words.end());
    run(world, all);
    BOOST_REQUIRE(world.ran.size() == 1U);
    BOOST_TEST(world.ran[0] == words);
  }
}

BOOST_AUTO_TEST_CASE(the_deepest_are_executed) {
  FakeWorld world;
  nested(world, std::vector<Words>(Fusing::deepest + 2));
  BOOST_REQUIRE(world.ran.size() == 1U);
  BOOST_TEST(world.ran[0].front() == self);
  BOOST_TEST(world.environments[0]["GIRD_DEPTH"] == std::to_string(Fusing::deepest + 1));
}

BOOST_AUTO_TEST_CASE(attempts_multiply_and_the_status_comes_out) {
  FakeWorld world;
  world.ends = {exited(7)};
  BOOST_TEST((nested(world, {{"-n", "2"}, {"-n", "3"}}) == Exit{7}));
  BOOST_TEST(world.ran.size() == 6U);
  FakeWorld other;
  other.ends = {killed(11)};
  BOOST_TEST((nested(other, {{"-n", "1"}, {"-n", "1"}}) == died_of(11)));
}

BOOST_AUTO_TEST_CASE(a_mistake_in_the_inner_command_line_is_a_failed_attempt) {
  FakeWorld world;
  BOOST_TEST((nested(world, {{"-n", "2"}, {"--nonsense"}}) == broken));
  BOOST_TEST(world.ran.empty());
  BOOST_TEST(world.said.contains("gird retry: --nonsense: no such option\n"));
}

BOOST_AUTO_TEST_CASE(the_outer_limit_is_a_term_for_the_inner_guard) {
  FakeWorld world;
  world.ends = {exited(0, seconds(9))};
  BOOST_TEST((nested(world, {{"-n", "2", "-t", "5s"}, {"-n", "4", "-t", "1m"}}) == late));
  // Once for each outer attempt: the inner guard makes no other.
  BOOST_TEST(world.ran.size() == 2U);
  BOOST_TEST(world.said.contains("interrupted by SIGTERM"));
  BOOST_TEST(world.said.contains("gave up after 2 attempts in 11s: timeout"));
}

BOOST_AUTO_TEST_CASE(the_outer_limit_ends_the_wait_of_the_inner_guard) {
  FakeWorld world;
  world.ends = {exited(1, seconds(1))};
  BOOST_TEST((nested(world, {{"-n", "1", "-t", "5s"}, {"-d", "1h"}}) == late));
  BOOST_TEST(world.ran.size() == 1U);
  BOOST_TEST(world.waits == std::vector<Duration>{seconds(4)});
}

BOOST_AUTO_TEST_CASE(of_three_guards_each_keeps_to_its_own_limit) {
  FakeWorld middle;
  middle.ends = {exited(0, seconds(9))};
  BOOST_TEST((nested(middle, {{"-n", "2", "-t", "1h"}, {"-n", "3", "-t", "5s"}, {}}) == late));
  BOOST_TEST(middle.ran.size() == 6U);
  FakeWorld outermost;
  outermost.ends = {exited(0, seconds(9))};
  BOOST_TEST((nested(outermost, {{"-n", "2", "-t", "5s"}, {"-n", "3", "-t", "1h"}, {}}) == late));
  BOOST_TEST(outermost.ran.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_signal_in_the_wait_of_the_inner_guard_ends_all) {
  FakeWorld world;
  world.ends = {exited(1)};
  world.interrupted_wait = 0;
  BOOST_TEST((nested(world, {{"-n", "5"}, {"-n", "5"}}) == died_of(15)));
  BOOST_TEST(world.ran.size() == 1U);
  BOOST_TEST(world.waits.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_inner_guard_has_settings_and_output_of_its_own) {
  FakeWorld world;
  world.variables["GIRD_ATTEMPTS"] = "2";
  world.ends = {exited(1)};
  nested(world, {{"-n", "1"}, {}});
  BOOST_TEST(world.ran.size() == 2U);
  FakeWorld asked;
  BOOST_TEST((nested(asked, {{}, {"--version"}}) == yes));
  BOOST_TEST(asked.printed.starts_with("gird "));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
