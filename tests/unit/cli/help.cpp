// Help texts of a small catalogue, and the breaking of lines.
#include "cli/help.hpp"

#include <boost/test/unit_test.hpp>

#include "cli/groups.hpp"
#include "cli/plain.hpp"
#include "cli/wrap.hpp"
#include "unit/cli/sample.hpp"

namespace gird::cli {
namespace {

constexpr std::array<Page, 3> pages{{
    {"wrap-it",
     "# gird wrap-it\n\nlead\n\n## Exit status\n9 is odd.\n\n## Examples\nFirst:\n\n"
     "```console\n$ printf x\nx\n$ gird wrap-it -- one\n1\n$ gird wrap-it -- two\n"
     "$ gird wrap-it -- three\n```\n\n## See also\nzz(1), env(1), env(1), proc(5)\n"},
    {"filter", "# gird filter\n"},
    {"gird-config.5", "# gird-config(5): files\n\nText of the topic.\n"},
}};
const Catalogue documented{sample::commands, pages, "1.2.3", "2026-11-21"};

std::string wrapped(std::string_view text, std::size_t indent, std::size_t hang = 0) {
  std::string out;
  append_wrapped(out, text, indent, hang);
  return out;
}

/// The line of `text` that contains `part`.
std::string line_with(std::string_view text, std::string_view part) {
  const std::size_t at = text.find(part);
  if (at == text.npos) return "no line";
  const std::size_t begin = text.rfind('\n', at) + 1;
  return std::string(text.substr(begin, text.find('\n', at) - begin));
}

BOOST_AUTO_TEST_SUITE(help)

BOOST_AUTO_TEST_CASE(lines_end_before_column_80) {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word ";
  const std::string text = wrapped(words, 7, 2);
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    BOOST_TEST(text.find('\n', at) - at <= page_width);
    BOOST_TEST(text.find_first_not_of(' ', at) - at == (count == 0 ? 7 : 9));
    ++count;
  }
  BOOST_TEST(count == 5);
}

BOOST_AUTO_TEST_CASE(text_goes_on_behind_a_label_that_leaves_room) {
  std::string near = "  --ab";
  append_wrapped(near, "text", 8);
  BOOST_TEST(near == "  --ab  text\n");
  std::string far = "  --abc";
  append_wrapped(far, "text", 8);
  BOOST_TEST(far == "  --abc\n        text\n");
}

BOOST_AUTO_TEST_CASE(a_word_that_fits_nowhere_stands_alone) {
  const std::string word(100, 'x');
  BOOST_TEST(wrapped("a " + word + " b", 2) == "  a\n  " + word + "\n  b\n");
}

BOOST_AUTO_TEST_CASE(letters_count_as_one_column_whatever_their_bytes) {
  BOOST_TEST(columns("na\xc3\xafve \xe2\x80\x93") == 7);
}

BOOST_AUTO_TEST_CASE(usage_names_what_may_stand_there) {
  const Form wrap = form_of(sample::wrapper);
  BOOST_TEST(usage(sample::wrapper, wrap.rows) == "gird wrap-it [options] [--] COMMAND [ARG...]");
  const Form filter = form_of(sample::filter);
  BOOST_TEST(usage(sample::filter, filter.rows) == "gird filter [options] FILE");
}

BOOST_AUTO_TEST_CASE(short_help_has_two_examples_and_the_common_options) {
  const std::string text = short_help(sample::wrapper, documented);
  BOOST_TEST(text.starts_with("gird wrap-it: wrap a command\n\nUsage: gird wrap-it "));
  BOOST_TEST(text.contains("\n  gird wrap-it -- two\n"));
  BOOST_TEST(!text.contains("three"));
  BOOST_TEST(!text.contains("printf"));
  BOOST_TEST(line_with(text, "--attempts") ==
             "  -n, --attempts N          give up after N attempts [3]");
  BOOST_TEST(!text.contains("--factor"));
  BOOST_TEST(text.contains("--help"));
}

BOOST_AUTO_TEST_CASE(long_help_has_its_parts_in_order) {
  const std::string text = long_help(sample::wrapper, documented);
  std::size_t last = 0;
  for (const char* part : {"\nUSAGE\n", "\nEXAMPLES\n", "\nOPTIONS\n", "\nWork:\n",
                           "\nCommon options:\n", "\nEXIT STATUS\n", "\nSEE ALSO\n"}) {
    const std::size_t at = text.find(part);
    BOOST_TEST_REQUIRE(at != text.npos, part);
    BOOST_TEST(at > last, part);
    last = at;
  }
  BOOST_TEST(text.contains("    $ gird wrap-it -- three\n"));
}

BOOST_AUTO_TEST_CASE(options_tell_default_choices_and_variable) {
  const std::string text = long_help(sample::wrapper, documented);
  BOOST_TEST(line_with(text, "--colour") ==
             "      --colour NAME         paint it: red, green [red] $GIRD_WRAP_IT_COLOUR");
  BOOST_TEST(line_with(text, "--log") ==
             "      --log FILE            write there [stderr] $GIRD_WRAP_IT_LOG");
  BOOST_TEST(line_with(text, "--pattern").contains("(may be repeated)"));
  BOOST_TEST(line_with(text, "--once") == "      --once                say how once");
  BOOST_TEST(text.contains("$GIRD_CONFIG"));
  BOOST_TEST(!text.contains("$GIRD_WRAP_IT_CONFIG"));
}

BOOST_AUTO_TEST_CASE(exit_statuses_are_those_of_the_kind_and_of_the_page) {
  const std::string wrapper = long_help(sample::wrapper, documented);
  BOOST_TEST(line_with(wrapper, "  125 ").contains("gird itself failed"));
  BOOST_TEST(wrapper.contains("\n  9 is odd.\n"));
  const std::string filter = long_help(sample::filter, documented);
  BOOST_TEST(line_with(filter, "  2 ").contains("usage"));
  BOOST_TEST(!filter.contains("  125 "));
}

BOOST_AUTO_TEST_CASE(other_pages_are_named_once_and_sorted) {
  const std::string text = long_help(sample::wrapper, documented);
  BOOST_TEST(text.ends_with("SEE ALSO\n  env(1), zz(1), gird-config(5), proc(5)\n"));
}

BOOST_AUTO_TEST_CASE(the_overview_groups_commands_by_kind) {
  const std::string text = overview(documented);
  BOOST_TEST(text.starts_with("gird 1.2.3: "));
  const std::size_t wrapper = text.find("\n" + std::string(heading(Kind::wrapper)) + ":\n");
  const std::size_t filter = text.find("\n" + std::string(heading(Kind::filter)) + ":\n");
  BOOST_TEST_REQUIRE(wrapper != text.npos);
  BOOST_TEST_REQUIRE(filter != text.npos);
  BOOST_TEST(wrapper < text.find("  wrap-it "));
  BOOST_TEST(text.find("  wrap-it ") < filter);
  BOOST_TEST(!text.contains(heading(Kind::checker)));
}

BOOST_AUTO_TEST_CASE(topics_are_found_by_their_short_names) {
  for (const char* name : {"gird-config.5", "gird-config", "config"}) {
    BOOST_TEST_REQUIRE(topic(documented, name) != nullptr, name);
  }
  BOOST_TEST(topic(documented, "wrap-it") == nullptr);
  BOOST_TEST(topic_help(*topic(documented, "config")) ==
             "gird-config: files\n\n  Text of the topic.\n");
}

BOOST_AUTO_TEST_CASE(the_table_as_json_has_every_option_with_its_type) {
  const std::string text = help_json(documented);
  BOOST_TEST(text.starts_with(R"({"v":1,"version":"1.2.3","commands":[{"name":"wrap-it",)"));
  BOOST_TEST(text.contains(
      R"({"name":"attempts","letter":"n","placeholder":"N","type":"integer","default":"3",)"
      R"("repeatable":false,"environment":"GIRD_WRAP_IT_ATTEMPTS",)"
      R"("help":"give up after N attempts","group":"Work"})"));
  BOOST_TEST(text.contains(R"("choices":[{"name":"red","help":"like a rose"},)"));
  BOOST_TEST(text.contains(R"({"name":"gird-config.5","section":5,"summary":"files"})"));
  BOOST_TEST(!help_json(documented, &sample::filter).contains("wrap-it"));
}

BOOST_AUTO_TEST_CASE(blocks_are_shown_as_text) {
  const Document page = parse_page(
      "- a\n- b\n\n| x | y |\n|---|---|\n| `one two` | 1 |\n| z | |\n\n```text\n  raw\n```\n");
  std::string out;
  append_plain(out, page.sections.front().blocks, 2);
  BOOST_TEST(out == "  - a\n  - b\n\n  x          y\n  'one two'  1\n  z\n\n      raw\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::cli
