// Lines, columns and encoded offsets.
#include "json/locator.hpp"

#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

namespace gird::json {

static std::ostream& operator<<(std::ostream& out, const Spot& spot) {
  return out << spot.line << ':' << spot.column << '+' << spot.offset;
}

static Spot spot_after(std::string_view text, std::size_t piece, Sniffed sniffed = {}) {
  Locator locator(sniffed);
  for (std::size_t i = 0; i < text.size(); i += piece) locator.pass(text.substr(i, piece));
  return locator.spot();
}

BOOST_AUTO_TEST_SUITE(json_locator)

BOOST_AUTO_TEST_CASE(lines_end_with_a_line_feed_a_return_or_both) {
  const std::string_view text = "ab\ncd\r\nef\rgh\n\r\n";
  const auto at = [&](std::size_t offset) { return spot_of(text, offset); };
  BOOST_TEST(at(0) == (Spot{1, 1, 0}));
  BOOST_TEST(at(2) == (Spot{1, 3, 2}));
  BOOST_TEST(at(3) == (Spot{2, 1, 3}));
  BOOST_TEST(at(5) == (Spot{2, 3, 5}));
  BOOST_TEST(at(7) == (Spot{3, 1, 7}));
  BOOST_TEST(at(9) == (Spot{3, 3, 9}));
  BOOST_TEST(at(10) == (Spot{4, 1, 10}));
  BOOST_TEST(at(13) == (Spot{5, 1, 13}));
  BOOST_TEST(at(15) == (Spot{6, 1, 15}));
}

BOOST_AUTO_TEST_CASE(columns_are_characters_and_pieces_may_cut_them) {
  const std::string text = "[\r\n  \"\u00e9\u4e2d\U0001f600 0123456789\",\r\r\n x";
  for (std::size_t offset = 0; offset <= text.size(); ++offset) {
    const Spot whole = spot_of(text, offset);
    for (const std::size_t piece : {1, 2, 3, 8}) {
      BOOST_TEST(spot_after(text.substr(0, offset), piece) == whole);
    }
  }
  BOOST_TEST(spot_of(text, text.find(' ', 6)) == (Spot{2, 7, 15}));
  BOOST_TEST(spot_of(text, text.size()) == (Spot{4, 3, text.size()}));
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_no_character) {
  BOOST_TEST(spot_of("\ufeff{", 3) == (Spot{1, 1, 3}));
  BOOST_TEST(spot_of("\ufeff\n{", 4) == (Spot{2, 1, 4}));
  BOOST_TEST(spot_of("\uff01{", 3) == (Spot{1, 2, 3}));
}

BOOST_AUTO_TEST_CASE(many_returns_take_no_longer_than_many_feeds) {
  // Anything but linear would not come to an end.
  constexpr std::size_t count = 4'000'000;
  BOOST_TEST(spot_of(std::string(count, '\r'), count) == (Spot{count + 1, 1, count}));
  BOOST_TEST(spot_of(std::string(count, '\n'), count) == (Spot{count + 1, 1, count}));
}

BOOST_AUTO_TEST_CASE(offsets_are_those_of_the_encoding) {
  const std::string text = "\ufeff[\"\u00e9\U0001f600\xff";
  const std::size_t size = text.size();
  BOOST_TEST(spot_after(text, 1, {Encoding::utf16_le, true}) == (Spot{1, 6, 2 + 8 + 4}));
  BOOST_TEST(spot_after(text, size, {Encoding::utf16_be, false}) == (Spot{1, 6, 8 + 4}));
  BOOST_TEST(spot_after(text, size, {Encoding::utf32_be, true}) == (Spot{1, 6, 24}));
  BOOST_TEST(spot_after(text, 1, {Encoding::utf32_le, false}) == (Spot{1, 6, 20}));
}

BOOST_AUTO_TEST_CASE(half_of_a_pair_is_a_unit) {
  const std::string text = "\ufeff\xed\xa0\x80]";
  BOOST_TEST(spot_after(text, 2, {Encoding::utf16_le, true}) == (Spot{1, 3, 6}));
  BOOST_TEST(spot_after(text, 5, {Encoding::utf32_be, false}) == (Spot{1, 3, 8}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
