// What counts against a service, and what says nothing of it.
#include "policy/counting.hpp"

#include <boost/test/unit_test.hpp>
#include <csignal>

#include "policy/window.hpp"

namespace gird::policy {
namespace {

using Result = Breaker::Ask::Result;

Outcome exited(int code) { return {Outcome::End::exited, code, {}}; }
Outcome killed(int number) { return {Outcome::End::signalled, number, {}}; }
constexpr Outcome timed_out{Outcome::End::timed_out, 0, {}};
constexpr Outcome overdue{Outcome::End::overdue, 0, {}};
constexpr Outcome missing{Outcome::End::not_found, 2, {}};

OutcomeSet set(std::string_view text) {
  OutcomeSet outcomes;
  BOOST_REQUIRE(from_text(text, outcomes).has_value());
  return outcomes;
}

Result counted(const Outcome& outcome, const Counting& counting = {}, const Seen& seen = {}) {
  return count(counting, outcome, seen).result;
}

BOOST_AUTO_TEST_SUITE(counting)

BOOST_AUTO_TEST_CASE(without_a_word_every_failure_of_the_command_counts) {
  BOOST_TEST((counted(exited(0)) == Result::success));
  BOOST_TEST((counted(exited(1)) == Result::failure));
  BOOST_TEST((counted(exited(75)) == Result::failure));
  BOOST_TEST((counted(killed(SIGSEGV)) == Result::failure));
  BOOST_TEST((counted(timed_out) == Result::failure));
  BOOST_TEST((counted(overdue) == Result::failure));
}

BOOST_AUTO_TEST_CASE(what_is_no_fault_of_the_service_counts_neither_way) {
  BOOST_TEST((counted(exited(126)) == Result::ignored));
  BOOST_TEST((counted(exited(127)) == Result::ignored));
  BOOST_TEST((counted(missing) == Result::ignored));
  BOOST_TEST((counted({Outcome::End::not_runnable, 13, {}}) == Result::ignored));
  BOOST_TEST((counted(killed(SIGPIPE)) == Result::ignored));
}

BOOST_AUTO_TEST_CASE(an_interruption_says_nothing_unless_the_call_succeeded) {
  const Seen seen{.interrupted = SIGTERM};
  BOOST_TEST((counted(killed(SIGTERM), {}, seen) == Result::ignored));
  BOOST_TEST((counted(exited(1), {.record = set("any")}, seen) == Result::ignored));
  BOOST_TEST((counted(exited(0), {}, seen) == Result::success));
}

BOOST_AUTO_TEST_CASE(record_names_the_failures_and_all_of_them) {
  const Counting counting{.record = set("5-9,SIGSEGV,127")};
  BOOST_TEST((counted(exited(7), counting) == Result::failure));
  BOOST_TEST((counted(killed(SIGSEGV), counting) == Result::failure));
  BOOST_TEST((counted(exited(4), counting) == Result::success));
  BOOST_TEST((counted(timed_out, counting) == Result::success));
  BOOST_TEST((counted(missing, counting) == Result::failure));
  BOOST_TEST((counted(exited(126), counting) == Result::ignored));
  BOOST_TEST((counted(overdue, counting) == Result::failure));
  BOOST_TEST((counted(exited(0), {.record = set("0")}) == Result::failure));
}

BOOST_AUTO_TEST_CASE(a_refusal_by_a_guard_inside_counts_neither_way_unless_it_is_recorded) {
  BOOST_TEST((counted(exited(75), {.guard = true}) == Result::ignored));
  BOOST_TEST((counted(exited(74), {.guard = true}) == Result::failure));
  BOOST_TEST((counted({Outcome::End::signalled, 75, {}}, {.guard = true}) == Result::failure));
  BOOST_TEST((counted(exited(75), {.record = set("75"), .guard = true}) == Result::failure));
  BOOST_TEST((counted(exited(75), {.record = set("7"), .guard = true}) == Result::ignored));
}

BOOST_AUTO_TEST_CASE(ignore_wins_over_record) {
  const Counting counting{.record = set("any"), .ignore = set("22,timeout")};
  BOOST_TEST((counted(exited(22), counting) == Result::ignored));
  BOOST_TEST((counted(timed_out, counting) == Result::ignored));
  BOOST_TEST((counted(exited(7), counting) == Result::failure));
  BOOST_TEST((counted(exited(0), {.ignore = set("0")}) == Result::ignored));
}

BOOST_AUTO_TEST_CASE(a_pack_tells_the_callers_mistakes_from_the_services) {
  const TransientRule permanent{"3", "", Nature::permanent, "bad usage"};
  const TransientRule transient{"7", "", Nature::transient, "could not connect"};
  const Seen mistake{.pack_rule = &permanent, .pack = "curl"};
  const Seen fault{.pack_rule = &transient, .pack = "curl"};
  BOOST_TEST((counted(exited(3), {}, mistake) == Result::ignored));
  BOOST_TEST((counted(exited(7), {}, fault) == Result::failure));
  BOOST_TEST(count({}, exited(7), fault).reason == "curl: could not connect");
  // What was said of outcomes wins, unless the pack was asked for by name.
  BOOST_TEST((counted(exited(3), {.record = set("3")}, mistake) == Result::failure));
  BOOST_TEST((counted(exited(7), {.record = set("3")}, fault) == Result::success));
  const Counting named{.record = set("3"), .named_packs = true};
  BOOST_TEST((counted(exited(7), named, fault) == Result::failure));
}

BOOST_AUTO_TEST_CASE(results_have_names) {
  BOOST_TEST(name_of(Result::success) == "success");
  BOOST_TEST(name_of(Result::failure) == "failure");
  BOOST_TEST(name_of(Result::ignored) == "ignored");
}

BOOST_AUTO_TEST_CASE(a_window_is_of_calls_or_of_time) {
  using namespace std::chrono_literals;
  for (const auto& [text, wanted] :
       {std::pair("20", Window{20, {}}), std::pair("1", Window{1, {}}),
        std::pair("1000", Window{1000, {}}), std::pair("60s", Window{0, 60s}),
        std::pair("1m30s", Window{0, 90s}), std::pair("0.5", Window{0, 500ms})}) {
    Window window;
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(from_text(text, window).has_value());
      BOOST_TEST((window == wanted));
      Window again;
      BOOST_TEST(from_text(to_text(window), again).has_value());
      BOOST_TEST((again == wanted));
    }
  }
  for (const char* text :
       {"", "0", "1001", "-5", "0s", "400d", "x", "5x", "99999999999999999999"}) {
    Window window{3, {}};
    const auto done = from_text(text, window);
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST_REQUIRE(!done.has_value());
      BOOST_TEST(done.error().code == "value-window");
      BOOST_TEST((window == Window{3, {}}));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
