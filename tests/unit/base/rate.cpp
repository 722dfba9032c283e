// Rates and shares as people write them.
#include "base/rate.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "base/share.hpp"

namespace data = boost::unit_test::data;
using namespace std::chrono_literals;

namespace gird {
namespace {

struct Written {
  const char* text;
  std::int64_t count;
  Duration period;
  const char* back;
};

std::ostream& operator<<(std::ostream& out, const Written& written) { return out << written.text; }

BOOST_AUTO_TEST_SUITE(rate)

BOOST_DATA_TEST_CASE(a_rate_is_a_count_in_a_time,
                     data::make(std::vector<Written>{
                         {"60/min", 60, 1min, "60/m"},
                         {"60/m", 60, 1min, "60/m"},
                         {"1/s", 1, 1s, "1/s"},
                         {"10/1s", 10, 1s, "10/s"},
                         {"5/h", 5, 1h, "5/h"},
                         {"100/d", 100, 24h, "100/d"},
                         {"3/w", 3, 168h, "3/w"},
                         {"100/30s", 100, 30s, "100/30s"},
                         {"7/1m30s", 7, 90s, "7/1m30s"},
                         {"1/250ms", 1, 250ms, "1/250ms"},
                         {"1/0.5", 1, 500ms, "1/500ms"},
                         {"010/s", 10, 1s, "10/s"},
                         {"1000000000/1us", most_per_period, 1us, "1000000000/1us"},
                     }),
                     it) {
  Rate rate;
  BOOST_TEST_REQUIRE(from_text(it.text, rate).has_value());
  BOOST_TEST(rate.count == it.count);
  BOOST_TEST((rate.period == it.period));
  BOOST_TEST(to_text(rate) == it.back);
  Rate again;
  BOOST_TEST(from_text(to_text(rate), again).has_value());
  BOOST_TEST((again == rate));
}

BOOST_DATA_TEST_CASE(anything_else_is_no_rate,
                     data::make({"", "60", "/", "/s", "60/", "0/s", "-1/s", "1.5/s", "1/0", "1/0s",
                                 "1/1ns", "1/none", "1/min2", "1/367d", "1000000001/s", "1/s/s",
                                 "1 /s", "x/s", "1/parsec"}),
                     text) {
  Rate rate{7, 1s};
  const auto done = from_text(text, rate);
  BOOST_TEST_REQUIRE(!done.has_value());
  BOOST_TEST(done.error().code == "value-rate");
  BOOST_TEST((rate == Rate{7, 1s}));
}

BOOST_AUTO_TEST_CASE(a_share_is_a_percentage_or_a_ratio) {
  for (const auto& [text, part, back] :
       {std::tuple("50%", 0.5, "50%"), std::tuple("0.5", 0.5, "50%"),
        std::tuple("100%", 1., "100%"), std::tuple("1", 1., "100%"), std::tuple("0", 0., "0%"),
        std::tuple("0%", 0., "0%"), std::tuple("12.5%", 0.125, "12.5%"),
        std::tuple("7%", 0.07, "7%")}) {
    Share share;
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(from_text(text, share).has_value());
      BOOST_TEST(share.part == part);
      BOOST_TEST(to_text(share) == back);
    }
  }
}

BOOST_DATA_TEST_CASE(more_than_all_and_less_than_nothing_are_no_share,
                     data::make({"", "%", "101%", "100.1%", "50", "1.5", "-1%", "-0.5", "-0", "nan",
                                 "inf%", "50 %", "50%%", "0x1"}),
                     text) {
  Share share{0.25};
  const auto done = from_text(text, share);
  BOOST_TEST_REQUIRE(!done.has_value());
  BOOST_TEST(done.error().code == "value-share");
  BOOST_TEST(share.part == 0.25);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
