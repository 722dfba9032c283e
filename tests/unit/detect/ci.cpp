#include "detect/ci.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Signs;

namespace {

std::string_view seen(std::string_view text) {
  Signs signs;
  gird::detect::ci_signs(text, signs);
  return signs.all().empty() ? std::string_view() : signs.all().front().name;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ci)

BOOST_AUTO_TEST_CASE(commands_of_github) {
  for (const std::string_view text :
       {"::set-output name=a::b", "::add-mask::x", "x\n::set-env name=PATH::/tmp",
        "x\r::add-path::/tmp", "  ::stop-commands::x", "::SAVE-STATE name=a::b",
        "x ##[add-path]/tmp", "##[set-env name=a]b"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == "ci/setting"); }
  }
  BOOST_TEST(seen("::error file=a.js,line=1::x") == "ci/note");
  BOOST_TEST(seen("##[command]id") == "ci/note");
}

BOOST_AUTO_TEST_CASE(commands_of_other_services) {
  BOOST_TEST(seen("x\n##vso[task.setvariable variable=PATH]/tmp") == "ci/azure");
  BOOST_TEST(seen("##teamcity[setParameter name='a' value='b']") == "ci/teamcity");
  BOOST_TEST(seen("section_start:1560896352:x") == "ci/section");
  BOOST_TEST(seen("^^^ +++") == "ci/fold");
  BOOST_TEST(seen("x\x1b[8mha:AAAA") == "ci/jenkins");
}

BOOST_AUTO_TEST_CASE(expressions) {
  BOOST_TEST(seen("${{ secrets.TOKEN }}") == "ci/expression");
  BOOST_TEST(seen("a title ${{ toJSON(secrets) }}") == "ci/expression");
  BOOST_TEST(seen("  key: ${{ secrets.TOKEN }}") == "ci/expression-any");
  BOOST_TEST(seen("X=${{ secrets.TOKEN }}") == "ci/expression-any");
  BOOST_TEST(seen("${{ matrix.os }}") == "ci/expression-any");
}

BOOST_AUTO_TEST_CASE(entries_of_environment_files) {
  BOOST_TEST(seen("x\nLD_PRELOAD<<EOF\n/tmp/x.so\nEOF") == "ci/heredoc");
  BOOST_TEST(seen("x\nPATH=/tmp/x") == "ci/variable");
  BOOST_TEST(seen("PATH=/tmp/x") == "ci/variable-alone");
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_one) {
  for (const std::string_view text :
       {"", "::", "std::string x", "::std::move(x)", "use ::set-env name=a::b", "::before",
        "## Heading", "##", "# [x]", "${ x }", "{{ x }}", "${{", "cout<<x;", "cat <<EOF\nx\nEOF",
        "a<<b\nc", "x\nPATH=$PATH:/usr/bin", "x\nname=value", "section_start: x"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

BOOST_AUTO_TEST_CASE(long_texts_take_linear_time) {
  for (const std::string_view piece :
       {"#", "##[", "::", "\n::a ", "${{", "\n", "A<<B\n", "a ", "\nsection_start:", "secrets"}) {
    std::string text;
    while (text.size() < (std::size_t{1} << 20U)) text += piece;
    BOOST_TEST_CONTEXT(piece) {
      seen(text);
      BOOST_TEST(true);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
