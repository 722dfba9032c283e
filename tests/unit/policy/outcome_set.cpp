// Sets of outcomes: reading, writing, membership.
#include "policy/outcome_set.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <ostream>
#include <vector>

#include "base/chance.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;
using End = Outcome::End;

OutcomeSet read(std::string_view text) {
  OutcomeSet set;
  BOOST_REQUIRE_MESSAGE(from_text(text, set), text);
  return set;
}

struct Question {
  const char* set;
  Outcome outcome;
  bool holds;
};

std::ostream& operator<<(std::ostream& out, const Question& question) {
  return out << question.set << " and " << to_text(question.outcome);
}

const std::vector<Question> questions{
    {"1", {End::exited, 1, {}}, true},
    {"1", {End::exited, 2, {}}, false},
    {"1", {End::signalled, 1, {}}, false},
    {"0", {End::exited, 0, {}}, true},
    {"5-9", {End::exited, 5, {}}, true},
    {"5-9", {End::exited, 9, {}}, true},
    {"5-9", {End::exited, 10, {}}, false},
    {"010", {End::exited, 10, {}}, true},
    {"255", {End::exited, 255, {}}, true},
    {"SIGSEGV", {End::signalled, SIGSEGV, {}}, true},
    {"SEGV", {End::signalled, SIGSEGV, {}}, true},
    {"SIGSEGV", {End::exited, 128 + SIGSEGV, {}}, false},
    {"SIGRTMIN+2", {End::signalled, 36, {}}, true},
    {"signal", {End::signalled, SIGKILL, {}}, true},
    {"signal", {End::exited, 1, {}}, false},
    {"timeout", {End::timed_out, 0, {}}, true},
    {"timeout", {End::exited, 124, {}}, false},
    {"any", {End::exited, 1, {}}, true},
    {"any", {End::exited, 0, {}}, false},
    {"any", {End::signalled, 64, {}}, true},
    {"any", {End::timed_out, 0, {}}, true},
    {"any", {End::overdue, 0, {}}, false},
    {"126", {End::not_runnable, 13, {}}, true},
    {"127", {End::not_found, 2, {}}, true},
    {"127", {End::not_runnable, 13, {}}, false},
    {"1,5-9,75,SIGSEGV,timeout", {End::exited, 75, {}}, true},
};

BOOST_AUTO_TEST_SUITE(policy_outcome_set)

BOOST_DATA_TEST_CASE(holds_what_its_text_says, data::make(questions), question) {
  BOOST_TEST(read(question.set).holds(question.outcome) == question.holds);
}

BOOST_DATA_TEST_CASE(writes_the_same_text_again,
                     data::make({"1", "1,5-9,75", "0-255", "SIGSEGV", "1,SIGHUP,SIGRTMIN+30",
                                 "signal", "timeout", "3,signal,timeout", "any"}),
                     text) {
  BOOST_TEST(to_text(read(text)) == text);
}

struct Same {
  const char* text;
  const char* shorter;
};

std::ostream& operator<<(std::ostream& out, const Same& same) { return out << same.text; }

const std::vector<Same> sames{
    {"3,2,1", "1-3"},
    {"5,1-9,7", "1-9"},
    {"SEGV,TERM", "SIGSEGV,SIGTERM"},
    {"SIGHUP,signal", "signal"},
    {"any,7,SIGHUP", "any"},
    {"1-255,signal,timeout", "any"},
};

BOOST_DATA_TEST_CASE(joins_what_belongs_together, data::make(sames), same) {
  BOOST_TEST(to_text(read(same.text)) == same.shorter);
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_outcome,
                     data::make({"",        ",",        "1,",          ",1",
                                 "1,,2",    "256",      "-1",          "1-",
                                 "-",       "9-5",      "1-2-3",       "1.5",
                                 "0x1",     "1 ",       " 1",          "SIGNOPE",
                                 "sigsegv", "SIG",      "SIGRTMIN+31", "SIGRTMIN+0",
                                 "ANY",     "timeouts", "1-SIGHUP",    "99999999999999999999"}),
                     text) {
  OutcomeSet set = read("7");
  const auto done = from_text(std::string("3,") + text, set);
  BOOST_REQUIRE(!done);
  BOOST_TEST(done.error().code == "value-outcomes");
  BOOST_TEST(to_text(set) == "7");
}

BOOST_AUTO_TEST_CASE(proposes_the_word_that_was_meant) {
  OutcomeSet set;
  const auto done = from_text("timout", set);
  BOOST_REQUIRE(!done);
  BOOST_REQUIRE_EQUAL(done.error().hints.size(), 1U);
  BOOST_TEST(done.error().hints.front() == "did you mean timeout?");
}

BOOST_AUTO_TEST_CASE(a_second_text_adds_to_the_first) {
  OutcomeSet set = read("1");
  BOOST_REQUIRE(from_text("3,SIGHUP", set));
  BOOST_TEST(to_text(set) == "1,3,SIGHUP");
}

BOOST_AUTO_TEST_CASE(overlap_is_something_in_common) {
  BOOST_TEST(read("1-5").overlaps(read("5-9")));
  BOOST_TEST(!read("1-4").overlaps(read("5-9,signal,timeout")));
  BOOST_TEST(read("signal").overlaps(read("SIGTERM")));
  BOOST_TEST(read("any").overlaps(read("timeout")));
  BOOST_TEST(!read("0").overlaps(read("any")));
}

OutcomeSet random_set(Chance& chance) {
  OutcomeSet set;
  const auto density = chance.bits() % 8;
  for (std::size_t code = 0; code < 256; ++code) set.codes.set(code, chance.bits() % 8 < density);
  if (chance.bits() % 2 == 0) {
    for (std::size_t number = 1; number <= 64; ++number) {
      const bool has_a_name = number < 32 || number >= 34;
      // Not set(): GCC 12 takes it for that of the 256 codes, and warns of the end of the object.
      if (has_a_name) set.signals[number] = chance.bits() % 8 < density;
    }
  } else if (chance.bits() % 2 == 0) {
    set = set | read("signal");
  }
  set.timeout = chance.bits() % 2 == 0;
  return set;
}

BOOST_AUTO_TEST_CASE(any_set_reads_back) {
  Chance chance(6);
  for (int round = 0; round < 3'000; ++round) {
    const OutcomeSet set = random_set(chance);
    if (set.empty()) {
      BOOST_REQUIRE(to_text(set).empty());
      continue;
    }
    BOOST_REQUIRE_MESSAGE(read(to_text(set)) == set, to_text(set));
  }
}

BOOST_AUTO_TEST_CASE(a_union_holds_what_either_holds) {
  Chance chance(7);
  for (int round = 0; round < 200; ++round) {
    const OutcomeSet one = random_set(chance);
    const OutcomeSet other = random_set(chance);
    const OutcomeSet both = one | other;
    for (int code = 0; code < 256; ++code) {
      const Outcome exit{End::exited, code, {}};
      BOOST_REQUIRE(both.holds(exit) == (one.holds(exit) || other.holds(exit)));
    }
    for (int number = 1; number <= 64; ++number) {
      const Outcome death{End::signalled, number, {}};
      BOOST_REQUIRE(both.holds(death) == (one.holds(death) || other.holds(death)));
    }
  }
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read_or_refused) {
  Chance chance(8);
  constexpr std::string_view likely = "0123456789,-SIGTERMHUPanysignaltimeout+";
  for (int round = 0; round < 50'000; ++round) {
    std::string text;
    for (auto left = chance.bits() % 16; left > 0; --left) {
      const auto bits = chance.bits();
      text += bits % 8 == 0 ? static_cast<char>(bits >> 8U) : likely[(bits >> 8U) % likely.size()];
    }
    OutcomeSet set;
    if (from_text(text, set)) BOOST_REQUIRE_MESSAGE(read(to_text(set)) == set, text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
