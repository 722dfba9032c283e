// The official test suites of JSON Schema, where they are at hand.
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "json/pointer.hpp"
#include "json/schema.hpp"
#include "json/shared_data.hpp"
#include "json/tape.hpp"

namespace gird::json {
namespace {

/// A row as its members' own texts: no number is rounded on the way.
class Row {
 public:
  explicit Row(std::string_view line) { BOOST_REQUIRE(tape_.read(line).has_value()); }
  [[nodiscard]] std::string_view text(std::string_view name) const {
    return tape_.text_of(*member_of(tape_, 0, name));
  }
  [[nodiscard]] std::string_view string(std::string_view name) const {
    return tape_.inside_of(*member_of(tape_, 0, name));
  }

 private:
  Tape tape_;
};

SchemaTexts remote_texts() {
  SchemaTexts texts;
  for (const std::string& line : shared_lines("schema-remotes.ndjson")) {
    const Row row(line);
    texts.emplace(row.string("uri"), row.text("schema"));
  }
  return texts;
}

struct Suite {
  std::string_view file;
  Draft draft;
  std::size_t rows;
};

constexpr std::array<Suite, 2> suites{{{"schema-2020-12.ndjson", Draft::draft_2020_12, 1299},
                                       {"schema-7.ndjson", Draft::draft_7, 927}}};

std::ostream& operator<<(std::ostream& out, const Suite& suite) { return out << suite.file; }

/// Why the row went wrong, or nothing.
std::string judged_wrong(const Row& row, const SchemaTexts& texts, Draft draft) {
  const auto schema = Schema::compile(row.text("schema"), texts, draft);
  if (!schema) return schema.error().pointer + ": " + schema.error().what;
  const bool wanted = row.text("valid") == "true";
  Validator validator(*schema);
  const std::string_view document = row.text("data");
  const auto quick = validator.accepts(document);
  if (!quick) return quick.error().what;
  const auto verdict = validator.check(document, 100);
  if (!verdict) return verdict.error().what;
  if (*quick != wanted) return "said otherwise";
  if (verdict->valid != wanted || verdict->violations.empty() != wanted) {
    return "said otherwise when all violations were asked for";
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_schema_suite)

BOOST_DATA_TEST_CASE(judges_every_row_of_the_official_suite, suites, suite) {
  const auto lines = shared_lines(suite.file);
  if (lines.empty()) return;  // the data is not part of the project
  BOOST_TEST(lines.size() == suite.rows);
  const SchemaTexts texts = remote_texts();
  for (const std::string& line : lines) {
    const Row row(line);
    const std::string why = judged_wrong(row, texts, suite.draft);
    BOOST_TEST(why.empty(), row.text("id") << " " << why << " " << row.text("note"));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
