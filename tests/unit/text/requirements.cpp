// Lengths and characters that are required of a text.
#include "text/requirements.hpp"

#include <boost/test/unit_test.hpp>

namespace gird::text {
namespace {

std::string broken(const Requirements& required, std::string_view text) {
  const auto breach = breach_of(required, text);
  return breach ? std::string(breach->requirement) + ": " + breach->why : "";
}

bool is_in(std::string_view set, std::string_view text) {
  return !first_outside(*charset_named(set), text).has_value();
}

BOOST_AUTO_TEST_SUITE(requirements)

BOOST_AUTO_TEST_CASE(nothing_is_required_by_default) {
  BOOST_TEST(broken({}, "") == "");
  BOOST_TEST(broken({}, std::string(100'000, '\xff')) == "");
}

BOOST_AUTO_TEST_CASE(lengths_are_in_characters) {
  Requirements required;
  required.least_length = 2;
  required.most_length = 3;
  BOOST_TEST(broken(required, "\xc3\xa4\xc3\xb6\xc3\xbc") == "");
  BOOST_TEST(broken(required, "\xc3\xa4") == "min-length: 1 characters, at least 2 are required");
  BOOST_TEST(broken(required, "abcd") == "max-length: 4 characters, at most 3 are allowed");
  BOOST_TEST(broken(required, "\xff\xfe\xfd\xfc") ==
             "max-length: 4 characters, at most 3 are allowed");
  required.most_bytes = 5;
  BOOST_TEST(broken(required, "\xc3\xa4\xc3\xb6\xc3\xbc") ==
             "max-bytes: 6 bytes, at most 5 are allowed");
}

BOOST_AUTO_TEST_CASE(the_first_breach_is_told) {
  const ValueType type = ValueType::parse("int:1..5").value();
  Requirements required;
  required.type = &type;
  required.charset = charset_named("ascii");
  BOOST_TEST(broken(required, "3") == "");
  BOOST_TEST(broken(required, "3\n") == "charset: byte 2 is not in charset ascii");
  BOOST_TEST(broken(required, "9") == "type: not int:1..5: it is out of range");
}

BOOST_AUTO_TEST_CASE(characters_of_the_sets) {
  BOOST_TEST(is_in("utf-8", std::string_view("a\0\x1b\xe2\x80\xa8", 6)));
  BOOST_TEST(!is_in("utf-8", "\xc0\xaf"));
  BOOST_TEST(is_in("text", "a\tb\r\n\xe2\x82\xac"));
  for (const std::string_view text :
       {std::string_view("\0", 1), std::string_view("\x1b"), std::string_view("\x7f"),
        std::string_view("\xc2\x85"), std::string_view("\xe2\x80\xa9"),
        std::string_view("\xef\xbf\xbf"), std::string_view("\xef\xb7\x90")}) {
    BOOST_TEST(!is_in("text", text));
    BOOST_TEST(!is_in("line", text));
  }
  BOOST_TEST(!is_in("line", "a\tb"));
  BOOST_TEST(is_in("ascii", " ~"));
  BOOST_TEST(!is_in("ascii", "\xc3\xa4"));
  BOOST_TEST(is_in("alnum", "aZ9"));
  BOOST_TEST(!is_in("alnum", "a_"));
  BOOST_TEST(is_in("hex", "09afAF"));
  BOOST_TEST(!is_in("hex", "g"));
  BOOST_TEST(is_in("base64", "aZ9+/="));
  BOOST_TEST(!is_in("base64", "-"));
  BOOST_TEST(is_in("base64url", "aZ9-_="));
  BOOST_TEST(!is_in("base64url", "+"));
  BOOST_TEST((charset_named("latin9") == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::text
