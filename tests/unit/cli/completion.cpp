// Completion scripts: quoting, and what of a row gets into them. Real shells: tests/shells.
#include "cli/completion.hpp"

#include <boost/test/unit_test.hpp>

#include "unit/cli/sample.hpp"

namespace gird::cli {
namespace {

constexpr std::array<Page, 3> pages{{
    {"completions/bash", "@NAMES@|@PROGRAMS@|\n@OPTIONS@\n--\n@VALUES@\na@b $@\n"},
    {"completions/zsh", "@PROGRAMS@\n@NAMES@\n@COMMANDS@\n"},
    {"completions/fish", "@PROGRAMS@ @WRAPPERS@\n@NAMES@\n@VALUED@\n@COMMANDS@\n"},
}};
const Catalogue documented{sample::commands, pages, "1.2.3", "2026-11-21"};

/// A command whose words try to get out of their quotes.
enum class Odd { it };
std::span<const Choice<Odd>> choices(Odd) {
  static constexpr std::array<Choice<Odd>, 1> all{{{"a:b", Odd::it, "it's \"$x\" [1]"}}};
  return all;
}
struct OddOptions {
  Odd odd = Odd::it;
};
Rows odd_rows(OddOptions& o) { return {Row("--odd", o.odd, "A:B", "don't [stop]")}; }
Result<Exit> odd_act(const OddOptions&, World&) { return yes; }
constexpr Command odd =
    command<OddOptions, odd_rows, odd_act>("rate-limit", Kind::tool, "it's odd");
constexpr std::array<const Command*, 1> odd_commands{&odd};
const Catalogue oddities{odd_commands, pages, "1.2.3", "2026-11-21"};

BOOST_AUTO_TEST_SUITE(completion)

BOOST_AUTO_TEST_CASE(bash_has_flags_values_and_nothing_unfilled) {
  const std::string script = completion_script(Shell::bash, documented);
  BOOST_TEST(script.starts_with("wrap-it filter|gird gird-wrap-it gird-filter|\n"));
  BOOST_TEST(
      script.contains("flags='-q --quiet -v --verbose --no-frills --once -h --help -V --version'"));
  BOOST_TEST(script.contains("valued='-n --attempts --factor -d --delay"));
  BOOST_TEST(script.contains("'wrap-it --colour') choices='red green' ;;"));
  BOOST_TEST(script.contains("'wrap-it --log') from=file ;;"));
  BOOST_TEST(script.ends_with("\na@b $@\n"));
}

BOOST_AUTO_TEST_CASE(only_a_wrapper_wraps) {
  const std::string script = completion_script(Shell::bash, documented);
  BOOST_TEST(script.find("wraps=yes") != script.npos);
  BOOST_TEST(script.find("wraps=yes") == script.rfind("wraps=yes"));
  BOOST_TEST(completion_script(Shell::fish, documented)
                 .starts_with("gird gird-wrap-it gird-filter wrap-it\n"));
}

BOOST_AUTO_TEST_CASE(zsh_has_exclusions_and_explanations) {
  const std::string script = completion_script(Shell::zsh, documented);
  BOOST_TEST(script.contains("'(-n --attempts)'{-n+,--attempts=}'[give up after N attempts]:N: '"));
  BOOST_TEST(script.contains("'*'{-e+,--pattern=}'[look for it]:RE: '"));
  BOOST_TEST(script.contains("((red\\:like\\ a\\ rose green\\:like\\ a\\ leaf))"));
}

BOOST_AUTO_TEST_CASE(odd_words_stay_in_their_quotes) {
  BOOST_TEST(completion_script(Shell::bash, oddities).contains("choices='a:b'"));
  BOOST_TEST(
      completion_script(Shell::zsh, oddities)
          .contains("--odd='[don'\\''t \\[stop\\]]:A\\:B:((a\\\\\\:b\\:it\\'\\''s\\ \\\"\\$x\\\"\\ "
                    "\\[1\\]))'"));
  const std::string fish = completion_script(Shell::fish, oddities);
  BOOST_TEST(fish.contains("-d 'don\\'t [stop]'"));
  BOOST_TEST(fish.contains("-a 'a:b\\\\t\"it\\'s \\\\\"\\\\$x\\\\\" [1]\"'"));
}

BOOST_AUTO_TEST_CASE(links_of_unclaimed_names_are_served_too) {
  BOOST_TEST(free_names(documented).empty());
  BOOST_TEST(free_names(oddities).size() == 1);
  BOOST_TEST(completion_script(Shell::bash, oddities).contains("gird gird-rate-limit rate-limit|"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::cli
