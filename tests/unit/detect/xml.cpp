#include "detect/xml.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using gird::detect::Signs;

namespace {

Signs signs_of(std::string_view text) {
  Signs signs;
  gird::detect::xml_signs(text, signs);
  return signs;
}

bool shows(std::string_view sign, std::string_view text) { return signs_of(text).has(sign); }

}  // namespace

BOOST_AUTO_TEST_SUITE(xml)

BOOST_AUTO_TEST_CASE(entities_of_other_places) {
  BOOST_TEST(
      shows("xml/external-entity", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"));
  BOOST_TEST(shows("xml/external-entity", "<!ENTITY x PUBLIC 'a' 'http://e.example/'>"));
  BOOST_TEST(shows("xml/external-entity", "<!ENTITY\n\tx\n SYSTEM\n 'x'>"));
  BOOST_TEST(shows("xml/parameter-external", "<!ENTITY % x SYSTEM \"//e.example/x\"> %x;"));
  BOOST_TEST(shows("xml/parameter-external", "<!ENTITY &#x25; x SYSTEM 'file:///x'>"));
}

BOOST_AUTO_TEST_CASE(entities_made_of_entities) {
  BOOST_TEST(shows("xml/entity-bomb", "<!ENTITY b \"&a;&a;&a;&a;\">"));
  BOOST_TEST(shows("xml/parameter", "<!ENTITY % a \"<!ENTITY b 'c'>\">"));
  BOOST_TEST(shows("xml/entity", "<!ENTITY a 'b'>"));
  BOOST_TEST(!shows("xml/entity-bomb", "<!ENTITY b \"&a;\">"));
}

BOOST_AUTO_TEST_CASE(documents_types_and_schemas_of_other_places) {
  BOOST_TEST(shows("xml/external-doctype", "<!DOCTYPE a SYSTEM \"http://e.example/x.dtd\"><a/>"));
  BOOST_TEST(shows("xml/include", "<xi:include parse=\"text\" href=\"file:///etc/passwd\"/>"));
  BOOST_TEST(shows("xml/schema-include", "<xs:include schemaLocation=\"http://e.example/\"/>"));
  BOOST_TEST(shows("xml/schema-location", "<a xsi:schemaLocation=\"u http://e.example/\">"));
  BOOST_TEST(shows("xml/stylesheet", "<xsl:stylesheet version='1.0'>"));
}

BOOST_AUTO_TEST_CASE(encodings_that_hide_the_declarations) {
  BOOST_TEST(shows("xml/encoding", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADw-a+AD4-"));
  BOOST_TEST(shows("xml/encoding", "<?xml version='1.0' encoding = 'cp037'"));
  for (const std::string_view text :
       {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml encoding",
        "<?xml encoding=", "<?xml version=\"1.0\"?> encoding=\"UTF-7\"", "encoding=\"UTF-7\""}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(!shows("xml/encoding", text)); }
  }
}

BOOST_AUTO_TEST_CASE(published_grammars_and_plain_documents_have_no_sign) {
  for (
      const std::string_view text :
      {"<!DOCTYPE html>", "<!doctype html SYSTEM \"about:legacy-compat\">",
       "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/x.dtd\">",
       "<?xml version=\"1.0\"?><a b=\"c\">&amp;</a>", "the ENTITY x SYSTEM \"y\"", "<xsl:template>",
       "<include href=\"x\"/>", "&a;&a;&a;", "", "<", "<!", "<!ENTITY", "<!DOCTYPE"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(signs_of(text).all().size() == 0U); }
  }
}

BOOST_AUTO_TEST_CASE(repeated_starts_take_linear_time) {
  for (const std::string_view unit :
       {"<", "<!ENTITY ", "<!DOCTYPE ", "<a:include ", "&a;", "<!ENTITY a \""}) {
    std::string text;
    while (text.size() < 1U << 20U) text += unit;
    BOOST_TEST_CONTEXT(unit) { BOOST_TEST(signs_of(text).all().size() <= Signs::most); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
