// UTF-8, valid and not.
#include "base/utf8.hpp"

#include <boost/test/unit_test.hpp>

namespace gird {
namespace {

std::string encoded(char32_t point) {
  const auto byte = [](char32_t value) { return static_cast<char>(value); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xc0 | point >> 6), byte(0x80 | (point & 63))};
  if (point < 0x10000) {
    return {byte(0xe0 | point >> 12), byte(0x80 | (point >> 6 & 63)), byte(0x80 | (point & 63))};
  }
  return {byte(0xf0 | point >> 18), byte(0x80 | (point >> 12 & 63)), byte(0x80 | (point >> 6 & 63)),
          byte(0x80 | (point & 63))};
}

BOOST_AUTO_TEST_CASE(every_code_point_but_surrogates_is_read_back) {
  for (char32_t point = 0; point <= 0x110000; ++point) {
    const std::string bytes = encoded(point);
    const Utf8 read = next_character(bytes);
    const bool valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    const bool right = valid ? read.valid && read.point == point && read.length == bytes.size()
                             : !read.valid && read.length == 1;
    BOOST_REQUIRE_MESSAGE(right, static_cast<unsigned>(point));
  }
}

BOOST_AUTO_TEST_CASE(overlong_cut_and_stray_bytes_are_invalid) {
  for (const char* bytes :
       {"\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\x80", "\xbf", "\xfe", "\xff",
        "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xc3(", "\xe2(\xa1"}) {
    BOOST_TEST(!next_character(bytes).valid);
    BOOST_TEST(!valid_utf8(bytes));
  }
  BOOST_TEST(valid_utf8(""));
  BOOST_TEST(valid_utf8("caf\xc3\xa9 \xf0\x9f\x98\x80"));
}

BOOST_AUTO_TEST_CASE(characters_are_counted_where_they_start) {
  BOOST_TEST(characters_in("") == 0U);
  BOOST_TEST(characters_in("caf\xc3\xa9") == 4U);
  // Longer than a word, with characters across its ends.
  BOOST_TEST(characters_in("1234567\xe2\x82\xac"
                           "9\xf0\x9f\x98\x80 and more") == 19U);
}

BOOST_AUTO_TEST_CASE(what_is_appended_is_read_again) {
  for (const char32_t point : {0x0, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff}) {
    std::string bytes = "x";
    append_utf8(bytes, point);
    const Utf8 read = next_character(std::string_view(bytes).substr(1));
    BOOST_TEST(read.valid);
    BOOST_TEST(static_cast<std::uint32_t>(read.point) == static_cast<std::uint32_t>(point));
    BOOST_TEST(read.length == bytes.size() - 1);
  }
  std::string surrogate;
  append_utf8(surrogate, 0xd83d);
  BOOST_TEST(surrogate == "\xed\xa0\xbd");
}

BOOST_AUTO_TEST_CASE(a_character_that_was_cut_goes) {
  BOOST_TEST(whole_characters("a\xc3") == "a");
  BOOST_TEST(whole_characters("a\xc3\xa9") == "a\xc3\xa9");
  BOOST_TEST(whole_characters("\xf0\x9f\x98") == "");
  BOOST_TEST(whole_characters("\xf0\x9f\x98\x80") == "\xf0\x9f\x98\x80");
  BOOST_TEST(whole_characters("a\xe2\x82") == "a");
  BOOST_TEST(whole_characters("\x80\x80") == "\x80\x80");
  BOOST_TEST(whole_characters("") == "");
}

BOOST_AUTO_TEST_CASE(each_invalid_byte_becomes_one_replacement) {
  BOOST_TEST(with_replacements("a\xff\xfez") == "a\xef\xbf\xbd\xef\xbf\xbdz");
  BOOST_TEST(with_replacements("\xe2\x82") == "\xef\xbf\xbd\xef\xbf\xbd");
  BOOST_TEST(with_replacements("caf\xc3\xa9") == "caf\xc3\xa9");
}

BOOST_AUTO_TEST_CASE(what_is_shown_cannot_steer_a_terminal) {
  BOOST_TEST(printable("plain\tcaf\xc3\xa9") == "plain\tcaf\xc3\xa9");
  BOOST_TEST(printable("\x1b[31mred\n") == "\\x1b[31mred\\x0a");
  BOOST_TEST(printable("\x7f\xff") == "\\x7f\\xff");
  BOOST_TEST(printable("\xc2\x9b"
                       "31m") == "\\xc2\\x9b31m");
  BOOST_TEST(printable(std::string("\0", 1)) == "\\x00");
}

}  // namespace
}  // namespace gird
