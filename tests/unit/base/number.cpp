// Numbers: decimal, exact, and loud about anything else.
#include "base/number.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

namespace data = boost::unit_test::data;

namespace gird {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

BOOST_AUTO_TEST_CASE(reads_whole_decimal_numbers) {
  BOOST_TEST(*parse_integer("0", 0, most) == 0);
  BOOST_TEST(*parse_integer("010", 0, most) == 10);
  BOOST_TEST(*parse_integer("9223372036854775807", 0, most) == most);
  BOOST_TEST(*parse_integer("-3", -5, 5) == -3);
}

struct Refused {
  const char* text;
  std::int64_t least;
  std::int64_t most;
  const char* why;
};
std::ostream& operator<<(std::ostream& out, const Refused& it) { return out << it.text; }

const Refused integers[] = {
    {"", 0, most, "empty where a whole number is needed"},
    {"abc", 0, most, "not a whole number"},
    {"0x10", 0, most, "not a whole number"},
    {"1.5", 0, most, "not a whole number"},
    {"1e3", 0, most, "not a whole number"},
    {" 1", 0, most, "not a whole number"},
    {"1 ", 0, most, "not a whole number"},
    {"+1", 0, most, "not a whole number"},
    {"-1", 0, most, "must not be negative"},
    {"0", 1, most, "must be 1 or more"},
    {"9223372036854775808", 0, most, "too large"},
    {"256", 0, 255, "must be from 0 to 255"},
    {"99999999999999999999", 0, 255, "must be from 0 to 255"},
};

BOOST_DATA_TEST_CASE(refuses_what_is_no_whole_number_in_range, data::make(integers)) {
  const auto value = parse_integer(sample.text, sample.least, sample.most);
  BOOST_REQUIRE(!value.has_value());
  BOOST_TEST(value.error().why == sample.why);
  BOOST_TEST(value.error().code == "value-integer");
}

BOOST_AUTO_TEST_CASE(reads_finite_decimal_numbers) {
  BOOST_TEST(*parse_number("2") == 2.0);
  BOOST_TEST(*parse_number("1.5") == 1.5);
  BOOST_TEST(*parse_number("1e-3") == 0.001);
  BOOST_TEST(*parse_number("-1") == -1.0);
  for (const char* text : {"", "nan", "inf", "-inf", "0x10", "1e999", " 1", "1 ", "1,5", "+1"}) {
    BOOST_TEST(!parse_number(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(writes_the_shortest_number_that_reads_back) {
  for (const double value : {0.0, 0.1, 1.0 / 3, 1e300, 5e-324, 2.0, 1234567.875}) {
    BOOST_TEST(*parse_number(to_text(value)) == value);
  }
  BOOST_TEST(to_text(2.0) == "2");
  BOOST_TEST(to_text(0.1) == "0.1");
}

BOOST_AUTO_TEST_CASE(scales_decimals_without_rounding) {
  BOOST_TEST(*scaled_decimal("1.5", 1000) == 1500);
  BOOST_TEST(*scaled_decimal(".25", 100) == 25);
  BOOST_TEST(*scaled_decimal("0.999999", 10) == 9);
  BOOST_TEST(*scaled_decimal("9223372036854775807", 1) == most);
  BOOST_TEST(*scaled_decimal("9223372036854775808", 1) == most);
  BOOST_TEST(*scaled_decimal("99999999999999999999999999999999999999999", 1'000'000) == most);
  for (const char* text : {"", ".", "1.", "-1", "1.-5", "1e3", "a"}) {
    BOOST_TEST(!scaled_decimal(text, 10).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(writes_fractions_without_trailing_zeros) {
  BOOST_TEST(decimal_text(1500, 3) == "1.5");
  BOOST_TEST(decimal_text(1000, 3) == "1");
  BOOST_TEST(decimal_text(5, 3) == "0.005");
  BOOST_TEST(decimal_text(0, 3) == "0");
  BOOST_TEST(decimal_text(7, 0) == "7");
  BOOST_TEST(decimal_text(-1500, 3) == "-1.5");
  BOOST_TEST(decimal_text(-5, 3) == "-0.005");
}

}  // namespace
}  // namespace gird
