// Manual pages: what must be guarded from roff, and which macros mark what.
#include "cli/man.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/cli/sample.hpp"

namespace data = boost::unit_test::data;

namespace gird::cli {
namespace {

constexpr std::array<Page, 2> pages{{
    {"wrap-it",
     "# gird wrap-it\n\nlead\n\n## Waits\nLong.\n\n## Options\nMore.\n\n## Examples\n"
     "```console\n$ printf '.dot\\n'\n.dot\n\n```\n\n## Caveats\nNone.\n"},
    {"gird-topic.7", "# gird-topic(7): a topic\n\nlead\n\n## Part one\nText.\n\n### Small\nx\n"},
}};
const Catalogue documented{sample::commands, pages, "1.2.3", "2026-11-21"};

BOOST_AUTO_TEST_SUITE(man)

struct ProseCase {
  const char* text;
  const char* mdoc;
};
const ProseCase prose_cases[] = {
    {"plain words", "plain words\n"},
    {"One. Two.", "One.\nTwo.\n"},
    {"take `--all` or `-n`.", "take\n.Fl \\-all\nor\n.Fl n .\n"},
    {"`--all`, then", ".Fl \\-all ,\nthen\n"},
    {"(`x y`)", ".No \\&( Ns Ql \"\\&x y\" )\n"},
    {"(`x y`), and (`a`).", ".No \\&( Ns Ql \"\\&x y\" ) ,\nand\n.No \\&( Ns Ql a ) .\n"},
    {"`x y`-like", ".So Li \"\\&x y\" Sc Ns No \\-like\n"},
    {"`a`/`b`,", ".So Li a Sc Ns No \\&/ Ns Ql b ,\n"},
    {"set `GIRD_CONFIG`", "set\n.Ev GIRD_CONFIG\n"},
    {"in `/etc/gird`", "in\n.Pa /etc/gird\n"},
    {"see gird-config(5), or timeout(1).", "see\n.Xr gird-config 5 ,\nor\n.Xr timeout 1 .\n"},
    {"*a* **b**", ".Em a\n.Sy b\n"},
    {"[here](http://x/)", ".Lk http://x/ here\n"},
    {"a back\\\\slash", "a back\\eslash\n"},
    {".dot first", "\\&.dot first\n"},
    {"'quote first", "\\&'quote first\n"},
    {"`Fl`", ".Ql \\&Fl\n"},
    {"`.`", ".Ql \\&.\n"},
    {"`say \"x\"`", ".Ql \"\\&say \\(dqx\\(dq\"\n"},
    {"a - b", "a \\- b\n"},
};
std::ostream& operator<<(std::ostream& out, const ProseCase& one) { return out << one.text; }

BOOST_DATA_TEST_CASE(prose_becomes_lines_of_mdoc, data::make(prose_cases), one) {
  BOOST_TEST(mdoc(parse_prose(one.text)) == one.mdoc);
}

BOOST_AUTO_TEST_CASE(sections_come_in_the_order_that_lint_wants) {
  const std::string page = manual(sample::wrapper, documented, "2026-01-05");
  BOOST_TEST(page.starts_with(".Dd January 5, 2026\n.Dt GIRD-WRAP-IT 1\n.Os\n"));
  std::size_t last = 0;
  for (const char* part :
       {".Sh NAME\n", ".Sh SYNOPSIS\n", ".Sh DESCRIPTION\nlead\n", ".Ss Waits\nLong.\n",
        ".Sh OPTIONS\n", "\nMore.\n", ".Sh ENVIRONMENT\n", ".Sh FILES\n", ".Sh EXIT STATUS\n",
        ".Sh EXAMPLES\n", ".Sh CAVEATS\nNone.\n"}) {
    const std::size_t at = page.find(part);
    BOOST_TEST_REQUIRE(at != page.npos, part);
    BOOST_TEST(at > last, part);
    last = at;
  }
}

BOOST_AUTO_TEST_CASE(options_have_flags_default_and_choices) {
  const std::string page = manual(sample::wrapper, documented, "2026-01-05");
  BOOST_TEST(page.contains(".It Fl n Ar \\&N , Fl \\-attempts Ar \\&N\n"));
  BOOST_TEST(page.contains("Give up after N attempts.\nThe default is\n.Cm 3 .\n"));
  BOOST_TEST(page.contains(".It Cm red\nlike a rose\n"));
  BOOST_TEST(page.contains(".It Ev GIRD_WRAP_IT_ATTEMPTS\n.Fl \\-attempts\n"));
  BOOST_TEST(!page.contains("GIRD_WRAP_IT_ONCE"));
}

BOOST_AUTO_TEST_CASE(a_table_loses_no_word_of_its_first_column) {
  constexpr Page table{"gird-topic.7",
                       "# gird-topic(7): a topic\n\n| what | meaning |\n|---|---|\n"
                       "| `a`, `b c`, `--all` | one |\n| `d` or e | two |\n| f, `g` | three |\n"
                       "| `h` | four |\n"};
  const std::string page = topic_manual(table, documented, "2026-01-05");
  BOOST_TEST(page.contains(".It So Li a Sc , So Li \"\\&b c\" Sc , Fl \\-all\none\n"));
  BOOST_TEST(page.contains(".It So Li d Sc No or No e\ntwo\n"));
  BOOST_TEST(page.contains(".It Sy \"\\&f, g\"\nthree\n"));
  BOOST_TEST(page.contains(".It Ql h\nfour\n"));
}

BOOST_AUTO_TEST_CASE(output_that_looks_like_roff_is_guarded) {
  const std::string page = manual(sample::wrapper, documented, "2026-01-05");
  BOOST_TEST(page.contains("$ printf \\(aq.dot\\en\\(aq\n\\&.dot\n\\&\n.Ed\n"));
}

BOOST_AUTO_TEST_CASE(topics_are_manuals_too) {
  const std::string page = topic_manual(pages[1], documented, "2026-12-31");
  BOOST_TEST(page.starts_with(".Dd December 31, 2026\n.Dt GIRD-TOPIC 7\n"));
  BOOST_TEST(page.contains(".Nd a topic\n.Sh DESCRIPTION\nlead\n.Sh PART ONE\nText.\n.Ss Small\n"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::cli
