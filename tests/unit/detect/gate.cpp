#include "detect/gate.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace gird::detect;

namespace {

void nothing(std::string_view, Signs&) {}

constexpr std::array sample = {
    Family{"always", nothing},
    Family{"braces", nothing, {Marks::all(), Marks::all()}, "${s:"},
    Family{"tags", nothing, {Marks::all(), Marks::all()}, "<!${"},
};
constexpr Gate of_sample(sample);

}  // namespace

BOOST_AUTO_TEST_SUITE(gates)

BOOST_AUTO_TEST_CASE(a_family_is_asked_where_one_of_its_pairs_stands) {
  BOOST_TEST(of_sample.open_for("") == 1U);
  BOOST_TEST(of_sample.open_for("$") == 1U);
  BOOST_TEST(of_sample.open_for("$ { { $") == 1U);
  BOOST_TEST(of_sample.open_for("a <!") == 5U);
  BOOST_TEST(of_sample.open_for("https://a") == 3U);
  BOOST_TEST(of_sample.open_for("HTTPS://A") == 3U);
  BOOST_TEST(of_sample.open_for("a${b}") == 7U);
}

BOOST_AUTO_TEST_CASE(every_byte_may_stand_in_a_text) {
  std::string text;
  for (int byte = 0; byte < 256; ++byte) text += {static_cast<char>(byte), '\xff'};
  BOOST_TEST(of_sample.open_for(text) == 1U);
}

BOOST_AUTO_TEST_CASE(pairs_are_pairs) {
  BOOST_TEST(families().size() <= 64U);
  for (const Family& family : families()) BOOST_TEST(family.pairs.size() % 2 == 0U, family.name);
}

BOOST_AUTO_TEST_SUITE_END()
