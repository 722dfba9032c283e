// However the input is cut, the result is the same.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "json/pieces.hpp"

namespace data = boost::unit_test::data;
using namespace gird::json;

namespace {

std::string many(std::size_t count, std::string_view what) {
  std::string text;
  for (; count > 0; --count) text += what;
  return text;
}

/// What is told of a repair.
std::string line_of(const Repair& repair) {
  return std::to_string(repair.offset) + "+" + std::to_string(repair.removed) + " " +
         std::string(facts_of(repair.kind).name) + " " + repair.before + " -> " + repair.after;
}

/// The output and all repairs, or the reason why there is none.
std::string told(const std::expected<Repaired, Refusal>& repaired) {
  if (!repaired) return repaired.error().what + " at " + std::to_string(repaired.error().offset);
  std::string all = repaired->text;
  for (const Repair& repair : repaired->repairs) all += "\n" + line_of(repair);
  return all;
}

void check(const std::string& text, const Settings& settings = {}) {
  const std::string whole = told(repair_json(text, settings));
  for (std::size_t size = 1; size < text.size(); ++size) {
    BOOST_TEST(told(repair_in_pieces(text, size, settings)) == whole);
  }
}

const std::vector<std::string> texts{
    R"(["a""""""""1])", R"([0'''''''')",       "\"a\"" + many(26, "\""),
    R"(["""a])",        R"(["""a, 'b', """])", R"({"""a": '''b"})",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(cuts)

BOOST_DATA_TEST_CASE(change_nothing_in_short_texts, data::make(texts), text) { check(text); }

std::string largest(std::string_view text) {
  Settings settings;
  settings.extract = Extract::largest;
  const auto repaired = repair_json(text, settings);
  settings.only_document = 0;
  if (!repaired) return repaired.error().what;
  check(repaired->text, settings);
  return repaired->text;
}

BOOST_AUTO_TEST_CASE(change_nothing_in_the_largest_document) {
  BOOST_TEST(largest("{\"a\": 1}\n[1, 2, [3, 4, 5,]]\n") == "[1, 2, [3, 4, 5]]\n");
  BOOST_TEST(largest("see [1] and {\"a\": [true]} or {}.\n") == "{\"a\": [true]}\n");
  BOOST_TEST(largest("[1]\n\n") == "[1]\n\n");
  BOOST_TEST(largest("[1] [2]") == "[1]");
  BOOST_TEST(largest("[1] [[[[2") == "[[[[2]]]]");
  BOOST_TEST(largest("just text") == "\"just text\"");
  Settings second;
  second.extract = Extract::largest;
  second.only_document = 1;
  for (const std::string text : {"a [1] b {\"c\": 2,} d\n\n", "[1]\n[2]\n[3]\n", "[1]{\"a\":\"b"}) {
    check(text, second);
  }
}

BOOST_AUTO_TEST_CASE(change_nothing_behind_an_odd_bracket) {
  const std::string far = "\"" + std::string(300, 'x') + "\"";
  check("[[([" + far + "], 2, 3)]]");
  Settings shallow;
  shallow.most_depth = 4;
  check("[{1, {\"a\": [[2]]}}]", shallow);
}

// Each quote of a run that is longer than what is in reach is looked at once.
BOOST_AUTO_TEST_CASE(change_nothing_in_long_runs_of_quotes) {
  for (const std::string_view start : {"", "[\"a", "[0", "{\"a\": \""}) {
    for (const std::string_view quote : {"\"", "'"}) {
      const std::string text = std::string(start) + many(1'000'000, quote);
      BOOST_TEST((told(repair_in_pieces(text, 10'000, {})) == told(repair_json(text))));
    }
  }
}

BOOST_AUTO_TEST_CASE(change_no_excerpt_of_long_removals) {
  const std::string text = "[1] [2] " + many(100, "words \u00e9 ") + "\n";
  Settings first;
  first.sequence = Sequence::first;
  const std::string whole = told(repair_json(text, first));
  for (const std::size_t size : {1, 2, 3, 7, 300}) {
    BOOST_TEST((told(repair_in_pieces(text, size, first)) == whole));
  }
}

BOOST_AUTO_TEST_SUITE_END()
