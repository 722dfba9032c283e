#include "detect/ssi.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Signs;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::ssi_signs(text, signs);
  return signs;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ssi)

BOOST_AUTO_TEST_CASE(directives) {
  BOOST_TEST(signs_of("<!--#exec cmd=\"ls\" -->").has("ssi/exec"));
  BOOST_TEST(signs_of("x<!-- #EXEC cgi='/x' -->").has("ssi/exec"));
  BOOST_TEST(signs_of("<!--#include virtual=\"/etc/passwd\" -->").has("ssi/include"));
  BOOST_TEST(signs_of("<!--#printenv -->").has("ssi/directive"));
}

BOOST_AUTO_TEST_CASE(edge_includes) {
  BOOST_TEST(signs_of("<esi:include src=\"http://e.example/\"/>").has("ssi/edge-include"));
  BOOST_TEST(signs_of("<!--esi <x> -->").has("ssi/edge-include"));
}

BOOST_AUTO_TEST_CASE(comments_and_preprocessors_have_no_sign) {
  for (const std::string_view text : {"<!-- exec -->", "<!--#1 priority -->", "#include <stdio.h>",
                                      "<esi>", "<!--", "<!--#", "<!-- #", "<esi:", ""}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(signs_of(text).all().size() == 0U); }
  }
}

BOOST_AUTO_TEST_CASE(repeated_starts_take_linear_time) {
  for (const std::string_view unit : {"<!--#", "<!--#   ", "<esi:", "<"}) {
    std::string text;
    while (text.size() < 1U << 20U) text += unit;
    BOOST_TEST_CONTEXT(unit) { BOOST_TEST(signs_of(text).all().size() <= Signs::most); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
