// Sizes, read and written.
#include "base/size.hpp"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

namespace gird {
namespace {

struct SizeRow {
  std::string_view text;
  std::int64_t bytes;
};
std::ostream& operator<<(std::ostream& out, const SizeRow& row) { return out << row.text; }

constexpr auto sizes = std::to_array<SizeRow>({{"0", 0},
                                               {"65536", 65536},
                                               {"64K", 65536},
                                               {"64k", 65536},
                                               {"64KiB", 65536},
                                               {"64KB", 64000},
                                               {"64kb", 64000},
                                               {"1.5M", 1572864},
                                               {"010", 10},
                                               {"2G", 2147483648},
                                               {"1TB", 1000000000000},
                                               {"7B", 7}});

BOOST_DATA_TEST_CASE(reads_sizes, boost::unit_test::data::make(sizes), row) {
  Size size;
  BOOST_REQUIRE(from_text(row.text, size).has_value());
  BOOST_TEST(size.bytes == row.bytes);
  Size again;
  BOOST_REQUIRE(from_text(to_text(size), again).has_value());
  BOOST_TEST(again.bytes == size.bytes);
}

constexpr auto not_sizes =
    std::to_array<std::string_view>({"", "K", "-1", "1X", "1KiBs", "0x10", "1e3", "1.2.3",
                                     "9223372036854775807", "99999999T", " 1"});

BOOST_DATA_TEST_CASE(refuses_what_is_none, boost::unit_test::data::make(not_sizes), text) {
  Size size;
  const auto read = from_text(text, size);
  BOOST_REQUIRE(!read.has_value());
  BOOST_TEST(read.error().code == "value-size");
}

BOOST_AUTO_TEST_CASE(writes_the_shortest) {
  BOOST_TEST(to_text(Size{67108864}) == "64MiB");
  BOOST_TEST(to_text(Size{1000}) == "1000");
  BOOST_TEST(to_text(Size{0}) == "0");
}

}  // namespace
}  // namespace gird
