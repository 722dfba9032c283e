#include "detect/xpath.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "seen.hpp"

using gird::detect::Signs;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::xpath_signs(text, signs);
  return signs;
}

bool seen(std::string_view text, std::string_view sign) { return signs_of(text).has(sign); }
bool clean(std::string_view text) { return signs_of(text).all().empty(); }

/// Whether time is linear in the length of texts of each.
void read_repeated(std::initializer_list<std::string_view> units) {
  for (const std::string_view unit : units) {
    BOOST_TEST(gird::detect::growth_of(gird::detect::xpath_signs, unit) < 3, unit);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xpath)

BOOST_AUTO_TEST_CASE(conditions_with_paths) {
  BOOST_TEST(seen("') and contains(../password,'c", "xpath/condition"));
  BOOST_TEST(seen("' and count(/comment())=1 and '1'='1", "xpath/condition"));
  BOOST_TEST(seen("* and doc('//10.0.0.1/x')", "xpath/condition"));
  BOOST_TEST(seen("' or position()=1 or ''='", "xpath/condition"));
  BOOST_TEST(seen("x' or not(starts-with(name/text(),'a'))", "xpath/condition"));
}

BOOST_AUTO_TEST_CASE(predicates_that_are_left) {
  BOOST_TEST(seen("']|//*|a['", "xpath/union"));
  BOOST_TEST(seen("\"] | /user", "xpath/union"));
}

BOOST_AUTO_TEST_CASE(selectors_and_prose) {
  for (const std::string_view text :
       {"//div[contains(@class,'a') and contains(text(),'b')]", "this and not(that)",
        "//a['b'] | //c", "tables and count(x)", "a | b", "he or position (of it)"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(!seen(text, "xpath/union")); }
  }
  BOOST_TEST(clean("this and not(that) or count(these)"));
}

BOOST_AUTO_TEST_CASE(a_mebibyte_of_anything_is_read_in_linear_time) {
  read_repeated(
      {"and ", "or ", "' or ", "]", "]|", "']|", "and(", "' and count(/", "' or not(", "|", "] "});
}

BOOST_AUTO_TEST_SUITE_END()
