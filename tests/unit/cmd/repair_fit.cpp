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

void give(const Fitted& fitted, const json::Repaired& repaired, Taken& taken) {
  give_fitted(
      fitted, repaired.repairs, repaired.text.size(),
      [&](Stretch part) {
        taken.text(std::string_view(repaired.text).substr(part.from, part.to - part.from));
      },
      taken);
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
  const auto repaired = json::repair_json("['1', /**/ 2, '3',]").value();
  const SchemaTask task = task_of(integers, json::Coercion::standard);
  const json::Settings settings;
  Fitter fitter(task, settings);
  const std::vector<Stretch> documents{{0, repaired.text.size()}};
  const auto fitted = fitter.fit(repaired.text, documents, repaired.repairs).value();
  Taken taken;
  give(fitted, repaired, taken);
  BOOST_TEST(taken.out == "[1,  2, 3]");
  BOOST_TEST_REQUIRE(taken.repairs.size() == 6);
  std::uint64_t before = 0;
  for (const json::Repair& repair : taken.repairs) {
    BOOST_TEST(repair.offset >= before);
    before = repair.offset;
    if (repair.kind != json::Kind::coercion) continue;
    BOOST_TEST(taken.out.substr(repair.output_offset, repair.inserted) == repair.after);
  }
  BOOST_TEST(taken.repairs[4].offset == 14);
}

BOOST_AUTO_TEST_CASE(a_default_stands_in_front_of_the_bracket_that_was_missing) {
  const auto repaired = json::repair_json(R"({"a":1,)").value();
  const SchemaTask task =
      task_of(R"({"properties":{"b":{"default":2}}})", json::Coercion::standard);
  const json::Settings settings;
  Fitter fitter(task, settings);
  const std::vector<Stretch> documents{{0, repaired.text.size()}};
  const auto fitted = fitter.fit(repaired.text, documents, repaired.repairs).value();
  Taken taken;
  give(fitted, repaired, taken);
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
