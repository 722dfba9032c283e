// The small vocabularies: near words, signals, outcomes, errno, chance.
#include <array>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <csignal>
#include <vector>

#include "base/chance.hpp"
#include "base/nearest.hpp"
#include "base/outcome.hpp"
#include "base/signal_name.hpp"

namespace gird {
namespace {

BOOST_AUTO_TEST_CASE(edits_are_insert_delete_replace_and_swap) {
  BOOST_TEST(edit_distance("", "") == 0);
  BOOST_TEST(edit_distance("", "abc") == 3);
  BOOST_TEST(edit_distance("abc", "") == 3);
  BOOST_TEST(edit_distance("retyr", "retry") == 1);
  BOOST_TEST(edit_distance("rety", "retry") == 1);
  BOOST_TEST(edit_distance("kitten", "sitting") == 3);
  // The restricted form: no edit between the letters of a swap.
  BOOST_TEST(edit_distance("ca", "abc") == 3);
}

constexpr std::array<std::string_view, 7> commands{
    "retry", "breaker-run", "rate-limit", "json-repair", "probe-health", "sec-audit", "links"};

BOOST_AUTO_TEST_CASE(the_word_that_was_meant_is_found) {
  const auto first = [](std::string_view word) {
    const auto names = nearest(word, commands);
    return names.empty() ? std::string() : names.front();
  };
  BOOST_TEST(first("rety") == "retry");
  BOOST_TEST(first("retyr") == "retry");
  BOOST_TEST(first("jsonrepair") == "json-repair");
  BOOST_TEST(first("json_repair") == "json-repair");
  BOOST_TEST(first("breaker") == "breaker-run");
  BOOST_TEST(first("audit") == "sec-audit");
  BOOST_TEST(first("repair") == "json-repair");
  BOOST_TEST(first("frobnicate") == "");
  BOOST_TEST(first("x") == "");
  BOOST_TEST(first("") == "");
}

BOOST_AUTO_TEST_CASE(the_likeliest_come_first_and_at_most_three) {
  constexpr std::array<std::string_view, 5> known{"abcx", "abxy", "abcd", "abce", "abcf"};
  BOOST_TEST(nearest("abcd", known).front() == "abcd");
  BOOST_TEST(nearest("abcd", known).size() == 3);
  // A piece of two names says neither.
  constexpr std::array<std::string_view, 2> both{"retry-if-stderr", "stop-if-stderr"};
  BOOST_TEST(nearest("if-stderr", both).empty());
}

BOOST_AUTO_TEST_CASE(a_hint_lists_names_as_a_sentence) {
  BOOST_TEST(did_you_mean({}).empty());
  BOOST_TEST(did_you_mean(std::vector<std::string>{"a"}).front() == "did you mean a?");
  BOOST_TEST(did_you_mean(std::vector<std::string>{"a", "b"}).front() == "did you mean a or b?");
  BOOST_TEST(did_you_mean(std::vector<std::string>{"a", "b", "c"}).front() ==
             "did you mean a, b or c?");
}

BOOST_AUTO_TEST_CASE(signals_have_names_both_ways) {
  BOOST_TEST(signal_name(SIGTERM) == "SIGTERM");
  BOOST_TEST(signal_name(SIGRTMIN) == "SIGRTMIN");
  BOOST_TEST(signal_name(SIGRTMIN + 3) == "SIGRTMIN+3");
  BOOST_TEST(signal_name(200) == "signal 200");
  for (int number = 1; number <= SIGRTMAX; ++number) {
    // Two real-time signals belong to the C library and have no name.
    if (number == 32 || number == 33) continue;
    BOOST_TEST((signal_number(signal_name(number)) == number));
  }
  BOOST_TEST((signal_number("TERM") == SIGTERM));
  for (const char* word :
       {"", "SIG", "sigterm", "15", "SIGRTMIN+", "SIGRTMIN+99", "SIGRTMIN-1", "RTMIN+x"}) {
    BOOST_TEST(!signal_number(word).has_value(), word);
  }
}

BOOST_AUTO_TEST_CASE(outcomes_become_statuses_and_words) {
  using End = Outcome::End;
  BOOST_TEST((exit_of({End::exited, 7}) == Exit{7}));
  BOOST_TEST((exit_of({End::signalled, SIGSEGV}) == Exit{128 + SIGSEGV, SIGSEGV}));
  BOOST_TEST((exit_of({End::timed_out}) == Exit{124}));
  BOOST_TEST((exit_of({End::overdue}) == Exit{124}));
  BOOST_TEST((exit_of({End::not_found}) == Exit{127}));
  BOOST_TEST((exit_of({End::not_runnable, EACCES}) == Exit{126}));
  BOOST_TEST(to_text(Outcome{End::exited, 7}) == "exit 7");
  BOOST_TEST(to_text(Outcome{End::signalled, SIGSEGV}) == "SIGSEGV");
  BOOST_TEST(to_text(Outcome{End::timed_out}) == "timeout");
  BOOST_TEST(to_text(Outcome{End::overdue}) == "deadline");
  BOOST_TEST(to_text(Outcome{End::not_found}) == "not found");
  BOOST_TEST(to_text(Outcome{End::not_runnable, EACCES}) == "not executable");
}

BOOST_AUTO_TEST_CASE(errno_values_have_lower_case_words) {
  BOOST_TEST(errno_text(ENOENT) == "no such file or directory");
  BOOST_TEST(errno_text(EIO) == "input/output error");
  BOOST_TEST(errno_text(ENOTUNIQ) == "name not unique on network");
  BOOST_TEST(errno_text(99999) == "error 99999");
}

BOOST_AUTO_TEST_CASE(a_seed_repeats_its_numbers) {
  // The first outputs of SplitMix64 for the seed 1234567, from its reference implementation.
  Chance known(1234567);
  BOOST_TEST(known.bits() == 6457827717110365317U);
  BOOST_TEST(known.bits() == 3203168211198807973U);
  BOOST_TEST(known.bits() == 9817491932198370423U);
  Chance one(7);
  Chance other(7);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double value = one.next();
    BOOST_REQUIRE(value >= 0);
    BOOST_REQUIRE(value < 1);
    BOOST_REQUIRE(value == other.next());
    sum += value;
  }
  BOOST_TEST(std::abs(sum / 10'000 - 0.5) < 0.01);
}

}  // namespace
}  // namespace gird
