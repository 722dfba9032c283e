// Schemas compiled, documents judged.
#include "json/schema.hpp"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "json/schema_pattern.hpp"

namespace gird::json {
namespace {

Schema schema_of(std::string_view text, SchemaTexts texts = {}) {
  auto schema = Schema::compile(text, std::move(texts));
  if (!schema) {
    BOOST_FAIL(std::string(text) + ": " + schema.error().what);
  }
  return std::move(*schema);
}

bool accepts(std::string_view schema, std::string_view document) {
  Validator validator(schema_of(schema));
  const auto answer = validator.accepts(document);
  BOOST_REQUIRE(answer.has_value());
  return *answer;
}

struct Bad {
  std::string_view schema, pointer, what;
};
std::ostream& operator<<(std::ostream& out, const Bad& row) { return out << row.schema; }

constexpr std::array<Bad, 17> bad{{
    {R"({"type": "bogus"})", "/type", "no type is named bogus"},
    {R"({"items": {"type": 3}})", "/items/type", "a type is a string"},
    {R"-({"properties": {"a": {"pattern": "(?=x)"}}})-", "/properties/a/pattern",
     "the pattern '(?=x)': look-around is not supported"},
    {R"({"pattern": "(a)\\1"})", "/pattern",
     "the pattern '(a)\\1': back references are not supported"},
    {R"-({"patternProperties": {"(": true}})-", "/patternProperties/(",
     "the pattern '(': missing ): ("},
    {R"({"$ref": "#/$defs/none"})", "/$ref", "nothing is at /$defs/none"},
    {R"({"$ref": "other.json"})", "/$ref",
     "nothing is known as other.json; give it by --schema-ref"},
    {R"({"$ref": "#none"})", "/$ref", "no anchor is named none"},
    {R"({"$ref": "#"})", "", "this schema refers to itself for the same value"},
    {R"({"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}})", "/$defs/a",
     "this schema refers to itself for the same value"},
    {R"({"multipleOf": 0})", "/multipleOf", "this must be above 0"},
    {R"({"minLength": -1})", "/minLength", "this must be a whole number of 0 or more"},
    {R"({"required": "a"})", "/required", "this must be an array of strings"},
    {R"({"anyOf": []})", "/anyOf", "this must be an array of schemas"},
    {R"({"not": 1})", "/not", "a schema is an object, true or false"},
    {R"({"$schema": "http://json-schema.org/draft-04/schema#"})", "",
     "the metaschema http://json-schema.org/draft-04/schema is neither draft 7 nor 2020-12, and "
     "its "
     "text is not given"},
    {R"({"type": })", "", "no JSON: this is no value"},
}};

struct Wrong {
  std::string_view schema, document, instance, at, keyword, message;
};
std::ostream& operator<<(std::ostream& out, const Wrong& row) { return out << row.schema; }

constexpr std::array<Wrong, 28> wrong{{
    {R"({"properties": {"age": {"type": "integer"}}})", R"({"age": "x"})", "/age",
     "/properties/age/type", "type", "'x' is a string, not an integer"},
    {R"({"type": ["string", "null", "number"]})", "[]", "", "/type", "type",
     "this is an array, not a string, a number or null"},
    {R"({"required": ["a", "b"]})", R"({"a": 1})", "", "/required", "required",
     "the property 'b' is missing"},
    {R"({"enum": ["a", 1]})", R"("b")", "", "/enum", "enum", "'b' is none of [\"a\", 1]"},
    {R"({"const": {"a": 1}})", R"({"a": 2})", "", "/const", "const",
     "the object is not {\"a\": 1}"},
    {R"({"minimum": 9007199254740993})", "9007199254740992", "", "/minimum", "minimum",
     "9007199254740992 is below 9007199254740993"},
    {R"({"maximum": 1e400})", "1e401", "", "/maximum", "maximum", "1e401 is above 1e400"},
    {R"({"exclusiveMinimum": 1})", "1.0", "", "/exclusiveMinimum", "exclusiveMinimum",
     "1.0 is not above 1"},
    {R"({"exclusiveMaximum": 1})", "1", "", "/exclusiveMaximum", "exclusiveMaximum",
     "1 is not below 1"},
    {R"({"multipleOf": 0.1})", "0.35", "", "/multipleOf", "multipleOf",
     "0.35 is no multiple of 0.1"},
    {R"({"minLength": 2})", R"("\ud83d\ude00")", "", "/minLength", "minLength",
     "'\\ud83d\\ude00' has 1 character, fewer than 2"},
    {R"({"maxLength": 1})", R"("éé")", "", "/maxLength", "maxLength",
     "'éé' has 2 characters, more than 1"},
    {R"({"pattern": "^\\d+$"})", R"("1x")", "", "/pattern", "pattern",
     "'1x' does not match the pattern '^\\d+$'"},
    {R"({"minItems": 2})", "[1]", "", "/minItems", "minItems",
     "the array has 1 item, fewer than 2"},
    {R"({"maxProperties": 0})", R"({"a": 1})", "", "/maxProperties", "maxProperties",
     "the object has 1 member, more than 0"},
    {R"({"uniqueItems": true})", R"([{"a": 1, "b": 2}, 3, {"b": 2.0, "a": 1e0}])", "",
     "/uniqueItems", "uniqueItems", "the item /2 is there twice"},
    {R"({"additionalProperties": false})", R"({"x": 1})", "/x", "/additionalProperties",
     "additionalProperties", "the property 'x' is not allowed"},
    {R"({"properties": {"x": false}})", R"({"x": 1})", "/x", "/properties/x", "properties",
     "the property 'x' is not allowed"},
    {R"({"unevaluatedProperties": false, "anyOf": [{"properties": {"a": true}}]})",
     R"({"a": 1, "b": 2})", "/b", "/unevaluatedProperties", "unevaluatedProperties",
     "the property 'b' is not allowed"},
    {R"({"prefixItems": [true], "items": false})", "[1, 2]", "/1", "/items", "items",
     "this item is one too many"},
    {R"({"dependentRequired": {"a": ["b", "c"]}})", R"({"a": 1, "b": 1})", "", "/dependentRequired",
     "dependentRequired", "the property 'a' needs 'c' beside it"},
    {R"({"anyOf": [{"type": "null"}, {"type": "string"}]})", "1", "", "/anyOf", "anyOf",
     "1 fits none of the alternatives"},
    {R"({"oneOf": [true, true]})", "1", "", "/oneOf", "oneOf",
     "1 fits more than one of the alternatives"},
    {R"({"not": {}})", "1", "", "/not", "not", "1 is what it must not be"},
    {R"({"contains": {"const": 1}, "minContains": 2})", "[1, 2]", "", "/contains", "contains",
     "1 item of the array is of the kind that at least 2 must be"},
    {R"({"propertyNames": {"maxLength": 1}})", R"({"ab": 1})", "/ab", "/propertyNames/maxLength",
     "maxLength", "the name 'ab' has 2 characters, more than 1"},
    {R"({"if": {"type": "string"}, "then": {"minLength": 1}, "else": false})", "1", "", "/else",
     "else", "nothing is allowed here"},
    {"false", "1", "", "", "", "nothing is allowed here"},
}};

}  // namespace

BOOST_AUTO_TEST_SUITE(json_schema)

BOOST_DATA_TEST_CASE(says_where_a_schema_is_wrong, bad, row) {
  const auto schema = Schema::compile(row.schema);
  BOOST_REQUIRE(!schema.has_value());
  BOOST_TEST(schema.error().what == row.what);
  BOOST_TEST(schema.error().pointer == row.pointer);
}

BOOST_DATA_TEST_CASE(says_what_is_wrong_where_and_by_which_keyword, wrong, row) {
  Validator validator(schema_of(row.schema));
  const auto verdict = validator.check(row.document, 10);
  BOOST_REQUIRE(verdict.has_value());
  BOOST_TEST(!verdict->valid);
  BOOST_REQUIRE(verdict->violations.size() == 1U);
  const Violation& violation = verdict->violations[0];
  BOOST_TEST(violation.message == row.message);
  BOOST_TEST(violation.instance == row.instance);
  BOOST_TEST(violation.schema == row.at);
  BOOST_TEST(violation.keyword == row.keyword);
}

BOOST_AUTO_TEST_CASE(tells_all_violations_up_to_a_limit) {
  Validator validator(schema_of(R"({"items": {"type": "string"}})"));
  const std::string_view document = R"([1, "a", 2, 3])";
  auto verdict = validator.check(document, 10);
  BOOST_REQUIRE(verdict.has_value());
  BOOST_REQUIRE(verdict->violations.size() == 3U);
  BOOST_TEST(!verdict->more);
  BOOST_TEST(verdict->violations[1].instance == "/2");
  BOOST_TEST(verdict->violations[1].offset == document.find('2'));
  verdict = validator.check(document, 2);
  BOOST_TEST(verdict->violations.size() == 2U);
  BOOST_TEST(verdict->more);
  BOOST_TEST(!verdict->valid);
  BOOST_TEST(validator.check("[]", 2)->valid);
}

BOOST_AUTO_TEST_CASE(judges_documents_of_any_depth) {
  constexpr std::size_t depth = 100'000;
  Validator validator(
      schema_of(R"({"type": "array", "items": {"$ref": "#"}, "uniqueItems": true})"));
  const std::string nested = std::string(depth, '[') + std::string(depth, ']');
  BOOST_TEST(validator.accepts(nested).value());
  BOOST_TEST(!validator.accepts(std::string(depth, '[') + "1" + std::string(depth, ']')).value());
}

BOOST_AUTO_TEST_CASE(ends_where_a_schema_has_no_end) {
  // Each way back to the start hangs on a condition, so only a document can tell.
  Validator validator(schema_of(R"({"if": {"type": "string"}, "then": {"$ref": "#"}})"));
  BOOST_TEST(validator.accepts("1").value());
  const auto endless = validator.accepts("\"x\"");
  BOOST_REQUIRE(!endless.has_value());
  BOOST_TEST(endless.error().what == "the schema asks itself about the same value without an end");
}

BOOST_AUTO_TEST_CASE(takes_other_documents_only_from_its_caller) {
  SchemaTexts texts;
  texts.emplace("https://example.org/item.json", R"({"$defs": {"id": {"type": "integer"}}})");
  const std::string_view text =
      R"({"$id": "https://example.org/list.json", "items": {"$ref": "item.json#/$defs/id"}})";
  BOOST_TEST(!Schema::compile(text).has_value());
  Validator validator(schema_of(text, texts));
  BOOST_TEST(validator.accepts("[1]").value());
  const auto verdict = validator.check(R"(["1"])", 1);
  BOOST_REQUIRE(verdict->violations.size() == 1U);
  BOOST_TEST(verdict->violations[0].schema == "https://example.org/item.json#/$defs/id/type");
}

BOOST_AUTO_TEST_CASE(has_the_metaschemas_built_in) {
  const std::string_view by_2020_12 = R"({"$ref": "https://json-schema.org/draft/2020-12/schema"})";
  BOOST_TEST(accepts(by_2020_12, R"({"type": "string", "items": {"minLength": 1}})"));
  BOOST_TEST(!accepts(by_2020_12, R"({"items": {"minLength": -1}})"));
  const std::string_view by_7 = R"({"$ref": "http://json-schema.org/draft-07/schema#"})";
  BOOST_TEST(accepts(by_7, R"({"items": [{"type": "string"}]})"));
  BOOST_TEST(!accepts(by_7, R"({"items": [{"type": "text"}]})"));
}

BOOST_AUTO_TEST_CASE(compares_values_not_texts) {
  BOOST_TEST(accepts(R"({"const": 1})", "1.0"));
  BOOST_TEST(accepts(R"({"type": "integer"})", "1e400"));
  BOOST_TEST(!accepts(R"({"const": 9007199254740993})", "9007199254740992"));
  BOOST_TEST(
      accepts(R"({"enum": [{"a": [1, 2], "b": "\u00e9"}]})", R"({"b": "é", "a": [1, 2.0]})"));
  BOOST_TEST(!accepts(R"({"enum": [false]})", "0"));
  BOOST_TEST(accepts(R"({"properties": {"a\"": {"type": "null"}}})", R"({"a\u0022": null})"));
  BOOST_TEST(!accepts(R"({"properties": {"a\"": {"type": "null"}}})", R"({"a\u0022": 1})"));
}

BOOST_AUTO_TEST_CASE(translates_patterns_of_ecmascript) {
  const auto found = [](std::string_view pattern, std::string_view text) {
    const auto compiled = SchemaPattern::compile(pattern);
    BOOST_REQUIRE(compiled.has_value());
    return compiled->found_in(text);
  };
  BOOST_TEST(!found(R"(^\d$)", "٣"));
  BOOST_TEST(found(R"(^\p{Letter}+$)", "é"));
  BOOST_TEST(found(R"(^\p{Script=Greek}$)", "π"));
  BOOST_TEST(found(R"(^\cC$)", "\x03"));
  BOOST_TEST(found(R"(^\u00e9$)", "é"));
  BOOST_TEST(found(R"(^\ud83d\ude00$)", "😀"));
  BOOST_TEST(found(R"(^\u{1F600}$)", "😀"));
  BOOST_TEST(found(R"(^\s$)", "\u00a0"));
  BOOST_TEST(!found(R"(^\S$)", "\u2003"));
  BOOST_TEST(found(R"(^[\S]$)", "x"));
  BOOST_TEST(!found("^a$", "a\n"));
  BOOST_TEST(!found("^a.b$", "a\rb"));
  BOOST_TEST(found("^[^]$", "\n"));
  BOOST_TEST(!found("[]", "x"));
  BOOST_TEST(found("^[[]$", "["));
  BOOST_TEST(found("(?<year>\\d{4})", "in 1999"));
  BOOST_TEST(found(R"(^\/\-$)", "/-"));
  BOOST_TEST(!SchemaPattern::compile(R"((?<!a)b)").has_value());
  BOOST_TEST(!SchemaPattern::compile(R"(\k<a>)").has_value());
  BOOST_TEST(!SchemaPattern::compile(R"(\u12)").has_value());
  BOOST_TEST(!SchemaPattern::compile("\\").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
