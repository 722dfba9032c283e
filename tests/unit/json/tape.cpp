// Texts read into tokens.
#include "json/tape.hpp"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "json/pointer.hpp"
#include "json/string_value.hpp"

namespace gird::json {
namespace {

constexpr std::array<std::string_view, 22> broken{
    "",        " ",     "{",    "[",   "[1,]",      "{\"a\":1,}", "{\"a\"}", "{a:1}",
    "01",      "-",     "1.",   "1e",  "tru",       "\"a",        "\"\n\"",  "\"\\x\"",
    "\"\\u12", "[1 2]", "[1]]", "1 2", "{\"a\":1]", "[1}"};

}  // namespace

BOOST_AUTO_TEST_SUITE(json_tape)

BOOST_AUTO_TEST_CASE(keeps_types_places_and_siblings) {
  Tape tape;
  const std::string_view text = R"( {"a": [1, -2.5e3, "x\n"], "b": {}, "c": [true, false, null]} )";
  BOOST_REQUIRE(tape.read(text).has_value());
  BOOST_TEST(tape.size() == 13U);
  BOOST_TEST((tape[0].type() == TokenType::object));
  BOOST_TEST(tape[0].count() == 3U);
  BOOST_TEST(tape[0].next == 13U);
  BOOST_TEST(tape.text_of(0) == text.substr(1, text.size() - 2));
  BOOST_TEST(tape[1].next == 6U);
  BOOST_TEST(tape.text_of(2) == R"([1, -2.5e3, "x\n"])");
  BOOST_TEST(tape[3].whole());
  BOOST_TEST(!tape[4].whole());
  BOOST_TEST(tape.text_of(4) == "-2.5e3");
  BOOST_TEST(tape[5].escaped());
  BOOST_TEST(!tape[1].escaped());
  BOOST_TEST(tape[7].count() == 0U);
  BOOST_TEST(tape[9].next == 13U);
  BOOST_TEST(tape[9].count() == 3U);
  BOOST_TEST(tape[10].is_true());
  BOOST_TEST(pointer_to(tape, 5) == "/a/2");
  BOOST_TEST(pointer_to(tape, 7) == "/b");
  BOOST_TEST(pointer_to(tape, 0).empty());
}

BOOST_DATA_TEST_CASE(tells_what_is_no_json, broken, text) {
  Tape tape;
  BOOST_TEST(!tape.read(text).has_value());
}

BOOST_AUTO_TEST_CASE(reads_any_depth) {
  constexpr std::size_t depth = 1'000'000;
  const std::string text = std::string(depth, '[') + std::string(depth, ']');
  Tape tape;
  BOOST_REQUIRE(tape.read(text).has_value());
  BOOST_TEST(tape.size() == depth);
  BOOST_TEST(tape[depth - 1].length == 2U);
}

BOOST_AUTO_TEST_CASE(finds_ends_of_strings_at_every_place_of_a_block) {
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string text =
        "\"" + std::string(length, 'x') + "\\\"" + std::string(length, 'y') + "\"";
    Tape tape;
    BOOST_REQUIRE(tape.read(text).has_value());
    BOOST_TEST(tape[0].length == text.size());
    BOOST_TEST(tape[0].escaped());
    BOOST_TEST(!tape.read("\"" + std::string(length, 'x') + "\x1f\"").has_value());
  }
}

BOOST_AUTO_TEST_CASE(says_what_strings_say) {
  BOOST_TEST(unescaped(R"(a\"\\\/\b\f\n\r\t)") == "a\"\\/\b\f\n\r\t");
  BOOST_TEST(unescaped(R"(\u00e9\ud83d\ude00)") == "é😀");
  BOOST_TEST(unescaped(R"(\ud83dx)") == "\xED\xA0\xBDx");
  BOOST_TEST(code_points("é😀x") == 3U);
}

BOOST_AUTO_TEST_CASE(goes_down_a_pointer) {
  Tape tape;
  BOOST_REQUIRE(tape.read(R"({"a/b": [10, {"~": 1}], "a/b": [20]})").has_value());
  const auto array = step_down(tape, 0, step_name("a~1b"));
  BOOST_REQUIRE(array.has_value());
  BOOST_TEST(tape.text_of(*step_down(tape, *array, "0")) == "20");
  BOOST_TEST(!step_down(tape, *array, "1").has_value());
  BOOST_TEST(!step_down(tape, *array, "00").has_value());
  BOOST_TEST(pointer_to(tape, 6) == "/a~1b/1/~0");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
