// The repairer: what each kind of damage becomes, and what holds for every input.
#include "json/repairer.hpp"

#include <array>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace data = boost::unit_test::data;
using namespace gird::json;

namespace {

struct Row {
  std::string_view in;
  std::string_view out;
  std::vector<Kind> kinds;
};
std::ostream& operator<<(std::ostream& to, const Row& row) { return to << row.in; }

const std::vector<Row> rows{
    // what is valid stays
    {R"({"a":2.3e100, "b" : [1,true,null,"x\u00e9\/"]} )",
     R"({"a":2.3e100, "b" : [1,true,null,"x\u00e9\/"]} )",
     {}},
    {"12345678901234567890.10", "12345678901234567890.10", {}},
    {"{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\n{\"a\":2}\n", {}},
    {R"({"a": "x {"})", R"({"a": "x {"})", {}},
    {"1\n-0.5e3\r\n \"a\"\ntrue\nnull\n{}\n[1]\n2\nfalse",
     "1\n-0.5e3\r\n \"a\"\ntrue\nnull\n{}\n[1]\n2\nfalse",
     {}},
    {"1\n02\n1.\n", "1\n\"02\"\n1.0\n", {Kind::leading_zero, Kind::number}},
    // between values
    {"[1,2,]", "[1,2]", {Kind::trailing_comma}},
    {"{\"a\":1 , \n}", "{\"a\":1  \n}", {Kind::trailing_comma}},
    {"[,1]", "[1]", {Kind::extra_comma}},
    {"[1,,2]", "[1,2]", {Kind::extra_comma}},
    {"[1 2]", "[1, 2]", {Kind::missing_comma}},
    {"{\"a\":1\n\"b\":2}", "{\"a\":1,\n\"b\":2}", {Kind::missing_comma}},
    {R"({"a" 1})", R"({"a": 1})", {Kind::missing_colon}},
    {R"({"a" => 1})", R"({"a" : 1})", {Kind::separator}},
    {R"({"a"=1; "b"=2;})",
     R"({"a":1, "b":2})",
     {Kind::separator, Kind::separator, Kind::separator, Kind::separator}},
    {R"({"a": })", R"({"a": null})", {Kind::missing_value}},
    {"{:2}", R"({"":2})", {Kind::missing_key}},
    {"[1, ...]", "[1 ]", {Kind::ellipsis, Kind::ellipsis}},
    // brackets
    {R"({"a":[1,2)", R"({"a":[1,2]})", {Kind::missing_end}},
    {R"([{"a":1, {"a":2}])", R"([{"a":1}, {"a":2}])", {Kind::missing_closer}},
    {R"({"a":1}})", R"({"a":1})", {Kind::extra_closer}},
    {"[1, 2}", "[1, 2]", {Kind::wrong_closer}},
    {"(1, 2)", "[1, 2]", {Kind::wrong_brackets, Kind::wrong_brackets}},
    {"{'a', 'b'}",
     R"(["a", "b"])",
     {Kind::wrong_brackets, Kind::single_quotes, Kind::single_quotes, Kind::wrong_brackets}},
    {"[{1,{} ]]", "[[1,{}] ]", {Kind::wrong_brackets, Kind::missing_closer, Kind::extra_closer}},
    {R"({"a":1}, "b":2})", R"({"a":1, "b":2})", {Kind::extra_closer}},
    {R"({ }, "b": {}, "c" "d")",
     R"({  "b": {}, "c": "d"})",
     {Kind::extra_closer, Kind::extra_comma, Kind::missing_colon, Kind::missing_end}},
    {R"({"a": [1], ["x", 2], "b": [], [3]})",
     R"({"a": [1,"x", 2], "b": [3]})",
     {Kind::wrong_brackets, Kind::wrong_brackets}},
    {R"(["k":"v"])", R"([{"k":"v"}])", {Kind::wrong_brackets, Kind::wrong_brackets}},
    // what is left out leaves no comma behind
    {R"({"a": "b" true})", R"({"a": "b" })", {Kind::missing_key}},
    {R"({"a": 1, NOTE "b": 2})", R"({"a": 1,  "b": 2})", {Kind::missing_key}},
    {R"({"a": "b": 1})", R"({"a": "b" })", {Kind::separator, Kind::missing_key}},
    {R"({"a": 1, {})", R"({"a": 1, "":null})", {Kind::wrong_brackets, Kind::missing_key}},
    // strings and keys
    {"{'a':'b'}", R"({"a":"b"})", {Kind::single_quotes, Kind::single_quotes}},
    {"[\u201ca\u201d]", R"(["a"])", {Kind::typographic_quotes}},
    {"[`a`]", R"(["a"])", {Kind::backtick_quotes}},
    {"{a_1: 1}", R"({"a_1": 1})", {Kind::unquoted_key}},
    {"[hello world]", R"(["hello world"])", {Kind::unquoted_string}},
    {R"({"a":"b,"c":"d"})", R"({"a":"b","c":"d"})", {Kind::missing_quote}},
    {"[\"a\n", "[\"a\"]\n", {Kind::missing_quote, Kind::missing_end}},
    {"{'a': 'b \r\n",
     "{\"a\": \"b\"} \r\n",
     {Kind::single_quotes, Kind::single_quotes, Kind::missing_quote, Kind::missing_end}},
    {"[\"a\n\n", "[\"a\\n\"]\n", {Kind::unescaped_control, Kind::missing_quote, Kind::missing_end}},
    {"{\"a\": 1, \"b\n",
     "{\"a\": 1, \"b\":null}\n",
     {Kind::missing_quote, Kind::missing_colon, Kind::missing_value, Kind::missing_end}},
    {"{\"\n", "{}\n", {Kind::missing_end, Kind::missing_end}},
    {"[\"a\\\n", "[\"a\"]\n", {Kind::bad_escape, Kind::missing_quote, Kind::missing_end}},
    {R"({"a": "x "y" z"})",
     R"({"a": "x \"y\" z"})",
     {Kind::unescaped_quote, Kind::unescaped_quote}},
    {"[\"a\nb\x01\"]", R"(["a\nb\u0001"])", {Kind::unescaped_control, Kind::unescaped_control}},
    {R"(["C:\s\u12"])", R"(["C:\\s\\u12"])", {Kind::bad_escape, Kind::bad_escape}},
    {R"(["a" + "b"])", R"(["ab"])", {Kind::concatenation}},
    {R"([/a\d/g])", R"(["/a\\d/g"])", {Kind::regular_expression}},
    {"[/a\rb/]",
     R"(["/a\rb/"])",
     {Kind::unquoted_string, Kind::unescaped_control, Kind::unquoted_string}},
    {"[/a\\\tb/]",
     R"(["/a\\\tb/"])",
     {Kind::unquoted_string, Kind::bad_escape, Kind::unescaped_control, Kind::unquoted_string}},
    // values
    {"[True, NULL, nil]", "[true, null, null]", {Kind::literal, Kind::literal, Kind::literal}},
    {"[NaN, -Infinity]", "[null, null]", {Kind::not_a_number, Kind::not_a_number}},
    {"[undefined]", "[null]", {Kind::undefined}},
    {R"({"a": NumberLong(2), "b": ObjectId("x")})",
     R"({"a": 2, "b": "x"})",
     {Kind::wrapper, Kind::wrapper, Kind::wrapper, Kind::wrapper}},
    {"[b'x', datetime(2020, 1, 2)]",
     R"(["x", [2020, 1, 2]])",
     {Kind::wrapper, Kind::single_quotes, Kind::wrapper, Kind::wrong_brackets}},
    {"[.5, 5., +5, 0x1F, 1_000, 2e+, 12n]",
     "[0.5, 5.0, 5, 31, 1000, 2e+0, 12]",
     {Kind::number, Kind::number, Kind::number, Kind::number, Kind::number, Kind::number,
      Kind::number}},
    {"[007]", R"(["007"])", {Kind::leading_zero}},
    // around the document
    {"{\"a\":1 /* x */} // y", "{\"a\":1 } ", {Kind::comment, Kind::comment}},
    {"[\u00a01]", "[ 1]", {Kind::blank}},
    {"cb({\"a\":1});", R"({"a":1})", {Kind::callback, Kind::callback}},
    {R"({\"a\":\"b\"})", R"({"a":"b"})", {Kind::escaped_document, Kind::escaped_document}},
    {R"({"a":1}{"a":2})", "{\"a\":1}\n{\"a\":2}", {Kind::sequence}},
    {R"({"a":1} {"b":2})", "{\"a\":1}\n {\"b\":2}", {Kind::sequence}},
    {"[\"\xff\"]", "[\"\xEF\xBF\xBD\"]", {Kind::invalid_utf8}},
    // Halves of pairs: alone, the wrong way round, and a whole one.
    {"[\"\xed\xa0\xbd\"]", "[\"\xEF\xBF\xBD\"]", {Kind::lone_surrogate}},
    {"[\"\xed\xb8\x80\xed\xa0\xbd\"]",
     "[\"\xEF\xBF\xBD\xEF\xBF\xBD\"]",
     {Kind::lone_surrogate, Kind::lone_surrogate}},
    {"[\"\xed\xa0\xbd\xed\xb8\x80\"]", "[\"\U0001f600\"]", {Kind::invalid_utf8}},
    {"[\"\xed\xa0\xbd\\ude00\"]", "[\"\xEF\xBF\xBD\\ude00\"]", {Kind::lone_surrogate}},
};

std::vector<Kind> kinds_of(const Repaired& repaired) {
  std::vector<Kind> kinds;
  kinds.reserve(repaired.repairs.size());
  for (const Repair& repair : repaired.repairs) kinds.push_back(repair.kind);
  return kinds;
}

std::string names(const std::vector<Kind>& kinds) {
  std::string out;
  for (const Kind kind : kinds) out.append(facts_of(kind).name).append(" ");
  return out;
}

class Collector : public Sink {
 public:
  void text(std::string_view bytes) override { given.append(bytes); }
  void repaired(const Repair& repair) override {
    BOOST_TEST(repair.output_offset == given.size());
    repairs.push_back(repair);
  }
  void completed(std::size_t depth) override { complete.emplace_back(depth, given); }

  std::string given;
  std::vector<Repair> repairs;
  std::vector<std::pair<std::size_t, std::string>> complete;
};

/// The input with the edits that were told.
std::string edited(std::string_view in, const Collector& told) {
  std::string out;
  std::size_t at = 0;
  for (const Repair& repair : told.repairs) {
    out.append(in.substr(at, repair.offset - at));
    BOOST_TEST(in.substr(repair.offset, repair.before.size()) == repair.before);
    out.append(repair.after);
    at = repair.offset + repair.removed;
  }
  return out.append(in.substr(at));
}

void push_in_pieces(std::string_view in, std::size_t size, Collector& to) {
  Repairer repairer({}, to);
  for (std::size_t i = 0; i < in.size(); i += size) {
    BOOST_REQUIRE(repairer.push(in.substr(i, size)));
  }
  BOOST_REQUIRE(repairer.finish());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repairer)

BOOST_DATA_TEST_CASE(gives_what_was_meant_and_says_what_it_did, data::make(rows), row) {
  const auto repaired = repair_json(row.in);
  BOOST_REQUIRE(repaired);
  BOOST_TEST(repaired->text == row.out);
  BOOST_TEST(names(kinds_of(*repaired)) == names(row.kinds));
}

BOOST_DATA_TEST_CASE(finds_nothing_to_do_in_what_it_gave, data::make(rows), row) {
  const auto again = repair_json(row.out);
  BOOST_REQUIRE(again);
  BOOST_TEST(again->text == row.out);
  BOOST_TEST(again->repairs.empty());
}

BOOST_DATA_TEST_CASE(does_not_depend_on_how_the_input_was_cut, data::make(rows), row) {
  for (std::size_t size = 1; size <= row.in.size(); ++size) {
    Collector collected;
    push_in_pieces(row.in, size, collected);
    BOOST_TEST(collected.given == row.out);
    BOOST_TEST(collected.repairs.size() == row.kinds.size());
    BOOST_TEST(edited(row.in, collected) == row.out);
  }
}

BOOST_AUTO_TEST_CASE(gives_an_element_when_its_last_byte_has_come) {
  Collector collected;
  Repairer repairer({}, collected);
  BOOST_REQUIRE(repairer.push("[{\"a\":1}"));
  BOOST_REQUIRE(collected.complete.size() == 1);
  BOOST_TEST(collected.complete[0].first == 1);
  BOOST_TEST(collected.complete[0].second == "[{\"a\":1}");
  BOOST_REQUIRE(repairer.push(", \"x\""));
  BOOST_TEST(collected.complete.size() == 1);
  BOOST_REQUIRE(repairer.push(","));
  BOOST_TEST(collected.complete.size() == 2);
  BOOST_REQUIRE(repairer.push(" 2]"));
  BOOST_TEST(collected.complete.size() == 4);
  BOOST_TEST(collected.complete.back().first == 0);
}

BOOST_AUTO_TEST_CASE(refuses_what_the_settings_do_not_allow) {
  Settings certain_only;
  certain_only.least = Confidence::certain;
  BOOST_TEST(repair_json("[1,]", certain_only).has_value());
  const auto refused = repair_json("[1, 2 3]", certain_only);
  BOOST_REQUIRE(!refused);
  BOOST_TEST(bool(refused.error().why == Refusal::Why::forbidden));
  BOOST_TEST(bool(refused.error().kind == Kind::missing_comma));
  BOOST_TEST(refused.error().offset == 5);

  Settings no_comments;
  no_comments.refused.set(static_cast<std::size_t>(Kind::comment));
  BOOST_TEST(!repair_json("[1] // x", no_comments));

  Settings one;
  one.most_repairs = 1;
  BOOST_TEST(repair_json("[1,]", one).has_value());
  const auto many = repair_json("[1,,]", one);
  BOOST_REQUIRE(!many);
  BOOST_TEST(bool(many.error().why == Refusal::Why::too_many));
}

/// One input for each kind that is certain, with nothing else to repair than such.
BOOST_AUTO_TEST_CASE(makes_repairs_with_one_reading_where_only_such_are_allowed) {
  Settings certain_only;
  certain_only.least = Confidence::certain;
  for (const std::string_view in :
       {"[1,]", "[1,,2]", "{'a': `b`}", "[\u201ca\u201d]", "{a: 1}", "[\"a\nb\"]",
        "[\"a\" + \"b\"]", "[True, FALSE, None, nil, Null]", "[undefined]", "[1 /* x */]",
        "[\u00a01]", "cb({\"a\":1});", "```json\n[1]\n```", "\xEF\xBB\xBF[1]",
        "{\"a\": [1, {\"b\": 2", "[1, "}) {
    const auto repaired = repair_json(in, certain_only);
    BOOST_TEST_CONTEXT(in) {
      BOOST_REQUIRE(repaired);
      BOOST_TEST(!repaired->repairs.empty());
      for (const Repair& repair : repaired->repairs)
        BOOST_TEST(bool(repair.confidence == Confidence::certain));
    }
  }
}

BOOST_AUTO_TEST_CASE(leaves_what_has_other_readings_where_only_certain_repairs_are_allowed) {
  Settings certain_only;
  certain_only.least = Confidence::certain;
  for (const std::string_view in :
       {"{\"a\" 1}", "[1 2]", "{\"a\": \"x \"y\" z\"}", "so: {\"a\":1}", "[\"a, b]", "[1}",
        "{\"a\": \"b", "[NaN]", "{\"a\":", "{\"a", "[007]", "[a b]", "(1, 2)"}) {
    const auto refused = repair_json(in, certain_only);
    BOOST_TEST_CONTEXT(in) {
      BOOST_REQUIRE(!refused);
      BOOST_TEST(bool(refused.error().why == Refusal::Why::forbidden));
    }
  }
}

BOOST_AUTO_TEST_CASE(refuses_more_open_brackets_than_the_limit) {
  for (const std::string_view opener : {"[", "{\"a\":", "{a:[", "[(", "[f("}) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += opener;
    const auto refused = repair_json(text);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(bool(refused.error().why == Refusal::Why::too_deep));
  }
  Settings deep;
  deep.most_depth = 3;
  BOOST_TEST(repair_json("[[[]]]", deep).has_value());
  BOOST_TEST(!repair_json("[[[[]]]]", deep));
}

BOOST_AUTO_TEST_CASE(reads_the_encodings_of_json) {
  constexpr std::string_view wide("{\0\"\0a\0\"\0:\0\xe9\0}\0", 14);
  const auto repaired = repair_json(wide);
  BOOST_REQUIRE(repaired);
  BOOST_TEST(repaired->text == "{\"a\":\"\u00e9\"}");
  BOOST_REQUIRE(!repaired->repairs.empty());
  BOOST_TEST(bool(repaired->repairs[0].kind == Kind::encoding));
  const auto marked = repair_json("\xEF\xBB\xBF[1]");
  BOOST_REQUIRE(marked);
  BOOST_TEST(marked->text == "[1]");
  BOOST_TEST(names(kinds_of(*marked)) == "encoding ");
  BOOST_TEST(repair_json("[\"\xe2\x82\"]")->text == "[\"\xEF\xBF\xBD\"]");
}

BOOST_AUTO_TEST_CASE(refuses_an_input_without_a_document) {
  for (const std::string_view in : {"", " \n", "// x\n"}) {
    const auto refused = repair_json(in);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(bool(refused.error().why == Refusal::Why::nothing));
  }
}

BOOST_AUTO_TEST_CASE(knows_an_array_as_a_container_wherever_it_begins) {
  BOOST_TEST(!repair_json("d\": [1] \"y\"", settings_of(Profile::llm))->text.contains('y'));
  BOOST_TEST(repair_json("x(()) \"y\"", settings_of(Profile::llm))->text ==
             repair_json("[] \"y\"", settings_of(Profile::llm))->text);
}

// What was dropped between them held a line feed.
BOOST_AUTO_TEST_CASE(puts_a_line_feed_between_documents) {
  BOOST_TEST(repair_json("{}/*\n*/{}")->text == "{}\n{}");
  BOOST_TEST(repair_json("1/*\n*/,2")->text == "1\n2");
  const auto logged = repair_json("{\"a\":1}, {} x\n? [\"b\"]", settings_of(Profile::log));
  BOOST_REQUIRE(logged);
  BOOST_TEST(logged->text == "{\"a\":1} \n[\"b\"]");
}

BOOST_AUTO_TEST_CASE(wraps_documents_in_an_array_where_there_are_two) {
  Settings array;
  array.sequence = Sequence::array;
  BOOST_TEST(repair_json("{}", array)->text == "{}");
  BOOST_TEST(repair_json("{}\n{}\n", array)->text == "[\n{},\n{}\n\n]");
  BOOST_TEST(repair_json("1,2,3", array)->text == "[\n1,2,3\n]");
  Settings first;
  first.sequence = Sequence::first;
  BOOST_TEST(repair_json("{} {\"a\":1} x", first)->text == "{}");
}

BOOST_AUTO_TEST_CASE(passes_tokens_of_any_size) {
  const std::string body(300'000, 'x');
  const std::string text = "{\"a\": \"" + body + "\"}";
  BOOST_TEST((repair_json(text)->text == text));
  BOOST_TEST((repair_json("['" + body + "',]")->text == "[\"" + body + "\"]"));
  BOOST_TEST((repair_json("[" + body + "]")->text == "[\"" + body + "\"]"));
  BOOST_TEST((repair_json("[/*" + body + "*/1]")->text == "[1]"));
  const std::string blanks(200'000, ' ');
  const auto spread = repair_json("[1" + blanks + "2]");
  BOOST_TEST((spread && spread->text == "[1" + blanks + ",2]"));
  const std::string digits(200'000, '7');
  BOOST_TEST(repair_json("[" + digits + "]")->text == "[" + digits + "]");
}

/// Brackets that are more than what is held at once are closed by one repair.
BOOST_AUTO_TEST_CASE(very_many_brackets_are_closed_by_one_repair) {
  constexpr std::size_t depth = 200'000;
  Settings settings;
  settings.most_depth = depth;
  std::string open;
  std::string closed;
  for (std::size_t i = 0; i < depth / 2; ++i) {
    open += R"([{"a":)";
    closed += "}]";
  }
  const auto made = repair_json(open + "1", settings);
  BOOST_TEST_REQUIRE(made.has_value());
  BOOST_TEST((made->text == open + "1" + closed));
  BOOST_TEST_REQUIRE(made->repairs.size() == 1U);
  BOOST_TEST(made->repairs.front().inserted == depth);
  BOOST_TEST(made->repairs.front().after == closed.substr(0, Repair::most_text));
  settings.refused.set();
  BOOST_TEST(!repair_json(open + "1", settings).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
