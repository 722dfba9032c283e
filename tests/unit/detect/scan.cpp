#include "detect/scan.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "rules/read.hpp"

using namespace gird;
using detect::Scanner;
using detect::Settings;
using rules::Sensitivity;

namespace {

constexpr std::string_view text = R"~(
[[rule]]
id = "T-CSV-0001"
class = "csv"
about = "a"
why = "w"
sign = "csv/call"
severity = "medium"
confidence = 0.9
sensitivity = "medium"
since = "1"
pos = ["=A(1)"]
neg = ["a"]
[[rule]]
id = "T-XXE-0001"
class = "xxe"
about = "a"
why = "w"
pattern = "(?i)<!entity\\s"
literals = ["<!entity"]
severity = "high"
confidence = 0.9
sensitivity = "low"
since = "1"
pos = ["<!ENTITY a"]
neg = ["a"]
)~";

struct Sample {
  rules::RuleFile file = std::move(*rules::read_rules("sample.toml", text));
  std::vector<std::uint32_t> numbers = rules::pack(file.rules);

  std::string found(std::string_view input, Settings settings = {}) const {
    Scanner scanner(rules::Book(numbers), std::move(settings));
    std::string all;
    for (const detect::Finding& finding : scanner.scan(input)) {
      all += std::string(scanner.book().id(finding.rule)) + " " +
             std::to_string(finding.raw.begin) + "-" + std::to_string(finding.raw.end) + ";";
    }
    return all;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scan)

BOOST_AUTO_TEST_CASE(signs_and_patterns_are_found_where_they_are) {
  const Sample sample;
  BOOST_TEST(sample.found("=SUM(1,1)") == "T-CSV-0001 0-5;");
  BOOST_TEST(sample.found("a <!Entity x") == "T-XXE-0001 2-11;");
  BOOST_TEST(sample.found("=SUM(<!ENTITY x <!ENTITY y)") == "T-CSV-0001 0-5;T-XXE-0001 5-14;");
  BOOST_TEST(sample.found("<!ENTITY") == "");
  BOOST_TEST(sample.found("") == "");
}

BOOST_AUTO_TEST_CASE(a_rule_speaks_at_its_sensitivity_and_above) {
  const Sample sample;
  BOOST_TEST(sample.found("=SUM(1,1)", {Sensitivity::low, {}}) == "");
  BOOST_TEST(sample.found("=SUM(1,1)", {Sensitivity::high, {}}) == "T-CSV-0001 0-5;");
  BOOST_TEST(sample.found("=SUM(1,1)", {Sensitivity::low, {{"csv", Sensitivity::medium}}}) ==
             "T-CSV-0001 0-5;");
  BOOST_TEST(sample.found("=SUM(1,1)", {Sensitivity::high, {{"csv", Sensitivity::low}}}) == "");
}

BOOST_AUTO_TEST_CASE(a_scanner_forgets_the_text_before) {
  const Sample sample;
  Scanner scanner(rules::Book(sample.numbers), {});
  for (int turn = 0; turn < 3; ++turn) {
    BOOST_TEST(scanner.scan("<!ENTITY x").size() == 1U);
    BOOST_TEST(scanner.scan("nothing").empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
