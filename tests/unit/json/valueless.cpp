// Members without a value, where they are to be dropped.
#include <array>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "pieces.hpp"

namespace data = boost::unit_test::data;
using namespace gird::json;

namespace {

struct Row {
  std::string_view in;
  std::string_view out;
};
std::ostream& operator<<(std::ostream& to, const Row& row) { return to << row.in; }

constexpr std::array rows{
    Row{R"({"a": , "b":1})", R"({"b":1})"},
    Row{R"({"b":1, "a": })", R"({"b":1})"},
    Row{R"({"b":1, "a": , "c":2})", R"({"b":1, "c":2})"},
    Row{R"({"a":,"b":,"c":1,"d":,"e":})", R"({"c":1})"},
    Row{R"({"a": })", "{}"},
    Row{R"({"a": ,})", "{}"},
    Row{R"({"a":)", "{}"},
    Row{R"({"b":1, "a":)", R"({"b":1})"},
    Row{R"({"b":1, "a)", R"({"b":1})"},
    Row{R"({"b":1, a: })", R"({"b":1})"},
    Row{R"({'a' => , 'b' => 1})", R"({"b" : 1})"},
    Row{R"({"b":1; "a":; "c":2})", R"({"b":1, "c":2})"},
    Row{R"({"b":1 "a": })", R"({"b":1 })"},
    Row{R"({"b":1, "a", "c":2})", R"({"b":1, "c":2})"},
    Row{R"({"b":1, : })", R"({"b":1})"},
    Row{R"({"b": /* x */ , "a":1})", R"({"a":1})"},
    Row{"{\n  \"b\": 1,\n  \"a\": \n}", "{\n  \"b\": 1\n}"},
    Row{R"({"x": {"a": }, "b": [{"a":}]})", R"({"x": {}, "b": [{}]})"},
    Row{R"(["k": ])", "[{}]"},
    // a word that is no part of it
    Row{R"({"b":1, NOTE "a": })", R"({"b":1})"},
    Row{R"({"b":1, NOTE "a": , "c":2})", R"({"b":1, "c":2})"},
    Row{R"({NOTE "a": })", "{ }"},
    Row{R"({"b":1, NOTE "a":)", R"({"b":1})"},
    Row{R"({"b":1, NOTE "a": 2})", R"({"b":1,  "a": 2})"},
    Row{R"({"a": 1, "b": "", "c": null})", R"({"a": 1, "b": "", "c": null})"},
    // no member is at fault
    Row{"callback()", "null"},
};

Settings drop() {
  Settings settings;
  settings.missing = Missing::drop;
  return settings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(valueless)

BOOST_DATA_TEST_CASE(drops_the_member_and_a_comma, data::make(rows), row) {
  const auto repaired = repair_json(row.in, drop());
  BOOST_REQUIRE(repaired);
  BOOST_TEST(repaired->text == row.out);
  BOOST_TEST(with_repairs(row.in, repaired->repairs) == row.out);
}

BOOST_DATA_TEST_CASE(drops_the_same_however_it_was_cut, data::make(rows), row) {
  for (std::size_t size = 1; size < row.in.size(); ++size) {
    const auto repaired = repair_in_pieces(row.in, size, drop());
    BOOST_REQUIRE(repaired);
    BOOST_TEST(repaired->text == row.out);
  }
}

BOOST_AUTO_TEST_CASE(says_what_was_dropped) {
  const auto repaired = repair_json(R"({"b":1, "a": })", drop());
  BOOST_REQUIRE(repaired);
  BOOST_REQUIRE(repaired->repairs.size() == 1);
  BOOST_TEST(bool(repaired->repairs[0].kind == Kind::missing_value));
  BOOST_TEST(repaired->repairs[0].before == R"(, "a": )");
}

BOOST_AUTO_TEST_CASE(gives_null_where_the_key_is_out_of_sight) {
  const std::string key(100'000, 'k');
  const auto repaired = repair_json("{\"" + key + "\": , \"b\":1}", drop());
  BOOST_REQUIRE(repaired);
  BOOST_TEST((repaired->text == "{\"" + key + "\": null, \"b\":1}"));
}

BOOST_AUTO_TEST_SUITE_END()
