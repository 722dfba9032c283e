// Compact, pretty and ASCII text.
#include "json/layout.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "json/ascii.hpp"
#include "unit/json/stages.hpp"

namespace gird::json {

using namespace tests;

namespace {

const MakeStage compact = making<Compact>();
const MakeStage pretty = making<Pretty>(std::string("  "));
const MakeStage ascii = making<Ascii>();

struct Case {
  std::string_view text;
  std::string_view compact;
  std::string_view pretty;
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.text; }

constexpr Case cases[] = {
    {"", "", ""},
    {"1", "1\n", "1\n"},
    {" \"a b\" ", "\"a b\"\n", "\"a b\"\n"},
    {"1 \"a\"\n2\n\n[3]", "1\n\"a\"\n2\n[3]\n", "1\n\"a\"\n2\n[\n  3\n]\n"},
    {"{ }", "{}\n", "{}\n"},
    {"[ \n{ }, [\t] ]", "[{},[]]\n", "[\n  {},\n  []\n]\n"},
    {"{\"a\" : 1.50,\"b\\\" }\": [ true ,null]}", "{\"a\":1.50,\"b\\\" }\":[true,null]}\n",
     "{\n  \"a\": 1.50,\n  \"b\\\" }\": [\n    true,\n    null\n  ]\n}\n"},
    {R"(["\\", "\\\"", "\u0022 "])", "[\"\\\\\",\"\\\\\\\"\",\"\\u0022 \"]\n",
     "[\n  \"\\\\\",\n  \"\\\\\\\"\",\n  \"\\u0022 \"\n]\n"},
    {"{}\n{}\n", "{}\n{}\n", "{}\n{}\n"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(json_layout)

BOOST_DATA_TEST_CASE(blanks_are_laid_out_anew, boost::unit_test::data::make(cases), c) {
  BOOST_TEST(staged(compact, c.text) == c.compact);
  BOOST_TEST(staged(pretty, c.text) == c.pretty);
}

BOOST_AUTO_TEST_CASE(indentation_is_one_step_a_level) {
  const std::string_view text = R"([{"a":[]}])";
  BOOST_TEST(staged(making<Pretty>(std::string("\t")), text) == "[\n\t{\n\t\t\"a\": []\n\t}\n]\n");
  BOOST_TEST(staged(making<Pretty>(std::string()), text) == "[\n{\n\"a\": []\n}\n]\n");
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_indented_to_the_end) {
  const std::size_t depth = 3000;
  const std::string text = std::string(depth, '[') + "1" + std::string(depth, ']');
  const std::string laid_out = staged(making<Pretty>(std::string("   ")), text, text.size(), 1);
  BOOST_TEST(laid_out.contains("\n" + std::string(3 * depth, ' ') + "1\n"));
  BOOST_TEST(laid_out.contains("\n" + std::string(3 * depth - 3, ' ') + "]\n"));
  BOOST_TEST(staged(compact, laid_out, laid_out.size(), 1) == text + "\n");
}

BOOST_AUTO_TEST_CASE(a_string_longer_than_any_buffer_is_given_whole) {
  const std::string text = "[ \"" + std::string(300'000, 'x') + "\\n\" , 1]";
  std::string expected = text;
  std::erase(expected, ' ');
  BOOST_TEST((staged(compact, text, 5, 70'001) == expected + "\n"));
  BOOST_TEST((staged(compact, text, text.size(), 1) == expected + "\n"));
}

BOOST_AUTO_TEST_CASE(non_ascii_characters_are_escaped) {
  BOOST_TEST(staged(ascii, "[\"a\u00e9\u20ac\U0001f600\U0010ffff\", \"\\u00e9\"]") ==
             "[\"a\\u00e9\\u20ac\\ud83d\\ude00\\udbff\\udfff\", \"\\u00e9\"]");
  const std::string far = "\"" + std::string(40, 'x') + "\u00e9" + std::string(17, 'y') + "\"";
  BOOST_TEST(staged(ascii, far) ==
             "\"" + std::string(40, 'x') + "\\u00e9" + std::string(17, 'y') + "\"");
}

BOOST_AUTO_TEST_CASE(a_completed_value_was_given_whole) {
  Kept kept;
  Compact stage(kept);
  stage.text("[1");
  stage.completed(1);
  BOOST_TEST(kept.all == "[1");
  stage.text(", {} ");
  stage.completed(1);
  stage.text("] 2");
  stage.completed(0);
  BOOST_TEST(kept.all == "[1,{}]\n2\n");
  BOOST_TEST(stage.finish().has_value());
  BOOST_TEST(kept.all == "[1,{}]\n2\n");
}

BOOST_AUTO_TEST_CASE(repairs_are_passed_on) {
  Kept kept;
  Pretty stage(kept, "  ");
  stage.repaired(Repair{.kind = Kind::comment, .offset = 7});
  BOOST_REQUIRE(kept.repairs.size() == 1);
  BOOST_TEST(kept.repairs[0].offset == 7);
}

BOOST_AUTO_TEST_CASE(any_valid_text_keeps_its_value) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    const std::string text = generated(seed);
    const std::string small = staged(compact, text);
    const std::string large = staged(pretty, text);
    BOOST_TEST(staged(compact, large, large.size(), 1) == small, "seed " << seed);
    BOOST_TEST(staged(pretty, small, small.size(), 1) == large, "seed " << seed);
    BOOST_TEST(staged(compact, small, small.size(), 1) == small, "seed " << seed);
    const std::string plain = staged(ascii, text);
    BOOST_TEST(not_ascii(plain, 0) == plain.size());
    // An infinity is not to be compared; its text was, above.
    if (text.contains("1E400")) continue;
    const auto value = nlohmann::json::parse(text);
    BOOST_TEST((nlohmann::json::parse(small) == value), "seed " << seed);
    BOOST_TEST((nlohmann::json::parse(plain) == value), "seed " << seed);
    // The other library's own spelling of blanks, where it spells the rest alike.
    if (value.dump() + "\n" == small) BOOST_TEST(value.dump(2) + "\n" == large);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
