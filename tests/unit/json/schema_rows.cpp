// The schema rows of json_repair's suite, where it is at hand: repaired, then coerced.
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "json/pointer.hpp"
#include "json/repairer.hpp"
#include "json/same_value.hpp"
#include "json/schema_coerce.hpp"
#include "json/settings.hpp"
#include "json/shared_data.hpp"
#include "json/string_value.hpp"
#include "json/tape.hpp"

namespace gird::json {
namespace {

/// Its only difference from a row that wants the value 1 is a call that skips the coercion.
constexpr std::string_view contradictory =
    "schema_guided_parse/schema_skip_json_loads_keeps_parser_path_for_scalars/2";

class Row {
 public:
  explicit Row(std::string_view line) { BOOST_REQUIRE(tape_.read(line).has_value()); }

  [[nodiscard]] std::string string(std::string_view name) const {
    return unescaped(tape_.inside_of(*member_of(tape_, 0, name)));
  }
  [[nodiscard]] std::optional<std::size_t> option(std::string_view name) const {
    const auto options = member_of(tape_, 0, "options");
    return options ? member_of(tape_, *options, name) : std::nullopt;
  }
  [[nodiscard]] std::string_view schema() const { return tape_.text_of(*option("schema")); }
  [[nodiscard]] Coercion how() const {
    const auto mode = option("schema_repair_mode");
    return mode && tape_.inside_of(*mode) == "salvage" ? Coercion::salvage : Coercion::standard;
  }
  [[nodiscard]] std::optional<std::size_t> wanted() const {
    return member_of(tape_, 0, "expect_value");
  }
  [[nodiscard]] const Tape& tape() const { return tape_; }

 private:
  Tape tape_;
};

/// The text that a row becomes, or nothing where it is refused.
std::optional<std::string> answer(const Row& row) {
  const auto schema = Schema::compile(row.schema());
  if (!schema) return std::nullopt;
  const auto repaired = repair_json(row.string("input"), settings_of(Profile::llm));
  if (!repaired) return std::nullopt;
  auto result = coerce(*schema, row.how(), repaired->text, repaired->repairs, 1);
  if (!result || !result->verdict.valid) return std::nullopt;
  return std::move(result->text);
}

bool right(const Row& row, const std::optional<std::string>& text) {
  if (!row.wanted() || !text) return !row.wanted() && !text;
  Tape tape;
  BOOST_REQUIRE(tape.read(*text).has_value());
  return same_value({tape, 0}, {row.tape(), *row.wanted()});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_schema_rows)

BOOST_AUTO_TEST_CASE(coerces_what_json_repair_does) {
  for (const std::string& line : shared_lines("json_repair_py-dev.ndjson")) {
    const Row row(line);
    if (!row.option("schema") || row.string("id") == contradictory) continue;
    const auto text = answer(row);
    BOOST_TEST(right(row, text), row.string("id") << " gave " << text.value_or("a refusal"));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
