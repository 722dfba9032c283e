// Documents and a schema: where violations and coercions stand in the input and in the output.
#include "shared/repair_fit.hpp"

#include <boost/test/unit_test.hpp>

namespace gird {
namespace {

SchemaTask task_of(std::string_view schema, std::optional<json::Coercion> coerce = {}) {
  return {json::Schema::compile(schema).value(), coerce};
}

/// Takes what is given, and counts where it is.
class Taken final : public json::Sink {
 public:
  void text(std::string_view bytes) override { out += bytes; }
  void repaired(const json::Repair& repair) override { repairs.push_back(repair); }

  std::string out;
  std::vector<json::Repair> repairs;
};

void give(std::string_view input, const Fitted& fitted, const json::Repaired& repaired,
          Taken& taken) {
  give_merged(
      {.input = input, .text = repaired.text, .repairs = repaired.repairs}, fitted.edits,
      [&](Stretch part) {
        taken.text(std::string_view(repaired.text).substr(part.from, part.to - part.from));
      },
      taken);
}

/// `input` with what was told; short enough to be told whole.
std::string with_repairs(std::string_view input, const std::vector<json::Repair>& repairs) {
  std::string out;
  std::uint64_t at = 0;
  for (const json::Repair& repair : repairs) {
    out += input.substr(at, repair.offset - at);
    out += repair.after;
    at = repair.offset + repair.removed;
  }
  return out.append(input.substr(at));
}

constexpr std::string_view integers = R"({"items":{"type":"integer"}})";

BOOST_AUTO_TEST_SUITE(repair_fit)

BOOST_AUTO_TEST_CASE(violations_are_at_their_places_in_the_input_of_the_second_document_too) {
  const auto repaired = json::repair_json("['a',]\n[1, 'b']").value();
  const SchemaTask task = task_of(integers);
  const json::Settings settings;
  Fitter fitter(task, settings);
  const std::vector<Stretch> documents{{0, 5}, {6, repaired.text.size()}};
  const auto fitted = fitter.fit(repaired.text, documents, repaired.repairs).value();
  BOOST_TEST_REQUIRE(fitted.violations.size() == 2);
  BOOST_TEST(fitted.violations[0].offset == 1);
  BOOST_TEST(fitted.violations[1].offset == 11);
  BOOST_TEST(violation_text(fitted.violations[1]) == "/1: 'b' is a string, not an integer (type)");
  BOOST_TEST(fitted.edits.empty());
}

BOOST_AUTO_TEST_CASE(both_kinds_of_repairs_are_told_in_order_with_their_places_in_the_output) {
  const std::string input = "['1', /**/ 2, '3',]";
  const auto repaired = json::repair_json(input).value();
  const SchemaTask task = task_of(integers, json::Coercion::standard);
  const json::Settings settings;
  Fitter fitter(task, settings);
  const std::vector<Stretch> documents{{0, repaired.text.size()}};
  const auto fitted = fitter.fit(repaired.text, documents, repaired.repairs).value();
  Taken taken;
  give(input, fitted, repaired, taken);
  BOOST_TEST(taken.out == "[1,  2, 3]");
  BOOST_TEST_REQUIRE(taken.repairs.size() == 4);
  BOOST_TEST(with_repairs(input, taken.repairs) == taken.out);
  BOOST_TEST(taken.repairs[2].offset == 14);
  BOOST_TEST(taken.repairs[2].before == "'3'");
  BOOST_TEST(taken.repairs[2].after == "3");
}

/// Repairs a text and coerces it: what is told has to lead from the input to the output.
std::string coerced(std::string_view input, std::string_view schema,
                    std::vector<json::Repair>* repairs = nullptr) {
  const auto repaired = json::repair_json(input).value();
  const SchemaTask task = task_of(schema, json::Coercion::salvage);
  const json::Settings settings;
  Fitter fitter(task, settings);
  const std::vector<Stretch> documents{{0, repaired.text.size()}};
  const auto fitted = fitter.fit(repaired.text, documents, repaired.repairs).value();
  Taken taken;
  give(input, fitted, repaired, taken);
  BOOST_TEST(with_repairs(input, taken.repairs) == taken.out);
  for (const json::Repair& repair : taken.repairs) {
    BOOST_TEST(taken.out.substr(repair.output_offset, repair.inserted) == repair.after);
    BOOST_TEST(input.substr(repair.offset, repair.removed) == repair.before);
  }
  if (repairs != nullptr) *repairs = taken.repairs;
  return taken.out;
}

BOOST_AUTO_TEST_CASE(what_is_told_leads_from_the_input_to_the_output) {
  constexpr std::string_view known =
      R"({"properties":{"a":{"type":"integer"},"b":{"type":"array"},"c":{"default":1}},)"
      R"("additionalProperties":false})";
  BOOST_TEST(coerced("{a: '1', b: 'x', zz: [1, 'y',],}", known) ==
             R"({"a": 1, "b": ["x"], "c": 1})");
  BOOST_TEST(coerced("{a: /* c */ '1' /* d */, b: }", known) == R"({"a":  1 , "b": [], "c": 1})");
  BOOST_TEST(coerced("{'zz': {'k': tru, }", known) == R"({"c": 1})");
  BOOST_TEST(coerced("{a: \"1", known) == R"({"a": 1, "c": 1})");
  BOOST_TEST(coerced("{b: \"x\" + 'y'}", known) == R"({"b": ["xy"], "c": 1})");
  BOOST_TEST(coerced("['1' '2'", integers) == "[1, 2]");
  BOOST_TEST(coerced("[\"1\", \u201c2\u201d, 0x3]", integers) == "[1, 2, 3]");
}

BOOST_AUTO_TEST_CASE(an_edit_is_no_surer_than_the_repairs_that_it_stands_for) {
  std::vector<json::Repair> repairs;
  BOOST_TEST(coerced("[\"1", integers, &repairs) == "[1]");
  BOOST_TEST_REQUIRE(repairs.size() == 2);
  BOOST_TEST(bool(repairs[0].kind == json::Kind::coercion));
  BOOST_TEST(bool(repairs[0].confidence == json::Confidence::guess));
  BOOST_TEST(repairs[0].before == "\"1");
}

BOOST_AUTO_TEST_CASE(a_default_stands_in_front_of_the_bracket_that_was_missing) {
  constexpr std::string_view input = R"({"a":1,)";
  const auto repaired = json::repair_json(input).value();
  const SchemaTask task =
      task_of(R"({"properties":{"b":{"default":2}}})", json::Coercion::standard);
  const json::Settings settings;
  Fitter fitter(task, settings);
  const std::vector<Stretch> documents{{0, repaired.text.size()}};
  const auto fitted = fitter.fit(repaired.text, documents, repaired.repairs).value();
  Taken taken;
  give(input, fitted, repaired, taken);
  BOOST_TEST(taken.out == R"({"a":1, "b": 2})");
  BOOST_TEST_REQUIRE(taken.repairs.size() == 3);
  BOOST_TEST(bool(taken.repairs[0].kind == json::Kind::trailing_comma));
  BOOST_TEST(bool(taken.repairs[1].kind == json::Kind::default_value));
  BOOST_TEST(bool(taken.repairs[2].kind == json::Kind::missing_end));
  BOOST_TEST(taken.repairs[2].output_offset == taken.out.size() - 1);
}

BOOST_AUTO_TEST_CASE(coercions_that_the_settings_do_not_allow_are_refused) {
  const SchemaTask task = task_of(integers, json::Coercion::standard);
  const std::vector<Stretch> documents{{0, 10}};
  json::Settings careful;
  careful.least = json::Confidence::certain;
  const auto refused = Fitter(task, careful).fit(R"([1, "2",3])", documents, {});
  BOOST_TEST_REQUIRE(!refused.has_value());
  BOOST_TEST(bool(refused.error().why == json::Refusal::Why::forbidden));
  BOOST_TEST(refused.error().offset == 4);
  json::Settings few;
  few.most_repairs = 0;
  const auto many = Fitter(task, few).fit(R"([1, "2",3])", documents, {});
  BOOST_TEST_REQUIRE(!many.has_value());
  BOOST_TEST(bool(many.error().why == json::Refusal::Why::too_many));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
