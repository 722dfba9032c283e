// Rows: their names, their defaults, and the rules that the table of every command keeps.
#include "cli/rows.hpp"

#include <boost/test/unit_test.hpp>

#include "unit/cli/sample.hpp"

namespace gird::cli {
namespace {

BOOST_AUTO_TEST_CASE(names_are_taken_apart) {
  std::int64_t number = 3;
  bool flag = false;
  std::vector<std::string> list;
  const Row both("-n,--attempts", number, "N", "help");
  BOOST_TEST(both.long_name() == "--attempts");
  BOOST_TEST(both.key() == "attempts");
  BOOST_TEST(both.letter() == 'n');
  BOOST_TEST(!both.is_operand());
  const Row only_long("--explain", flag, "", "help");
  BOOST_TEST(only_long.letter() == '\0');
  BOOST_TEST(only_long.is_flag());
  const Row only_short("-h", flag, "", "help");
  BOOST_TEST(only_short.long_name() == "-h");
  BOOST_TEST(only_short.letter() == 'h');
  const Row operand("COMMAND...", list, "", "help");
  BOOST_TEST(operand.long_name() == "COMMAND");
  BOOST_TEST(operand.is_operand());
  BOOST_TEST(operand.repeats());
  BOOST_TEST(operand.letter() == '\0');
  const Row heading("Work");
  BOOST_TEST(heading.is_heading());
  BOOST_TEST(!heading.is_operand());
  BOOST_TEST(!heading.is_flag());
}

BOOST_AUTO_TEST_CASE(a_default_is_the_field_or_its_words) {
  sample::Options options;
  const Rows rows = sample::rows(options);
  const auto value = [&](std::string_view key) {
    for (const Row& row : rows) {
      if (!row.is_heading() && row.key() == key) return row.value();
    }
    return std::string("no such row");
  };
  BOOST_TEST(value("attempts") == "3");
  BOOST_TEST(value("factor") == "2");
  BOOST_TEST(value("delay") == "1s");
  BOOST_TEST(value("timeout") == "none");
  BOOST_TEST(value("colour") == "red");
  BOOST_TEST(value("log") == "stderr");
  BOOST_TEST(value("pattern").empty());
  BOOST_TEST(value("quiet").empty());
}

BOOST_AUTO_TEST_CASE(variables_are_upper_case_with_underscores) {
  BOOST_TEST(variable("json-repair", "max-depth") == "GIRD_JSON_REPAIR_MAX_DEPTH");
  BOOST_TEST(variable("", "max-depth") == "GIRD_MAX_DEPTH");
}

BOOST_AUTO_TEST_CASE(rows_are_joined_in_order) {
  bool flag = false;
  Rows first{Row("--a", flag, "", "a")};
  const Rows both = std::move(first) + Rows{Row("--b", flag, "", "b"), Row("--c", flag, "", "c")};
  BOOST_REQUIRE(both.size() == 3);
  BOOST_TEST(both[0].key() == "a");
  BOOST_TEST(both[2].key() == "c");
}

BOOST_AUTO_TEST_CASE(a_form_ends_in_the_options_that_all_commands_take) {
  const Form form = form_of(sample::filter);
  std::vector<std::string_view> keys;
  for (const Row& row : form.rows) {
    if (!row.is_heading()) keys.push_back(row.key());
  }
  for (const std::string_view key : {"help", "version", "profile", "config"}) {
    BOOST_TEST((std::ranges::count(keys, key) == 1), key);
  }
}

}  // namespace
}  // namespace gird::cli
