// Numbers that are longer than what a repairer sees at a time.
#include <boost/test/unit_test.hpp>

#include "json/number_reader.hpp"
#include "pieces.hpp"

using namespace gird::json;

namespace {

const std::string digits(200'000, '7');

std::vector<std::string> long_numbers() {
  return {digits,         "-" + digits + ".5e-12", digits + "E+" + digits, "0." + digits + "e1",
          "-0." + digits, "1e" + digits,           "1." + digits};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(long_number)

BOOST_AUTO_TEST_CASE(valid_ones_pass_as_they_are) {
  for (const std::string& number : long_numbers()) {
    for (const auto& [before, behind] : {std::pair{"", ""}, {"[", ", 1]"}, {"{\"a\": ", "\n}"}}) {
      const std::string text = before + number + behind;
      for (const std::size_t size : {std::size_t{4096}, std::size_t{65'537}, text.size()}) {
        const auto repaired = repair_in_pieces(text, size, {});
        BOOST_REQUIRE(repaired);
        BOOST_TEST((repaired->text == text));
        BOOST_TEST(repaired->repairs.empty());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_digit_is_put_where_one_lacks) {
  for (const char* end : {".", "e", "e-"}) {
    const auto repaired = repair_json("[" + digits + end + "]");
    BOOST_REQUIRE(repaired);
    BOOST_TEST((repaired->text == "[" + digits + end + "0]"));
    BOOST_REQUIRE(repaired->repairs.size() == 1);
    BOOST_TEST(bool(repaired->repairs[0].kind == Kind::number));
  }
}

BOOST_AUTO_TEST_CASE(what_hangs_on_one_is_refused_or_dropped) {
  for (const std::string& tail : {std::string("abc"), ".5.5" + digits, std::string("e-x")}) {
    const std::string text = "[" + digits + tail + ", 2]";
    const auto refused = repair_json(text);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(bool(refused.error().why == Refusal::Why::broken));
    Settings aggressive;
    aggressive.aggressive = true;
    for (const std::size_t size : {std::size_t{4096}, text.size()}) {
      const auto repaired = repair_in_pieces(text, size, aggressive);
      BOOST_REQUIRE(repaired);
      BOOST_TEST(repaired->text.ends_with(", 2]"));
      BOOST_TEST(repair_json(repaired->text)->repairs.empty());
      BOOST_TEST(!repaired->repairs.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(the_reader_takes_what_the_grammar_has) {
  for (const char* number : {"0", "-0", "10", "1.5", "0e0", "-1.25E+17", "1e-3"}) {
    NumberReader reader;
    BOOST_TEST(reader.take(number) == std::string_view(number).size());
    BOOST_TEST(reader.complete());
  }
  for (const char* start : {"-", "1.", "1e", "1e+", ""}) {
    NumberReader reader;
    BOOST_TEST(reader.take(start) == std::string_view(start).size());
    BOOST_TEST(!reader.complete());
  }
  BOOST_TEST(NumberReader().take("007") == 1);
  BOOST_TEST(NumberReader().take("+1") == 0);
  BOOST_TEST(NumberReader().take("1.2.3") == 3);
  BOOST_TEST(NumberReader().take("1e5e") == 3);
  NumberReader reader;
  BOOST_TEST(reader.take("-1") == 2);
  BOOST_TEST(reader.take(".5e") == 3);
  BOOST_TEST(!reader.complete());
  BOOST_TEST(reader.take("3,") == 1);
  BOOST_TEST(reader.complete());
}

BOOST_AUTO_TEST_SUITE_END()
