// Ranges of counts.
#include "base/count_range.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace data = boost::unit_test::data;

namespace gird {
namespace {

BOOST_AUTO_TEST_CASE(a_range_of_counts_reads_back) {
  CountRange range;
  BOOST_TEST(from_text("10..120", range).has_value());
  BOOST_TEST((range == CountRange{10, 120}));
  BOOST_TEST(to_text(range) == "10..120");
  BOOST_TEST(from_text("7..7", range).has_value());
  BOOST_TEST((range == CountRange{7, 7}));
}

BOOST_DATA_TEST_CASE(anything_else_is_no_range_of_counts,
                     data::make({"", "..", "5", "5..", "..5", "0..5", "9..6", "-1..5", "1..2..3",
                                 "1.5..3", "1..1000000001", "a..b", "1 ..2", "1...2"}),
                     text) {
  CountRange range{3, 4};
  const auto done = from_text(text, range);
  BOOST_TEST_REQUIRE(!done.has_value());
  BOOST_TEST(done.error().code == "value-range");
  BOOST_TEST((range == CountRange{3, 4}));
}

}  // namespace
}  // namespace gird
