// Backoff schedules: reading them, and their waits.
#include "policy/backoff.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "base/chance.hpp"

namespace gird::policy {
namespace {

namespace data = boost::unit_test::data;
using namespace std::chrono_literals;
using Shape = Backoff::Shape;
using Kind = Jitter::Kind;

struct Read {
  const char* text;
  Backoff means;
};

std::ostream& operator<<(std::ostream& out, const Read& read) { return out << read.text; }

const std::vector<Read> readings{
    {"exponential", {Shape::exponential, {}, {}, {}}},
    {"linear", {Shape::linear, {}, {}, {}}},
    {"fixed", {Shape::fixed, {}, {}, {}}},
    {"fibonacci", {Shape::fibonacci, {}, {}, {}}},
    {"decorrelated", {Shape::decorrelated, {}, {}, {}}},
    {"1s..1m", {Shape::exponential, 1s, 1min, {}}},
    {"1.5..2.5", {Shape::exponential, 1500ms, 2500ms, {}}},
    {"0..0", {Shape::exponential, 0s, 0s, {}}},
    {"fibonacci:1s..1m", {Shape::fibonacci, 1s, 1min, {}}},
    {"fixed:250ms..250ms", {Shape::fixed, 250ms, 250ms, {}}},
    {"1s,2s,5s", {Shape::list, {}, {}, {1s, 2s, 5s}}},
    {"7", {Shape::list, {}, {}, {7s}}},
    {"0,1m30s", {Shape::list, {}, {}, {0s, 90s}}},
};

BOOST_AUTO_TEST_SUITE(policy_backoff)

BOOST_DATA_TEST_CASE(reads_shapes_ranges_and_lists, data::make(readings), read) {
  Backoff backoff;
  BOOST_REQUIRE(from_text(read.text, backoff));
  BOOST_TEST((backoff == read.means));
}

BOOST_DATA_TEST_CASE(what_is_written_reads_back, data::make(readings), read) {
  Backoff again;
  BOOST_REQUIRE(from_text(to_text(read.means), again));
  BOOST_TEST((again == read.means));
}

const std::vector<std::string> bad_backoffs{
    "",
    "exponentail",
    "exp",
    "linear:",
    "linear:1s",
    "linear:1s,2s",
    "1m..1s",
    "1s..",
    "..1s",
    "1s,",
    ",1s",
    "1s,,2s",
    "1s..2s,3s",
    "-1s",
    "-1s..2s",
    "1s..-2s",
    "1s..2s:",
    "5parsecs",
    "0x10",
    "fixed:1s..2s..3s",
    " 1s",
    "1s ",
    "1s..1m ",
    "99999999w..1s",
    "Exponential",
    "list",
};

BOOST_DATA_TEST_CASE(refuses_what_is_no_schedule, data::make(bad_backoffs), text) {
  Backoff backoff{Shape::linear, 3s, 4s, {}};
  const Backoff before = backoff;
  const auto done = from_text(text, backoff);
  BOOST_REQUIRE(!done);
  BOOST_TEST((done.error().fault == Fault::usage));
  BOOST_TEST((backoff == before));
}

BOOST_AUTO_TEST_CASE(proposes_the_nearest_shape) {
  Backoff backoff;
  const auto done = from_text("fibonaci:1s..1m", backoff);
  BOOST_REQUIRE(!done);
  BOOST_REQUIRE_EQUAL(done.error().hints.size(), 1U);
  BOOST_TEST(done.error().hints.front() == "did you mean fibonacci?");
}

BOOST_DATA_TEST_CASE(jitters_read_back,
                     data::make({"full", "equal", "none", "0%", "12.5%", "100%"}), text) {
  Jitter jitter;
  BOOST_REQUIRE(from_text(text, jitter));
  BOOST_TEST(to_text(jitter) == text);
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_jitter,
                     data::make({"", "%", "half", "101%", "-1%", "nan%", "inf%", "5", "5 %",
                                 "+5%"}),
                     text) {
  Jitter jitter;
  const auto done = from_text(text, jitter);
  BOOST_REQUIRE(!done);
  BOOST_TEST(done.error().code == "value-jitter");
}

struct Waits {
  Shape shape;
  std::vector<int> seconds;
};

std::ostream& operator<<(std::ostream& out, const Waits& waits) {
  return out << "shape " << static_cast<int>(waits.shape);
}

const std::vector<Waits> ceilings{
    {Shape::exponential, {1, 2, 4, 8, 10, 10}},
    {Shape::linear, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10}},
    {Shape::fixed, {1, 1, 1}},
    {Shape::fibonacci, {1, 1, 2, 3, 5, 8, 10, 10}},
    {Shape::decorrelated, {3, 9, 10, 10}},
    {Shape::list, {4, 2, 10, 10}},
};

BOOST_DATA_TEST_CASE(each_shape_grows_by_its_own_rule_up_to_the_cap, data::make(ceilings), waits) {
  Schedule schedule;
  schedule.shape = waits.shape;
  schedule.list = {4s, 2s, 30s};
  schedule.jitter.kind = Kind::none;
  for (std::size_t i = 0; i < waits.seconds.size(); ++i) {
    const auto attempt = static_cast<std::int64_t>(i + 1);
    const Duration expected = std::chrono::seconds(waits.seconds[i]);
    BOOST_TEST(ceiling_after(schedule, attempt).count() == expected.count());
    if (waits.shape == Shape::decorrelated) continue;
    BOOST_TEST(wait_after(schedule, attempt, 0s, 0.99).count() == expected.count());
  }
}

struct Jittered {
  Kind kind;
  double percent;
  double chance;
  Duration wait;  // of a ceiling of 8 s with a cap of 10 s
};

std::ostream& operator<<(std::ostream& out, const Jittered& jittered) {
  return out << "jitter " << static_cast<int>(jittered.kind) << " at " << jittered.chance;
}

const std::vector<Jittered> jittered{
    {Kind::full, 0, 0.0, 0s},      {Kind::full, 0, 0.5, 4s},       {Kind::full, 0, 0.75, 6s},
    {Kind::equal, 0, 0.0, 4s},     {Kind::equal, 0, 0.5, 6s},      {Kind::none, 0, 0.3, 8s},
    {Kind::percent, 25, 0.0, 6s},  {Kind::percent, 25, 0.5, 8s},   {Kind::percent, 25, 0.75, 9s},
    {Kind::percent, 100, 0.0, 0s}, {Kind::percent, 100, 0.9, 10s}, {Kind::percent, 0, 0.1, 8s},
};

BOOST_DATA_TEST_CASE(jitter_changes_a_wait_as_its_name_says, data::make(jittered), row) {
  Schedule schedule;
  schedule.jitter = {row.kind, row.percent};
  BOOST_TEST(wait_after(schedule, 4, 0s, row.chance).count() == row.wait.count());
}

BOOST_AUTO_TEST_CASE(decorrelated_waits_depend_on_the_one_before) {
  Schedule schedule;
  schedule.shape = Shape::decorrelated;
  BOOST_TEST(wait_after(schedule, 1, 0s, 0.0).count() == Duration(1s).count());
  BOOST_TEST(wait_after(schedule, 1, 0s, 0.5).count() == Duration(2s).count());
  BOOST_TEST(wait_after(schedule, 2, 3s, 0.5).count() == Duration(5s).count());
  BOOST_TEST(wait_after(schedule, 9, 10s, 0.5).count() == Duration(5500ms).count());
}

BOOST_AUTO_TEST_CASE(no_delay_stays_none_after_thousands_of_attempts) {
  // 2^1024 is infinite as a double, and zero times that is no number.
  for (const auto shape :
       {Shape::exponential, Shape::fibonacci, Shape::linear, Shape::decorrelated}) {
    Schedule schedule;
    schedule.shape = shape;
    schedule.base = 0s;
    for (const std::int64_t attempt : {1, 1024, 1025, 5000, 1'000'000}) {
      BOOST_TEST(ceiling_after(schedule, attempt).count() == 0);
      BOOST_TEST(wait_after(schedule, attempt, 0s, 0.7).count() == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_longest_spans_do_not_overflow) {
  Schedule schedule;
  schedule.base = Duration::max();
  schedule.cap = Duration::max();
  for (const std::int64_t attempt : {std::int64_t{1}, std::int64_t{2}, INT64_MAX}) {
    BOOST_TEST(ceiling_after(schedule, attempt).count() == Duration::max().count());
    const Duration wait = wait_after(schedule, attempt, Duration::max(), 0x1.fffffffffffffp-1);
    BOOST_TEST(wait.count() >= 0);
  }
}

Duration random_span(Chance& chance) {
  // Spread over all magnitudes from nothing to 292 years.
  const auto bits = chance.bits() >> 1U >> chance.bits() % 64;
  return Duration(static_cast<std::int64_t>(bits));
}

Schedule random_schedule(Chance& chance) {
  Schedule schedule;
  schedule.shape = static_cast<Shape>(chance.bits() % 6);
  schedule.base = random_span(chance);
  schedule.cap = random_span(chance);
  schedule.factor = chance.bits() % 4 == 0 ? 1.0 : 1 + chance.next() * 9;
  schedule.jitter = {static_cast<Kind>(chance.bits() % 4), chance.next() * 100};
  const auto length = 1 + chance.bits() % 5;
  for (std::uint64_t i = 0; i < length; ++i) schedule.list.push_back(random_span(chance));
  return schedule;
}

BOOST_AUTO_TEST_CASE(whatever_the_schedule_no_wait_is_negative_or_over_the_cap) {
  Chance chance(1);
  std::int64_t broken = 0;
  for (int round = 0; round < 20'000; ++round) {
    const Schedule schedule = random_schedule(chance);
    Duration previous{};
    for (std::int64_t attempt = 1; attempt <= 40; ++attempt) {
      const double draw = attempt % 10 == 0 ? 0x1.fffffffffffffp-1 : chance.next();
      previous = wait_after(schedule, attempt, previous, draw);
      if (previous < Duration::zero() || previous > schedule.cap) ++broken;
    }
  }
  BOOST_TEST(broken == 0);
}

BOOST_AUTO_TEST_CASE(waits_lie_between_their_floor_and_their_ceiling) {
  Chance chance(2);
  std::int64_t broken = 0;
  for (int round = 0; round < 20'000; ++round) {
    const Schedule schedule = random_schedule(chance);
    Duration previous{};
    for (std::int64_t attempt = 1; attempt <= 20; ++attempt) {
      previous = wait_after(schedule, attempt, previous, chance.next());
      if (previous < floor_after(schedule, attempt)) ++broken;
      const bool may_go_over = schedule.jitter.kind == Kind::percent;
      if (!may_go_over && previous > ceiling_after(schedule, attempt)) ++broken;
    }
  }
  BOOST_TEST(broken == 0);
}

BOOST_AUTO_TEST_CASE(ceilings_never_fall) {
  Chance chance(3);
  std::int64_t broken = 0;
  for (int round = 0; round < 5'000; ++round) {
    const Schedule schedule = random_schedule(chance);
    if (schedule.shape == Shape::list) continue;  // a list says what it likes
    Duration last{};
    for (std::int64_t attempt = 1; attempt <= 2'000; attempt += attempt < 40 ? 1 : 97) {
      const Duration ceiling = ceiling_after(schedule, attempt);
      if (ceiling < last || ceiling > schedule.cap) ++broken;
      last = ceiling;
    }
  }
  BOOST_TEST(broken == 0);
}

BOOST_AUTO_TEST_CASE(any_backoff_reads_back) {
  Chance chance(4);
  for (int round = 0; round < 5'000; ++round) {
    Backoff backoff;
    backoff.shape = static_cast<Shape>(chance.bits() % 6);
    if (backoff.shape == Shape::list) {
      for (auto left = 1 + chance.bits() % 5; left > 0; --left) {
        backoff.list.push_back(random_span(chance));
      }
    } else if (chance.bits() % 2 == 0) {
      const Duration one = random_span(chance);
      const Duration other = random_span(chance);
      backoff.base = std::min(one, other);
      backoff.cap = std::max(one, other);
    }
    Backoff again;
    BOOST_REQUIRE_MESSAGE(from_text(to_text(backoff), again), to_text(backoff));
    BOOST_REQUIRE_MESSAGE(again == backoff, to_text(backoff));
  }
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read_or_refused) {
  Chance chance(5);
  constexpr std::string_view likely = "0123456789.,:smhfixedlinear%-";
  for (int round = 0; round < 50'000; ++round) {
    std::string text;
    for (auto left = chance.bits() % 24; left > 0; --left) {
      const auto bits = chance.bits();
      text += bits % 8 == 0 ? static_cast<char>(bits >> 8U) : likely[(bits >> 8U) % likely.size()];
    }
    Backoff backoff;
    if (from_text(text, backoff)) {
      Backoff again;
      BOOST_REQUIRE_MESSAGE(from_text(to_text(backoff), again), text);
      BOOST_REQUIRE_MESSAGE(again == backoff, text);
    }
    Jitter jitter;
    static_cast<void>(from_text(text, jitter));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
