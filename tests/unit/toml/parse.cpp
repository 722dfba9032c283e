#include "toml/parse.hpp"

#include <boost/test/unit_test.hpp>

using namespace gird::toml;

namespace {

Table read(std::string_view text) {
  const auto table = parse(text);
  BOOST_REQUIRE(table.has_value());
  return *table;
}

Mistake refused(std::string_view text) {
  const auto table = parse(text);
  BOOST_REQUIRE(!table.has_value());
  return table.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(toml_parse)

BOOST_AUTO_TEST_CASE(every_type_is_told_apart) {
  const Table table =
      read("t = \"a\\u00e9\"\ni = -7\nd = 0.5\nb = true\nday = 2026-01-02\nl = [1]\n");
  BOOST_TEST(*table.find("t")->value.as<std::string>() == "a\xc3\xa9");
  BOOST_TEST(*table.find("i")->value.as<std::int64_t>() == -7);
  BOOST_TEST(*table.find("d")->value.as<double>() == 0.5);
  BOOST_TEST(*table.find("b")->value.as<bool>());
  BOOST_TEST((table.find("day")->value.as<Date>() != nullptr));
  BOOST_TEST(table.find("l")->value.as<List>()->size() == 1U);
  BOOST_TEST((table.find("i")->value.as<double>() == nullptr));
  BOOST_TEST((table.find("none") == nullptr));
}

BOOST_AUTO_TEST_CASE(keys_and_values_have_their_places) {
  const Table table = read("[[rule]]\nid = \"x\"\n[[rule]]\n  id = [\"y\",\n  \"z\"]\n");
  const List& rules = *table.find("rule")->value.as<List>();
  BOOST_REQUIRE(rules.size() == 2U);
  BOOST_TEST((rules[1].place == Place{3, 1}));
  const Entry& id = *rules[1].as<Table>()->find("id");
  BOOST_TEST((id.place == Place{4, 3}));
  BOOST_TEST((id.value.as<List>()->at(1).place == Place{5, 3}));
}

BOOST_AUTO_TEST_CASE(what_is_no_toml_is_told_with_its_place) {
  BOOST_TEST((refused("a = 1\nb = \n").place.line == 2U));
  BOOST_TEST(refused("a = 1\nb = \n").why.starts_with("error while parsing"));
  refused("[]");
  refused("a\xef\xac\xa6 = 1");
  refused("a = 1\na = 2\n");
  refused("a = " + std::string(100000, '['));
}

BOOST_AUTO_TEST_SUITE_END()
