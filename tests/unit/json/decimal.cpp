// Numbers compared as they are written.
#include "json/decimal.hpp"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "json/same_value.hpp"

namespace gird::json {
namespace {

struct Pair {
  std::string_view less, more;
};
std::ostream& operator<<(std::ostream& out, const Pair& pair) {
  return out << pair.less << " < " << pair.more;
}

constexpr std::array<Pair, 12> ordered{{{"1", "2"},
                                        {"-2", "-1"},
                                        {"-1", "0"},
                                        {"0", "1e-400"},
                                        {"9007199254740992", "9007199254740993"},
                                        {"0.1", "0.11"},
                                        {"99.9e-1", "10"},
                                        {"1e400", "1.0000000000000000000001e400"},
                                        {"1e400", "1e401"},
                                        {"-1e401", "-1e400"},
                                        {"0.00012", "0.0002"},
                                        {"1e99", "1e999999999999999999999999999"}}};

constexpr std::array<Pair, 8> equal{{{"1", "1.0"},
                                     {"0", "-0"},
                                     {"0", "0.000e9"},
                                     {"100", "1e2"},
                                     {"0.012", "12e-3"},
                                     {"1.50", "15E-1"},
                                     {"-10.10", "-1010e-2"},
                                     {"12345678901234567890", "1234567890123456789e+1"}}};

struct Division {
  std::string_view value, divisor;
  bool whole;
};
std::ostream& operator<<(std::ostream& out, const Division& row) {
  return out << row.value << " / " << row.divisor;
}

constexpr std::array<Division, 11> divisions{{{"0", "3", true},
                                              {"9", "3", true},
                                              {"10", "3", false},
                                              {"0.0075", "0.0001", true},
                                              {"0.00751", "0.0001", false},
                                              {"4.5", "1.5", true},
                                              {"35", "1.5", false},
                                              {"1e308", "0.5", true},
                                              {"1e400", "3", false},
                                              {"12345678901234567890123456789", "3", true},
                                              {"-0.3", "0.1", true}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(json_decimal)

BOOST_DATA_TEST_CASE(are_ordered_exactly, ordered, pair) {
  BOOST_TEST((Decimal(pair.less) < Decimal(pair.more)));
  BOOST_TEST((Decimal(pair.more) > Decimal(pair.less)));
}

BOOST_DATA_TEST_CASE(are_equal_however_they_are_written, equal, pair) {
  BOOST_TEST((Decimal(pair.less) == Decimal(pair.more)));
  BOOST_TEST(Decimal(pair.less).hash() == Decimal(pair.more).hash());
}

BOOST_DATA_TEST_CASE(are_divided_exactly, divisions, row) {
  BOOST_TEST(Decimal(row.value).multiple_of(Decimal(row.divisor)) == row.whole);
}

BOOST_AUTO_TEST_CASE(are_whole_without_a_fraction) {
  for (const std::string_view text : {"1", "1.0", "-0", "1e400", "1.5e1", "100e-2"}) {
    BOOST_TEST(Decimal(text).integer(), text);
  }
  for (const std::string_view text : {"1.5", "1e-1", "10e-2", "-0.1"}) {
    BOOST_TEST(!Decimal(text).integer(), text);
  }
  BOOST_TEST(Decimal("-12.0e1").small().value() == -120);
  BOOST_TEST(!Decimal("1e18").small().has_value());
  BOOST_TEST(Decimal("999999999999999999").small().value() == 999999999999999999);
}

BOOST_AUTO_TEST_CASE(values_are_the_same_in_any_order_and_spelling) {
  Tape left;
  Tape right;
  BOOST_REQUIRE(left.read(R"({"a": [1, "é"], "b": {"c": null}})").has_value());
  BOOST_REQUIRE(right.read(R"({"b": {"c": null}, "\u0061": [1.0, "\u00e9"]})").has_value());
  BOOST_TEST(same_value({left, 0}, {right, 0}));
  BOOST_TEST(ValueHashes(left).of(0) == ValueHashes(right).of(0));
  BOOST_REQUIRE(right.read(R"({"b": {"c": null}, "a": [1, "e"]})").has_value());
  BOOST_TEST(!same_value({left, 0}, {right, 0}));
  BOOST_REQUIRE(right.read(R"({"b": {"c": null}, "a": ["é", 1]})").has_value());
  BOOST_TEST(!same_value({left, 0}, {right, 0}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
