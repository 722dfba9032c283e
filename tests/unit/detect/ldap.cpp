#include "detect/ldap.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "seen.hpp"

using gird::detect::Signs;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::ldap_signs(text, signs);
  return signs;
}

bool seen(std::string_view text, std::string_view sign) { return signs_of(text).has(sign); }
bool clean(std::string_view text) { return signs_of(text).all().empty(); }

/// Whether time is linear in the length of texts of each.
void read_repeated(std::initializer_list<std::string_view> units) {
  for (const std::string_view unit : units) {
    BOOST_TEST(gird::detect::growth_of(gird::detect::ldap_signs, unit) < 3, unit);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ldap)

BOOST_AUTO_TEST_CASE(filters_that_are_left) {
  BOOST_TEST(seen("*)(uid=*))(|(uid=*", "ldap/break-out"));
  BOOST_TEST(seen("admin)(&(objectClass=*)", "ldap/break-out"));
  BOOST_TEST(seen("value)(gidNumber<=100", "ldap/break-out"));
  BOOST_TEST(seen("x*x)(cn>=bob)", "ldap/break-out"));
  BOOST_TEST(seen("admin*)((|userPassword=*)", "ldap/break-out"));
  BOOST_TEST(seen("*(|(mail=*))", "ldap/star-filter"));
  BOOST_TEST(seen("test)\t(\t|", "ldap/loose-break"));
}

BOOST_AUTO_TEST_CASE(filters_and_probes) {
  BOOST_TEST(seen("(&(sn=admin)(password=M*))", "ldap/filter"));
  BOOST_TEST(seen("*()|&'", "ldap/probe"));
}

BOOST_AUTO_TEST_CASE(parentheses_of_prose_and_programs) {
  for (const std::string_view text :
       {"f(a)(b)", "(foo)bar or foo(bar) or [foo]bar", "Smile :) (see page=5 below)", "!@#$%^&*()",
        "2*(a+b)=c", "call((int*)(p), (q))", "while (foo) is bar.", "a) first b) second (x = 1)",
        "if ((a == b) && (c == d))", "run(&(x))", "(*fn)(a)", "10% (of 5) (or 6)"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(clean(text)); }
  }
}

BOOST_AUTO_TEST_CASE(a_mebibyte_of_anything_is_read_in_linear_time) {
  read_repeated({"(", ")", ")(", "*)(", "(&", "(&(", ")((", ") (", "*(|", "(a", ")))))))))(", "*"});
}

BOOST_AUTO_TEST_SUITE_END()
