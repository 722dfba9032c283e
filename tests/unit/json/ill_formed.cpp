// Bytes that are no UTF-8, by the examples of the standard.
#include "json/ill_formed.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "base/utf8.hpp"

namespace gird::json {

/// `bytes` with U+FFFD, written as '?', for each part that is none.
static std::string replaced(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::size_t good = well_formed_size(bytes);
    text += bytes.substr(0, good);
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    text += '?';
    bytes.remove_prefix(ill_formed_size(bytes));
  }
  return text;
}

namespace {

struct Row {
  std::string_view bytes;
  std::string_view text;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << printable(row.bytes); }

}  // namespace

BOOST_AUTO_TEST_SUITE(json_ill_formed)

static const std::vector<Row> rows{
    {"", ""},
    {"abc", "abc"},
    {"\u00e9\u4e2d\U0001f600", "\u00e9\u4e2d\U0001f600"},
    // The Unicode Standard, section 3.9: tables 3-9 to 3-11.
    {"\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41", "????????A"},
    {"\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41", "????????A"},
    {"\xf4\x91\x92\x93\xff\x41\x80\xbf\x42", "?????A??B"},
    {"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", "????A"},
    {"0123456789abcdef\xff", "0123456789abcdef?"},
    {"0123456789abcdef0123456789abcde\xc3", "0123456789abcdef0123456789abcde?"},
};

BOOST_DATA_TEST_CASE(each_longest_start_of_a_character_is_one_replacement, rows, row) {
  BOOST_TEST(replaced(row.bytes) == row.text);
}

BOOST_AUTO_TEST_CASE(agrees_with_the_decoder_of_single_characters) {
  for (unsigned first = 0x80; first < 0x100; ++first) {
    for (unsigned second = 0x7f; second < 0xc2; ++second) {
      const std::string bytes{static_cast<char>(first), static_cast<char>(second), '\x80', '\x80'};
      const Utf8 character = next_character(bytes);
      BOOST_TEST((ill_formed_size(bytes) == 0) == character.valid, printable(bytes));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
