// Documents made what a schema wants them to be.
#include "json/schema_coerce.hpp"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "json/coerce_scalar.hpp"

namespace gird::json {
namespace {

Coerced coerced(std::string_view schema, Coercion how, std::string_view document,
                std::span<const Repair> earlier = {}) {
  const auto compiled = Schema::compile(schema);
  BOOST_REQUIRE(compiled.has_value());
  auto result = coerce(*compiled, how, document, earlier, 10);
  BOOST_REQUIRE(result.has_value());
  return std::move(*result);
}

/// The document with the repairs applied, as their offsets say.
std::string applied(std::string_view document, const std::vector<Repair>& repairs) {
  std::string out;
  std::uint64_t at = 0;
  for (const Repair& repair : repairs) {
    out += document.substr(at, repair.offset - at);
    out += repair.after;
    at = repair.offset + repair.removed;
  }
  return out + std::string(document.substr(at));
}

struct Row {
  Coercion how;
  std::string_view schema, document, text;  ///< no text: cannot be coerced
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.schema << " " << row.document;
}

using enum Coercion;

constexpr std::array<Row, 73> rows{{
    // scalars
    {standard, R"({"type": "integer"})", R"("12")", "12"},
    {standard, R"({"type": "integer"})", R"(" 007 ")", "7"},
    {standard, R"({"type": "integer"})", R"("1.0")", "1"},
    {standard, R"({"type": "integer"})", R"("1_000")", "1000"},
    {standard, R"({"type": "integer"})", R"("12345678901234567890")", "12345678901234567890"},
    {standard, R"({"type": "integer"})", R"("1.5")", ""},
    {standard, R"({"type": "integer"})", "1.5", ""},
    {standard, R"({"type": "integer"})", "true", ""},
    {standard, R"({"type": "integer"})", "null", ""},
    {standard, R"({"type": "number"})", R"("+.5")", "0.5"},
    {standard, R"({"type": "number"})", R"("5.")", "5"},
    {standard, R"({"type": "number"})", R"("-1e-3")", "-1e-3"},
    {standard, R"({"type": "number"})", R"("NaN")", ""},
    {standard, R"({"type": "number"})", R"("")", ""},
    {standard, R"({"type": "boolean"})", R"("Yes")", "true"},
    {standard, R"({"type": "boolean"})", R"("off")", "false"},
    {standard, R"({"type": "boolean"})", R"("maybe")", ""},
    {standard, R"({"type": "boolean"})", "1.0", "true"},
    {standard, R"({"type": "boolean"})", "0", "false"},
    {standard, R"({"type": "boolean"})", "2", ""},
    {standard, R"({"type": "null"})", R"("None")", "null"},
    {standard, R"({"type": "null"})", R"("x")", ""},
    {standard, R"({"type": "string"})", "1.50", R"("1.50")"},
    {standard, R"({"type": "string"})", "true", R"("true")"},
    {standard, R"({"type": "string"})", "{}", ""},
    {standard, R"({"type": ["integer", "null"]})", R"("3")", "3"},
    {standard, R"({"type": ["integer", "string"]})", R"("3")", R"("3")"},
    // allowed values
    {standard, R"({"enum": ["High", "Low"]})", R"(" high")", R"("High")"},
    {standard, R"({"enum": ["a", "A"]})", R"("a ")", ""},
    {standard, R"({"enum": [1, 2]})", R"("2")", "2"},
    {standard, R"({"enum": ["1"]})", "1", R"("1")"},
    {standard, R"({"enum": ["High"]})", R"("Higher")", ""},
    {standard, R"({"const": "yes"})", R"("YES")", R"("yes")"},
    // containers
    {standard, R"({"type": "array"})", R"("x")", R"(["x"])"},
    {standard, R"({"type": "array", "items": {"type": "integer"}})", R"("5")", "[5]"},
    {standard, R"({"type": "array"})", R"({"a": 1})", R"([{"a": 1}])"},
    {standard, R"({"type": "array"})", "null", ""},
    {standard, R"({"type": "array"})", R"("[1, 2]")", "[1, 2]"},
    {standard, R"({"type": "object"})", R"("{\"a\": 1}")", R"({"a": 1})"},
    {standard, R"({"type": "object"})", R"("[1]")", ""},
    {standard, R"({"type": "object"})", R"("{a: 1}")", ""},
    {salvage, R"({"type": "object"})", R"("{a: 1}")", R"({"a": 1})"},
    {salvage, R"({"type": "array"})", R"("a, b")", R"(["a, b"])"},
    {standard, R"({"type": "string"})", R"(["x"])", ""},
    {salvage, R"({"type": "string"})", R"(["x"])", R"("x")"},
    {salvage, R"({"type": "integer"})", R"(["7"])", "7"},
    {salvage, R"({"type": "string"})", R"(["x", "y"])", ""},
    {salvage, R"({"type": "object"})", R"([{"a": 1}])", R"({"a": 1})"},
    {salvage, R"({"type": "object", "properties": {"a": {}, "b": {"type": "integer"}}})",
     R"(["x", "2"])", R"({"a": "x", "b": 2})"},
    {salvage, R"({"type": "object", "properties": {"a": {}, "b": {}}})", R"(["x"])", ""},
    // items
    {standard, R"({"items": {"type": "integer"}})", R"(["1", "x"])", ""},
    {salvage, R"({"items": {"type": "integer"}})", R"(["x", "y", "1", "z", 2])", "[1, 2]"},
    {salvage, R"({"items": {"type": "integer"}})", R"(["x"])", "[]"},
    {salvage, R"({"items": {"type": "integer"}, "minItems": 2})", R"(["x", 1])", ""},
    {salvage, R"({"items": {"required": ["a"]}})", R"([{"b": 1}, {"a": 1}])", R"([{"a": 1}])"},
    {salvage, R"({"uniqueItems": true})", "[1, 2, 1]", "[1, 2]"},
    {standard, R"({"prefixItems": [{"type": "integer"}], "items": false})", R"(["1", 2, 3])",
     "[1]"},
    {standard,
     R"({"$schema": "http://json-schema.org/draft-07/schema#",
         "items": [{"type": "integer"}], "additionalItems": false})",
     R"(["1", 2])", "[1]"},
    // members
    {standard, R"({"properties": {"a": {}}, "additionalProperties": false})",
     R"({"x": 1, "a": 2, "y": [3], "z": 4})", R"({"a": 2})"},
    {standard, R"({"additionalProperties": false})", R"({"x": 1, "y": 2})", "{}"},
    {standard, R"({"additionalProperties": {"type": "integer"}})", R"({"x": "1"})", R"({"x": 1})"},
    {standard, R"({"patternProperties": {"^n": {"type": "number"}}})", R"({"n1": "1", "s": "1"})",
     R"({"n1": 1, "s": "1"})"},
    {standard, R"({"properties": {"a": {"default": [1]}, "b": {"default": 2}}})", R"({"a": 0})",
     R"({"a": 0, "b": 2})"},
    {standard, R"({"properties": {"a": {"default": 1}}, "required": ["a"]})", "{}", R"({"a": 1})"},
    // Of two members of one name the last counts, in a schema too.
    {standard, R"({"properties": {"a": {"default": 1}, "a": {"default": 2}}})", "{}",
     R"({"a": 2})"},
    {standard, R"({"properties": {"a": {"default": 1}, "a": {}}})", "{}", "{}"},
    {standard, R"({"properties": {"a": {"type": "array"}}, "required": ["a"]})", "{}", ""},
    {salvage,
     R"({"properties": {"a": {"type": "array"}, "b": {"const": 1}, "c": {"$ref": "#/$defs/d"}},
                 "required": ["a", "b", "c"], "$defs": {"d": {"type": "object"}}})",
     "{}", R"({"a": [], "b": 1, "c": {}})"},
    {salvage, R"({"properties": {"a": {"type": "integer"}}, "required": ["a"]})", "{}", ""},
    // alternatives
    {standard, R"({"anyOf": [{"type": "integer"}, {"type": "null"}]})", R"("5")", "5"},
    {standard,
     R"({"oneOf": [{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                            {"type": "object", "properties": {"b": {"type": "integer"}}, "required": ["b"]}]})",
     R"({"b": "2"})", R"({"b": 2})"},
    {standard, R"({"anyOf": [{"type": "integer"}, {"type": "boolean"}]})", R"("x")", ""},
    {standard, R"({"allOf": [{"properties": {"a": {"type": "integer"}}},
                            {"properties": {"b": {"type": "string"}}}]})",
     R"({"a": "1", "b": 2})", R"({"a": 1, "b": "2"})"},
}};

}  // namespace

BOOST_AUTO_TEST_SUITE(json_schema_coerce)

BOOST_DATA_TEST_CASE(makes_of_a_value_what_it_plainly_means, rows, row) {
  const Coerced result = coerced(row.schema, row.how, row.document);
  BOOST_TEST(result.verdict.valid == !row.text.empty());
  if (!row.text.empty()) BOOST_TEST(result.text == row.text);
  BOOST_TEST(result.verdict.violations.empty() == result.verdict.valid);
  BOOST_TEST(applied(row.document, result.repairs) == result.text);
  // What is as it should be stays as it is.
  if (!row.text.empty()) BOOST_TEST(coerced(row.schema, row.how, result.text).repairs.empty());
}

BOOST_AUTO_TEST_CASE(leaves_valid_documents_alone) {
  const std::string_view document = R"( {"a" : [1.0,  "x" ] } )";
  const Coerced result = coerced(R"({"properties": {"a": {"type": "array"}}})", salvage, document);
  BOOST_TEST(result.verdict.valid);
  BOOST_TEST(result.repairs.empty());
  BOOST_TEST(result.text == document);
}

BOOST_AUTO_TEST_CASE(reports_each_change_by_its_kind) {
  const Coerced result = coerced(
      R"({"properties": {"a": {"type": "integer"}, "b": {"default": 1}}, "additionalProperties": false})",
      standard, R"({"a": "1", "x": 2})");
  BOOST_TEST(result.verdict.valid);
  BOOST_TEST(result.text == R"({"a": 1, "b": 1})");
  BOOST_REQUIRE(result.repairs.size() == 3U);
  BOOST_TEST((result.repairs[0].kind == Kind::coercion));
  BOOST_TEST(result.repairs[0].before == "\"1\"");
  BOOST_TEST(result.repairs[0].after == "1");
  BOOST_TEST((result.repairs[1].kind == Kind::default_value));
  BOOST_TEST(result.repairs[1].after == ", \"b\": 1");
  BOOST_TEST((result.repairs[2].kind == Kind::unknown_property));
  BOOST_TEST(result.repairs[2].before == ", \"x\": 2");
  BOOST_TEST((result.repairs[2].confidence == Confidence::likely));
}

BOOST_AUTO_TEST_CASE(tells_what_is_left_by_its_place_in_the_document) {
  const std::string_view document = R"({"a": "123456", "b": "x"})";
  const Coerced result =
      coerced(R"({"properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}})", standard,
              document);
  BOOST_TEST(!result.verdict.valid);
  BOOST_REQUIRE(result.verdict.violations.size() == 1U);
  BOOST_TEST(result.verdict.violations[0].instance == "/b");
  BOOST_TEST(result.verdict.violations[0].offset == document.find("\"x\""));
}

BOOST_AUTO_TEST_CASE(fills_values_that_were_missing_by_their_type) {
  const std::string_view document = R"({"a": null, "b": "", "c": null})";
  const std::array earlier{Repair{.kind = Kind::missing_value,
                                  .inserted = 4,
                                  .output_offset = 6,
                                  .before = "",
                                  .after = "null"},
                           Repair{.kind = Kind::missing_value,
                                  .inserted = 2,
                                  .output_offset = 17,
                                  .before = "",
                                  .after = "\"\""}};
  const std::string_view schema =
      R"({"properties": {"a": {"type": "array"}, "b": {"type": "integer"}, "c": {"type": "null"}}})";
  BOOST_TEST(coerced(schema, standard, document, earlier).text ==
             R"({"a": [], "b": 0, "c": null})");
  BOOST_TEST(!coerced(schema, standard, document).verdict.valid);
  const std::string_view alternatives =
      R"({"properties": {"b": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": 7}}})";
  BOOST_TEST(coerced(alternatives, standard, document, earlier).text ==
             R"({"a": null, "b": 7, "c": null})");
}

BOOST_AUTO_TEST_CASE(makes_an_object_of_a_set_where_one_is_wanted) {
  const std::array earlier{Repair{
      .kind = Kind::wrong_brackets, .removed = 1, .inserted = 1, .before = "{", .after = "["}};
  const std::string_view schema = R"({"type": "object"})";
  BOOST_TEST(coerced(schema, salvage, R"(["a", "b"])", earlier).text ==
             R"({"a": null, "b": null})");
  BOOST_TEST(!coerced(schema, salvage, R"(["a", "b"])").verdict.valid);
  BOOST_TEST(!coerced(schema, salvage, "[1, 2]", earlier).verdict.valid);
  BOOST_TEST(!coerced(schema, standard, R"(["a", "b"])", earlier).verdict.valid);
}

BOOST_AUTO_TEST_CASE(mends_many_records_and_the_alternatives_inside_alternatives) {
  std::string document = "[";
  std::string wanted = "[";
  for (int i = 0; i < 1000; ++i) {
    document += (i > 0 ? ", " : "") + std::string(R"({"n": "5", "u": {"v": "6"}})");
    wanted += (i > 0 ? ", " : "") + std::string(R"({"n": 5, "u": {"v": 6}})");
  }
  const Coerced result = coerced(
      R"({"items": {"properties": {"n": {"type": "integer"},
          "u": {"anyOf": [{"type": "null"},
                          {"properties": {"v": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}, "type": "object"}]}}}})",
      standard, document + "]");
  BOOST_TEST(result.verdict.valid);
  BOOST_TEST(result.text == wanted + "]");
  BOOST_TEST(result.repairs.size() == 2000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
