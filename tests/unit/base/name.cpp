// Names as they may be typed, and names made of anything.
#include "base/name.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace data = boost::unit_test::data;
using namespace std::string_literals;

namespace gird {
namespace {

BOOST_AUTO_TEST_SUITE(name)

BOOST_DATA_TEST_CASE(what_can_be_a_file_and_a_word_is_a_name,
                     data::make({"a"s, "api.example.com"s, "curl@api"s, "db:5432"s, "_x-1"s, "7"s,
                                 std::string(128, 'n')}),
                     text) {
  Name name;
  BOOST_TEST(from_text(text, name).has_value());
  BOOST_TEST(name.text == text);
  BOOST_TEST(name_made_of(text).text == text);
}

BOOST_DATA_TEST_CASE(anything_else_is_none,
                     data::make({""s, "."s, ".."s, ".hidden"s, "-x"s, "a/b"s, "../up"s, "a b"s,
                                 "a\0b"s, "a\n"s, "\xff"s, "\xc3\xa9"s, "a*"s,
                                 std::string(129, 'n'), std::string(10'240, 'n')}),
                     text) {
  Name name{"before"};
  const auto done = from_text(text, name);
  BOOST_TEST_REQUIRE(!done.has_value());
  BOOST_TEST(done.error().code == "value-name");
  BOOST_TEST(done.error().what.size() < 250);
  BOOST_TEST(name.text == "before");
  // Made of the same text it becomes one.
  Name made;
  BOOST_TEST(from_text(name_made_of(text).text, made).has_value());
}

BOOST_AUTO_TEST_CASE(what_may_not_stand_becomes_an_underscore) {
  BOOST_TEST(name_made_of("a/b c\xff").text == "a_b_c_");
  BOOST_TEST(name_made_of(".x").text == "_x");
  BOOST_TEST(name_made_of("--x").text == "_-x");
  BOOST_TEST(name_made_of("").text == "_");
}

BOOST_AUTO_TEST_CASE(long_texts_keep_apart_what_differs_behind_the_cut) {
  const std::string head(200, 'x');
  const std::string one = name_made_of(head + "1").text;
  const std::string other = name_made_of(head + "2").text;
  BOOST_TEST(one.size() == longest_name);
  BOOST_TEST(one != other);
  BOOST_TEST(one == name_made_of(head + "1").text);
  BOOST_TEST(one.substr(0, 111) == head.substr(0, 111));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
