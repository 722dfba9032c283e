#include "text/pattern_literals.hpp"

#include <boost/test/unit_test.hpp>
#include <string_view>
#include <vector>

namespace {

bool needs(std::string_view pattern, const std::vector<std::string_view>& literals) {
  return gird::text::needs_one_of(pattern, literals);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pattern_literals)

BOOST_AUTO_TEST_CASE(a_literal_of_every_match_is_known) {
  BOOST_TEST(needs("union", {"union"}));
  BOOST_TEST(needs("(?i)UNION\\s+SELECT", {"union"}));
  BOOST_TEST(needs("(?i)UNION\\s+SELECT", {"Select"}));
  BOOST_TEST(needs("(?i)(curl|wget)\\s", {"curl", "wget"}));
  BOOST_TEST(needs("a.*base64,", {"base64"}));
  BOOST_TEST(needs("base64_decode", {"64_"}));
}

BOOST_AUTO_TEST_CASE(a_match_without_one_is_known) {
  BOOST_TEST(!needs("(?i)(curl|wget)\\s", {"curl"}));
  BOOST_TEST(!needs("(union)?", {"union"}));
  BOOST_TEST(!needs("unio", {"union"}));
  BOOST_TEST(!needs("[a-z]+", {"abc"}));
  BOOST_TEST(!needs("", {"abc"}));
  BOOST_TEST(!needs("union", {}));
  BOOST_TEST(!needs("union(", {"union"}));
}

BOOST_AUTO_TEST_SUITE_END()
