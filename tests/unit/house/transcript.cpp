// The parts of the transcript runner: pages, comparison, what a session printed.
#include <boost/test/unit_test.hpp>

#include "transcript/compare.hpp"
#include "transcript/document.hpp"
#include "transcript/session.hpp"

namespace gird::transcript {
namespace {

using Lines = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(dots_in_a_line_stand_for_any_text) {
  BOOST_TEST(line_matches("a", "a"));
  BOOST_TEST(!line_matches("a", "a "));
  BOOST_TEST(!line_matches("a", "b"));
  BOOST_TEST(line_matches("took ...s", "took 1.5s"));
  BOOST_TEST(line_matches("took ...s", "took s"));
  BOOST_TEST(!line_matches("took ...s", "took 1.5 s!"));
  BOOST_TEST(line_matches("...b...", "abc"));
  BOOST_TEST(line_matches("a...b...c", "a b b c"));
  BOOST_TEST(!line_matches("a...b...c", "a c c"));
  // The end must not be found twice in the same text.
  BOOST_TEST(!line_matches("aa...aa", "aaa"));
  BOOST_TEST(line_matches("x...ab...b", "xabb"));
  BOOST_TEST(!line_matches("x...ab...b", "xab"));
}

bool agrees(const Lines& expected, const Lines& actual) {
  return is_match(compared(expected, actual));
}

BOOST_AUTO_TEST_CASE(a_line_of_dots_skips_lines) {
  BOOST_TEST(agrees({}, {}));
  BOOST_TEST(agrees({"..."}, {}));
  BOOST_TEST(agrees({"..."}, {"a", "b"}));
  BOOST_TEST(agrees({"a", "...", "c"}, {"a", "c"}));
  BOOST_TEST(agrees({"a", "...", "c"}, {"a", "b", "c", "b", "c"}));
  BOOST_TEST(!agrees({"a", "...", "c"}, {"a", "b"}));
  BOOST_TEST(!agrees({"a", "...", "c"}, {"a", "c", "b"}));
  BOOST_TEST(agrees({"...", "x", "...", "y"}, {"1", "x", "2", "x", "y"}));
  BOOST_TEST(!agrees({"a"}, {}));
  BOOST_TEST(!agrees({}, {"a"}));
  BOOST_TEST(!agrees({"", "a"}, {"a"}));
}

BOOST_AUTO_TEST_CASE(accepting_keeps_what_still_matches) {
  const auto accept = [](const Lines& expected, const Lines& actual) {
    return accepted(compared(expected, actual));
  };
  BOOST_TEST((accept({"took ...s", "old"}, {"took 1s", "new"}) == Lines{"took ...s", "new"}));
  BOOST_TEST(
      (accept({"a", "...", "z"}, {"a", "b", "c", "z", "new"}) == Lines{"a", "...", "z", "new"}));
  BOOST_TEST((accept({}, {"a"}) == Lines{"a"}));
  BOOST_TEST((accept({"a"}, {}) == Lines{}));
}

BOOST_AUTO_TEST_CASE(output_is_split_and_a_missing_newline_is_seen) {
  BOOST_TEST((output_lines("") == Lines{}));
  BOOST_TEST((output_lines("a\n\nb\n") == Lines{"a", "", "b"}));
  BOOST_TEST((output_lines("a\nb") == Lines{"a", "b (no-eol)"}));
}

BOOST_AUTO_TEST_CASE(a_page_is_read_into_cases) {
  const auto page = read_document("page.md",
                                  "# one\ntext\n```console\n$ a\n> b\nout\n[7]\n$ c\n```\n"
                                  "```sh\n# not a heading\n$ not a command\n```\n"
                                  "#### too deep\n## two\n```toml file=x/y.toml\nk = 1\n```\n"
                                  "````console\n$ d\n````\n# three without commands\n");
  BOOST_REQUIRE(page.has_value());
  BOOST_REQUIRE(page->cases.size() == 2);
  const Case& one = page->cases[0];
  BOOST_TEST(one.title == "one");
  BOOST_REQUIRE(one.steps.size() == 2);
  BOOST_TEST(one.steps[0].text == "a\nb");
  BOOST_TEST((one.steps[0].expected == Lines{"out"}));
  BOOST_TEST(one.steps[0].status == 7);
  BOOST_TEST(one.steps[0].line == 4);
  BOOST_TEST(one.steps[1].status == 0);
  const Case& two = page->cases[1];
  BOOST_REQUIRE(two.steps.size() == 2);
  BOOST_TEST(two.steps[0].file == "x/y.toml");
  BOOST_TEST(two.steps[0].text == "k = 1\n");
  BOOST_TEST(two.steps[1].text == "d");
}

BOOST_AUTO_TEST_CASE(rewriting_touches_answers_only) {
  const std::string text = "# one\n```console\n$ a\nold\n$ b\n$ c\nkept\n```\nend\n";
  const auto page = read_document("page.md", text);
  BOOST_REQUIRE(page.has_value());
  const auto& steps = page->cases[0].steps;
  BOOST_TEST(rewritten(*page, {}) == text);
  BOOST_TEST(rewritten(*page, {{&steps[0], {"new", "[3]"}}, {&steps[1], {"more"}}}) ==
             "# one\n```console\n$ a\nnew\n[3]\n$ b\nmore\n$ c\nkept\n```\nend\n");
}

BOOST_AUTO_TEST_CASE(some_output_cannot_be_written_down) {
  for (const char* line : {"$ rm", "> x", "```", "[7]", "````console"})
    BOOST_TEST(misread(line), line);
  for (const char* line : {"$", "$x", "``", "[0]", "[256]", "[x]", " [7]", "..."}) {
    BOOST_TEST(!misread(line), line);
  }
}

}  // namespace
}  // namespace gird::transcript
