// Pages: every construct of the subset, and text that only looks like one.
#include "cli/page.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace data = boost::unit_test::data;

namespace gird::cli {
namespace {

using Style = Span::Style;

const Block& only_block(const Document& page) {
  BOOST_REQUIRE(page.sections.front().blocks.size() == 1);
  return page.sections.front().blocks.front();
}

/// Spans as "style:text" words, to be compared at a glance.
std::string shape(const Prose& prose) {
  static constexpr std::array<std::string_view, 5> names{"plain", "code", "em", "strong", "link"};
  std::string text;
  for (const Span& span : prose) {
    text += "<" + std::string(names.at(static_cast<std::size_t>(span.style))) + ":" + span.text;
    if (!span.target.empty()) text += "=" + span.target;
    text += ">";
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(page)

struct ProseCase {
  const char* text;
  const char* shape;
};
const ProseCase prose_cases[] = {
    {"words", "<plain:words>"},
    {"a `b c` d", "<plain:a ><code:b c><plain: d>"},
    {"*a* **b**", "<em:a><plain: ><strong:b>"},
    {"see [text](http://x/y).", "<plain:see ><link:text=http://x/y><plain:.>"},
    {"2 * 3 * 4", "<plain:2 * 3 * 4>"},
    {"`a*b` and `c*d`", "<code:a*b><plain: and ><code:c*d>"},
    {"\\*not\\* \\`code\\`", "<plain:*not* `code`>"},
    {"`C:\\`", "<code:C:\\>"},
    {"an open ` tick", "<plain:an open ` tick>"},
    {"[no link] here", "<plain:[no link] here>"},
    {"snake_case_stays", "<plain:snake_case_stays>"},
    {"", ""},
};
std::ostream& operator<<(std::ostream& out, const ProseCase& one) { return out << one.text; }

BOOST_DATA_TEST_CASE(prose_is_cut_into_styles, data::make(prose_cases), one) {
  BOOST_TEST(shape(parse_prose(one.text)) == one.shape);
}

BOOST_AUTO_TEST_CASE(a_title_may_have_a_section_and_a_summary) {
  const Title topic = parse_page("# gird-config(5): defaults in files\n").title;
  BOOST_TEST(topic.name == "gird-config");
  BOOST_TEST(topic.number == '5');
  BOOST_TEST(topic.summary == "defaults in files");
  const Title plain = parse_page("# gird retry\n").title;
  BOOST_TEST(plain.name == "gird retry");
  BOOST_TEST(plain.number == '\0');
}

BOOST_AUTO_TEST_CASE(lines_of_a_paragraph_are_joined_and_empty_lines_part_them) {
  const Document page = parse_page("one\ntwo\n\nthree\n");
  BOOST_REQUIRE(page.sections.front().blocks.size() == 2);
  BOOST_TEST(shape(std::get<Paragraph>(page.sections[0].blocks[0]).prose) == "<plain:one two>");
}

BOOST_AUTO_TEST_CASE(headings_open_sections_and_parts_belong_to_them) {
  const Document page = parse_page("lead\n## One\na\n### Part\nb\n## Two\nc");
  BOOST_REQUIRE(page.sections.size() == 4);
  BOOST_TEST(page.sections[0].blocks.size() == 1);
  BOOST_TEST(page.sections[2].title == "Part");
  BOOST_TEST(page.sections[2].level == 3);
  BOOST_CHECK(page.reach("One") == std::pair(std::size_t{1}, std::size_t{3}));
  BOOST_CHECK(page.reach("Two") == std::pair(std::size_t{3}, std::size_t{4}));
  BOOST_CHECK(page.reach("None") == std::pair(std::size_t{0}, std::size_t{0}));
  BOOST_TEST(page.section("None") == nullptr);
}

BOOST_AUTO_TEST_CASE(items_of_a_list_go_on_in_the_next_line) {
  const Document page = parse_page("- one\n  goes on\n- two\n");
  const List& list = std::get<List>(only_block(page));
  BOOST_REQUIRE(list.items.size() == 2);
  BOOST_TEST(shape(list.items[0]) == "<plain:one goes on>");
}

BOOST_AUTO_TEST_CASE(rows_of_a_table_have_as_many_cells_as_the_heading) {
  const Document page = parse_page("| a | b |\n|---|---|\n| `x\\|y` | 2 | 3 |\n| `p|q` |\n");
  const Table& table = std::get<Table>(only_block(page));
  BOOST_TEST(table.heading.size() == 2);
  BOOST_REQUIRE(table.rows.size() == 2);
  BOOST_TEST(table.rows[0].size() == 2);
  BOOST_TEST(shape(table.rows[1][0]) == "<code:p|q>");
  BOOST_TEST(table.rows[1][1].empty());
}

BOOST_AUTO_TEST_CASE(a_transcript_has_commands_their_further_lines_and_their_output) {
  const Document page =
      parse_page("```console\nlost\n$ one\n> more\nout\n> too\n[7]\n$ two\n```\n");
  const Console& console = std::get<Console>(only_block(page));
  BOOST_REQUIRE(console.steps.size() == 2);
  BOOST_TEST(console.steps[0].command == "one");
  BOOST_TEST(console.steps[0].more == std::vector<std::string_view>{"more"},
             boost::test_tools::per_element());
  const std::vector<std::string_view> output{"out", "> too", "[7]"};
  BOOST_TEST(console.steps[0].output == output, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(other_fences_are_shown_as_they_stand_even_unclosed) {
  const Document page = parse_page("```toml\n[retry]\n\n# no heading");
  const Listing& listing = std::get<Listing>(only_block(page));
  const std::vector<std::string_view> lines{"[retry]", "", "# no heading"};
  BOOST_TEST(listing.lines == lines, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(comments_are_no_part_of_the_page) {
  const Document page = parse_page("one\n<!-- not run: why -->\ntwo\n");
  BOOST_TEST(page.sections.front().blocks.size() == 2);
}

BOOST_AUTO_TEST_CASE(references_are_names_with_a_section) {
  BOOST_CHECK((parse_reference("timeout(1)") == Reference{"timeout", '1'}));
  BOOST_CHECK((parse_reference("gird-config(5)") == Reference{"gird-config", '5'}));
  for (const char* other : {"f(x)", "(1)", "timeout(1", "timeout(10)", "a b(1)", "timeout(0)"}) {
    BOOST_TEST(!parse_reference(other).has_value(), other);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::cli
