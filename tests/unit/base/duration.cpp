// Durations: what is read, what is refused, and that writing and reading agree.
#include "base/duration.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

namespace data = boost::unit_test::data;
using namespace std::chrono_literals;

namespace gird {
namespace {

struct Reads {
  const char* text;
  std::int64_t nanoseconds;
};
std::ostream& operator<<(std::ostream& out, const Reads& it) { return out << it.text; }

const Reads readable[] = {
    {"0", 0},
    {"5", 5'000'000'000},
    {"010", 10'000'000'000},
    {"0.5", 500'000'000},
    {"1ns", 1},
    {"1us", 1'000},
    {"250ms", 250'000'000},
    {"1m30s", 90'000'000'000},
    {"1.5h", 5'400'000'000'000},
    {"1d", 86'400'000'000'000},
    {"2w", 1'209'600'000'000'000},
    {"1w1d1h1m1s1ms1us1ns", 694'861'001'001'001},
    {"1m0.5s", 60'500'000'000},
    {"0.0000000019s", 1},
    {"0.00000000000000000000000000000001s", 0},
    {"1.0000000000000000000000000000000001w", 604'800'000'000'000},
    {"9223372036s", 9'223'372'036'000'000'000},
    {"9223372036.854775806s", 9'223'372'036'854'775'806},
};

BOOST_DATA_TEST_CASE(reads_numbers_with_units, data::make(readable)) {
  const auto span = parse_duration(sample.text);
  BOOST_REQUIRE(span.has_value());
  BOOST_TEST(span->count() == sample.nanoseconds);
}

struct Refused {
  const char* text;
  const char* why;
};
std::ostream& operator<<(std::ostream& out, const Refused& it) { return out << it.text; }

const Refused unreadable[] = {
    {"", "empty duration"},
    {"s", "not a duration"},
    {"nan", "not a duration"},
    {"inf", "not a duration"},
    {" 1s", "not a duration"},
    {"+1s", "not a duration"},
    {"PT5S", "not a duration"},
    {".", "not a duration"},
    {"1.", "not a duration"},
    {"1.s", "not a duration"},
    {"1.2.3s", "not a duration"},
    {"1..2", "not a duration"},
    {"-1", "a duration cannot be negative"},
    {"-5s", "a duration cannot be negative"},
    {"5x", "unknown unit 'x' (ns us ms s m h d w)"},
    {"5S", "unknown unit 'S' (ns us ms s m h d w)"},
    {"5s ", "unknown unit 's ' (ns us ms s m h d w)"},
    {"5 s", "unknown unit ' s' (ns us ms s m h d w)"},
    {"0x10", "unknown unit 'x' (ns us ms s m h d w)"},
    {"1e3", "unknown unit 'e' (ns us ms s m h d w)"},
    {"5sec", "unknown unit 'sec' (ns us ms s m h d w)"},
    {"1m30", "the last number has no unit"},
    {"1s1m", "units must descend, each at most once"},
    {"1s1s", "units must descend, each at most once"},
    {"293y", "unknown unit 'y' (ns us ms s m h d w)"},
    {"9223372037s", "longer than 292 years"},
    {"9223372036.854775808s", "longer than 292 years"},
    {"15251w", "longer than 292 years"},
    {"15250w1d24h", "longer than 292 years"},
    {"99999999999999999999999999999999999999999999s", "longer than 292 years"},
    {"99999999999999999999999999999999999999999999", "longer than 292 years"},
};

BOOST_DATA_TEST_CASE(refuses_what_is_no_duration, data::make(unreadable)) {
  const auto span = parse_duration(sample.text);
  BOOST_REQUIRE(!span.has_value());
  BOOST_TEST(span.error().why == sample.why);
  BOOST_TEST(span.error().code == "value-duration");
  BOOST_TEST(static_cast<int>(span.error().fault) == static_cast<int>(Fault::usage));
  BOOST_TEST(span.error().what == "'" + std::string(sample.text) + "'");
}

struct Writes {
  Duration span;
  const char* text;
};
std::ostream& operator<<(std::ostream& out, const Writes& it) { return out << it.text; }

const Writes written[] = {
    {0s, "0s"},           {1ns, "1ns"},         {1500ns, "1.5us"},      {250ms, "250ms"},
    {1500ms, "1.5s"},     {1001ms, "1.001s"},   {90s, "1m30s"},         {60s, "1m"},
    {3600s, "1h"},        {5400s, "1h30m"},     {86400s, "1d"},         {1209600s, "14d"},
    {90500ms, "1m30.5s"}, {60250ms, "1m250ms"}, {3600s + 1ns, "1h1ns"}, {1500us, "1.5ms"},
};

BOOST_DATA_TEST_CASE(writes_the_units_people_expect, data::make(written)) {
  BOOST_TEST(to_text(sample.span) == sample.text);
}

BOOST_AUTO_TEST_CASE(reads_back_what_it_writes) {
  // Values around every unit, and products of them, up to the longest span there is.
  for (std::int64_t base = 1; base > 0 && base < std::numeric_limits<std::int64_t>::max() / 7;
       base *= 7) {
    for (const std::int64_t near : {-1, 0, 1}) {
      for (const std::int64_t unit : {1LL, 1'000LL, 60'000'000'000LL}) {
        if (base > std::numeric_limits<std::int64_t>::max() / unit - 1) continue;
        const Duration span(base * unit + near);
        const auto again = parse_duration(to_text(span));
        BOOST_REQUIRE_MESSAGE(again.has_value(), to_text(span));
        BOOST_TEST(again->count() == span.count());
      }
    }
  }
  const auto longest = parse_duration(to_text(Duration::max()));
  BOOST_REQUIRE(longest.has_value());
  BOOST_TEST(longest->count() == Duration::max().count());
}

const Writes told[] = {
    {0ns, "0s"},      {400ns, "0s"},     {1234us, "1ms"},    {250ms, "250ms"},
    {999600us, "1s"}, {1234ms, "1.23s"}, {12345ms, "12.3s"}, {59960ms, "1m"},
    {250s, "4m10s"},  {3599600ms, "1h"}, {3661s, "1h1m"},    {90061s, "1d1h1m"},
};

BOOST_DATA_TEST_CASE(tells_people_three_digits, data::make(told)) {
  BOOST_TEST(to_words(sample.span) == sample.text);
}

BOOST_AUTO_TEST_CASE(the_longest_span_can_be_told) {
  BOOST_TEST(to_words(Duration::max()) == "106751d23h47m");
}

BOOST_AUTO_TEST_CASE(a_timeout_may_be_none) {
  BOOST_TEST(!parse_timeout("none")->limit.has_value());
  BOOST_TEST(!parse_timeout("0")->limit.has_value());
  BOOST_TEST(!parse_timeout("0ms")->limit.has_value());
  BOOST_TEST((parse_timeout("5s")->limit == Duration(5s)));
  BOOST_TEST(!parse_timeout("None").has_value());
  BOOST_TEST(to_text(Timeout{}) == "none");
  BOOST_TEST(to_text(Timeout{1500ms}) == "1.5s");
}

}  // namespace
}  // namespace gird
