// The value that a pointer leads to.
#include "json/select.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "unit/json/stages.hpp"

namespace gird::json {

using namespace tests;

namespace {

struct Case {
  std::string_view pointer;
  std::string_view text;
  std::string_view selected;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.pointer << " in " << c.text;
}

// The document of RFC 6901, section 5.
constexpr std::string_view rfc =
    R"({"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4,)"
    R"( "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8})";

constexpr Case cases[] = {
    {"/foo", rfc, "[\"bar\", \"baz\"]\n"},
    {"/foo/0", rfc, "\"bar\"\n"},
    {"/", rfc, "0\n"},
    {"/a~1b", rfc, "1\n"},
    {"/c%d", rfc, "2\n"},
    {"/e^f", rfc, "3\n"},
    {"/g|h", rfc, "4\n"},
    {"/i\\j", rfc, "5\n"},
    {"/k\"l", rfc, "6\n"},
    {"/ ", rfc, "7\n"},
    {"/m~0n", rfc, "8\n"},
    {"/foo/2", rfc, ""},
    {"/foo/-", rfc, ""},
    {"/foo/00", rfc, ""},
    {"/foo/01", rfc, ""},
    {"/foo/0/0", rfc, ""},
    {"/foo/99999999999999999999", rfc, ""},
    {"/fo", rfc, ""},
    {"/fooo", rfc, ""},
    {"", " [1 , 2]\n", "[1 , 2]\n"},
    {"", "1 2\n", "1\n2\n"},
    {"/0", "{\"0\":\"key\"}", "\"key\"\n"},
    {"/a", R"({"\u0061":1})", "1\n"},
    {"/\u00e9\U0001f600", R"({"\u00E9\ud83D\ude00":1})", "1\n"},
    {"/a", R"({"\ud800a":1,"\ud83d":2,"a":3})", "3\n"},
    {"/b/1", R"({"a":[7,8],"b":[[1],{"x":{}},3]})", "{\"x\":{}}\n"},
    {"/1/b", R"([{"b":1},{"a":{"b":2},"b":3},{"b":4}])", "3\n"},
    {"/a/b", R"({"a":1,"a":{"b":2},"a":{"b":3}})", "2\n"},
    {"/a", "{\"a\":1}\n{\"b\":2}\n{\"a\":[ ]}", "1\n[ ]\n"},
};

Pointer pointer_of(std::string_view text) {
  const auto pointer = parse_pointer(text);
  BOOST_REQUIRE(pointer.has_value());
  return *pointer;
}

std::string selected(std::string_view pointer, std::string_view text) {
  return staged(making<Select>(pointer_of(pointer)), text);
}

/// Every pointer into `value`, with the value's own.
void each_pointer(const nlohmann::json& value, const std::string& pointer,
                  const std::function<void(const std::string&, const nlohmann::json&)>& use) {
  use(pointer, value);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      std::string step;
      for (const char c : key) step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
      each_pointer(member, pointer + "/" + step, use);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      each_pointer(value[i], pointer + "/" + std::to_string(i), use);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_select)

BOOST_DATA_TEST_CASE(the_value_is_given_as_it_stands, boost::unit_test::data::make(cases), c) {
  BOOST_TEST(selected(c.pointer, c.text) == c.selected);
}

BOOST_AUTO_TEST_CASE(a_malformed_pointer_is_refused) {
  for (const std::string_view text : {"a", "#/a", "/~", "/a~2", "/~/b"}) {
    BOOST_TEST(!parse_pointer(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(documents_without_the_value_are_counted) {
  Kept kept;
  Select stage(kept, pointer_of("/a/0"));
  stage.text("{\"a\":[1]} {\"a\":[]}\n7 {\"a\":[2]} nul");
  stage.text("l");
  BOOST_TEST(stage.finish().has_value());
  BOOST_TEST(kept.all == "1\n2\n");
  BOOST_TEST(stage.documents() == 5);
  BOOST_TEST(stage.misses() == 3);
  BOOST_TEST(stage.first_miss() == 2);
}

BOOST_AUTO_TEST_CASE(elements_of_what_is_selected_are_told_at_once) {
  Kept kept;
  Select stage(kept, pointer_of("/a"));
  stage.text(R"({"b":[0],"a":[[1], 2)");
  BOOST_TEST(kept.all == "[[1]");
  stage.text(", 3");
  BOOST_TEST(kept.all == "[[1], 2");
  stage.text("]");
  BOOST_TEST(kept.all == "[[1], 2, 3]\n");
  const std::vector<std::pair<std::size_t, std::size_t>> ends{{1, 4}, {1, 7}, {1, 10}, {0, 12}};
  BOOST_TEST((kept.ends == ends));
}

BOOST_AUTO_TEST_CASE(every_pointer_gives_the_value_that_it_means) {
  const Shape shape{.unique_keys = true};
  for (unsigned seed = 0; seed < 60; ++seed) {
    const std::string text = generated(seed, shape);
    if (text.contains("1E400")) continue;
    each_pointer(nlohmann::json::parse(text), "", [&](const std::string& to, const auto& value) {
      const auto pointer = parse_pointer(to);
      BOOST_REQUIRE(pointer.has_value());
      const std::string piece =
          staged(making<Select>(*pointer), text, text.size() / 2, text.size());
      BOOST_REQUIRE(!piece.empty());
      BOOST_TEST((nlohmann::json::parse(piece) == value), to << " in " << text);
      BOOST_TEST(text.contains(piece.substr(0, piece.size() - 1)));
    });
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
