// RFC 3339 times.
#include "base/time.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;

namespace gird {
namespace {

BOOST_AUTO_TEST_CASE(writes_utc_with_milliseconds) {
  BOOST_TEST(to_text(Time{}) == "1970-01-01T00:00:00.000Z");
  BOOST_TEST(to_text(Time{1'700'000'000s + 999'999'999ns}) == "2023-11-14T22:13:20.999Z");
  BOOST_TEST(to_text(Time{951'782'400s}) == "2000-02-29T00:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(reads_what_it_writes) {
  for (const auto seconds : {0s, 1s, 86'399s, 951'782'400s, 1'700'000'000s, 9'000'000'000s}) {
    const Time time{seconds + 250ms};
    BOOST_REQUIRE(parse_time(to_text(time)).has_value());
    BOOST_TEST((*parse_time(to_text(time)) == time));
  }
}

BOOST_AUTO_TEST_CASE(reads_any_number_of_fraction_digits) {
  BOOST_TEST((*parse_time("1970-01-01T00:00:01Z") == Time{1s}));
  BOOST_TEST((*parse_time("1970-01-01T00:00:01.5Z") == Time{1500ms}));
  BOOST_TEST((*parse_time("1970-01-01T00:00:01.123456789123Z") == Time{1'123'456'789ns}));
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_time) {
  for (const char* text :
       {"", "Z", "2026-11-20", "2026-11-20T08:15:30", "2026-11-20 08:15:30Z",
        "2026-11-20T08:15:30+01:00", "2026-13-20T08:15:30Z", "2026-02-29T08:15:30Z",
        "2026-11-20T24:15:30Z", "2026-11-20T08:60:30Z", "2026-11-20T08:15:61Z",
        "2026-11-20T08:15:30.Z", "2026-11-20T08:15:3011Z", "-026-11-20T08:15:30Z",
        "2026-11-20T08:15:30.1.2Z", "1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z",
        "2026-11-20T-8:15:30Z", "2026-11- 2T08:15:30Z"}) {
    BOOST_TEST(!parse_time(text).has_value(), text);
  }
}

}  // namespace
}  // namespace gird
