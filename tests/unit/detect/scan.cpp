#include "detect/scan.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "detect/compiled.hpp"
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

BOOST_AUTO_TEST_CASE(what_is_encoded_is_found_where_it_stands_in_the_text) {
  const Sample sample;
  BOOST_TEST(sample.found("x=%3c!entity%20a") == "T-XXE-0001 2-15;");
  Scanner scanner(rules::Book(sample.numbers), {});
  const auto findings = scanner.scan("x=%3c!entity%20a");
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST((findings[0].view == detect::Span{2, 11}));
  BOOST_TEST(findings[0].steps.words().at(0) == "url");
}

BOOST_AUTO_TEST_CASE(a_rule_speaks_of_the_view_with_the_least_taken_off) {
  const Sample sample;
  Scanner scanner(rules::Book(sample.numbers), {Sensitivity::high, {}, true});
  const auto findings = scanner.scan("%253c!entity%2520a &lt;!entity b");
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST(findings[0].raw.begin == 19U);
  BOOST_TEST(findings[0].steps.count() == 1U);
}

BOOST_AUTO_TEST_CASE(views_are_left_alone_where_the_text_is_convicted) {
  const Sample sample;
  const std::string_view json = R"~(["<!entity a", "\u003dSUM(1)"])~";
  BOOST_TEST(sample.found(json) == "T-XXE-0001 2-11;");
  BOOST_TEST(
      sample.found(json, {Sensitivity::medium, {}, true}).starts_with("T-XXE-0001 2-11;T-CSV"));
}

BOOST_AUTO_TEST_CASE(a_scanner_forgets_the_text_before) {
  const Sample sample;
  Scanner scanner(rules::Book(sample.numbers), {});
  for (int turn = 0; turn < 3; ++turn) {
    BOOST_TEST(scanner.scan("<!ENTITY x").size() == 1U);
    BOOST_TEST(scanner.scan("nothing").empty());
  }
}

BOOST_AUTO_TEST_CASE(
    bytes_for_a_terminal_count_as_bytes_and_in_url_and_json_but_not_in_source_code) {
  Scanner scanner(detect::compiled_rules(), {});
  const auto flags = [&](std::string_view input) { return !scanner.scan(input).empty(); };
  BOOST_TEST(flags("a\x1b[2Jb"));
  BOOST_TEST(flags("a%1b[2Jb"));
  BOOST_TEST(flags("a%1b[2J \\x41"));
  BOOST_TEST(flags(R"({"title": "a\u001b[2Jb"})"));
  BOOST_TEST(flags("name%e2%80%aegpj.exe"));
  BOOST_TEST(!flags("print(\"a\\x1b[2Jb\")"));
  BOOST_TEST(!flags("print(\"a\\033[2Jb\")"));
  BOOST_TEST(!flags("const rlo = '\\u202e';"));
}

BOOST_AUTO_TEST_SUITE_END()
