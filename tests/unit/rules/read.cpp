#include "rules/read.hpp"

#include <boost/test/unit_test.hpp>

#include "rules/lint.hpp"

using namespace gird::rules;

namespace {

constexpr std::string_view good = R"([[rule]]
id = "GS-XXE-0001"
class = "xxe"
about = "an entity"
why = "it reads files"
pattern = '(?i)<!entity\s'
literals = ["<!ENTITY"]
severity = "high"
confidence = 0.9
sensitivity = "low"
cwe = 611
since = "0.2"
pos = ["<!ENTITY \u0061", "<!entity b"]
neg = ["<entity>"]
)";

/// The good rule with `from` replaced.
std::string changed(std::string_view from, std::string_view to) {
  std::string text(good);
  const std::size_t at = text.find(from);
  BOOST_REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

/// Each mistake of reading, or of lint, as a line.
std::string mistakes(std::string_view text) {
  auto file = read_rules("a.toml", text);
  std::vector<Mistake> all;
  if (file) {
    std::vector<RuleFile> files;
    files.push_back(std::move(*file));
    all = lint(files);
  } else {
    all = file.error();
  }
  std::string lines;
  for (const Mistake& mistake : all) {
    lines += mistake.where + ": " + mistake.why;
    for (const std::string& hint : mistake.hints) lines += "; " + hint;
    lines += "\n";
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(read_and_lint)

BOOST_AUTO_TEST_CASE(every_key_is_read) {
  const auto file = read_rules("a.toml", good);
  BOOST_REQUIRE(file.has_value());
  const Rule& rule = file->rules.at(0);
  BOOST_TEST(rule.id == "GS-XXE-0001");
  BOOST_TEST(rule.class_name == "xxe");
  BOOST_TEST(rule.pattern == "(?i)<!entity\\s");
  BOOST_TEST((rule.severity == Severity::high));
  BOOST_TEST((rule.sensitivity == Sensitivity::low));
  BOOST_TEST(rule.confidence == 0.9);
  BOOST_TEST(rule.cwe == 611U);
  BOOST_TEST(rule.pos.at(0) == "<!ENTITY a");
  BOOST_TEST(rule.neg.size() == 1U);
  BOOST_TEST(mistakes(good) == "");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_has_its_place) {
  BOOST_TEST(mistakes(changed("severity =", "severty =")) ==
             "a.toml:8:1: unknown key 'severty'; did you mean severity?\n"
             "a.toml:1:1: the rule has no 'severity'\n");
  BOOST_TEST(mistakes(changed("\"high\"", "\"bad\"")) ==
             "a.toml:8:12: 'severity' must be info, low, medium, high or critical\n");
  BOOST_TEST(mistakes(changed("0.9", "1.5")) ==
             "a.toml:9:14: 'confidence' must be a number from 0 to 1\n");
  BOOST_TEST(mistakes(changed("611", "\"611\"")) == "a.toml:11:7: 'cwe' must be a number of CWE\n");
  BOOST_TEST(mistakes(changed("[\"<entity>\"]", "[1]")) ==
             "a.toml:14:7: 'neg' must be a list of texts\n");
  BOOST_TEST(mistakes(changed("[[rule]]", "[[rules]]")) ==
             "a.toml:1:3: unknown table 'rules': rules are tables [[rule]]\n");
  BOOST_TEST(mistakes("rule = 1").starts_with("a.toml:1:1: 'rule' must be"));
  BOOST_TEST(mistakes("[[rule").starts_with("a.toml:1:"));
  BOOST_TEST(mistakes("") == "");
}

BOOST_AUTO_TEST_CASE(lint_knows_a_poor_rule) {
  const auto lints = [](std::string_view from, std::string_view to) {
    const std::string line = mistakes(changed(from, to));
    const std::string head = "a.toml:1:1: GS-XXE-0001: ";
    return line.starts_with(head) ? line.substr(head.size()) : line;
  };
  BOOST_TEST(lints("literals = [\"<!ENTITY\"]", "") ==
             "a pattern has literals, of 3 bytes at least\n");
  BOOST_TEST(lints("\"<!ENTITY\"", "\"<!\"") == "a pattern has literals, of 3 bytes at least\n");
  BOOST_TEST(lints("<!entity", "(<!entity|<e>)") ==
             "the pattern may be found in a text without its literals\n");
  BOOST_TEST(lints("(?i)<!entity", "(?i)<!en(") != "");
  BOOST_TEST(lints("why = \"it reads files\"", "why = \"\"") ==
             "'about' and 'why' say something\n");
  BOOST_TEST(lints("pattern =", "sign = \"a/b\"\npattern =") == "a rule has a sign or a pattern\n");
  BOOST_TEST(lints("[\"<entity>\"]", "[]") == "'pos' and 'neg' have an example each\n");
  BOOST_TEST(lints("\"<entity>\"", "\"<!entity b\"") == "an example is in 'pos' and in 'neg'\n");
  BOOST_TEST(mistakes(changed("GS-XXE-0001", "xxe-1")).ends_with("an id is like GS-CSV-0001\n"));
  BOOST_TEST(mistakes(std::string(good) + std::string(good)) ==
             "a.toml:15:1: GS-XXE-0001: the id is taken at a.toml:1:1\n");
}

BOOST_AUTO_TEST_SUITE_END()
