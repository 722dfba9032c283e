// A part of a text, with carets below it.
#include "shared/marked_excerpt.hpp"

#include <boost/test/unit_test.hpp>

namespace gird {
namespace {

std::string shown(std::string_view text, detect::Span span) {
  const MarkedExcerpt excerpt = marked_excerpt(text, span);
  return excerpt.line + "|" + excerpt.blanks + excerpt.carets;
}

BOOST_AUTO_TEST_SUITE(marked_excerpts)

BOOST_AUTO_TEST_CASE(carets_stand_below_the_span) {
  BOOST_TEST(shown("a bad b", {2, 5}) == "a bad b|  ^^^");
  BOOST_TEST(shown("bad", {0, 3}) == "bad|^^^");
  BOOST_TEST(shown("", {0, 0}) == "|^");
  BOOST_TEST(shown("ab", {2, 2}) == "ab|  ^");
}

BOOST_AUTO_TEST_CASE(characters_are_columns_and_controls_are_digits) {
  BOOST_TEST(shown("\xc3\xa4\xc3\xb6 x", {5, 6}) == "\xc3\xa4\xc3\xb6 x|   ^");
  BOOST_TEST(shown("\x1b[2J x", {0, 4}) == "\\x1b[2J x|^^^^^^^");
  BOOST_TEST(shown("\xff x", {2, 3}) == "\\xff x|     ^");
  BOOST_TEST(shown("a\tb", {2, 3}) == "a b|  ^");
}

BOOST_AUTO_TEST_CASE(what_is_long_is_cut_at_both_ends) {
  const std::string text = std::string(500, 'a') + "BAD" + std::string(500, 'b');
  const MarkedExcerpt excerpt = marked_excerpt(text, {500, 503});
  BOOST_TEST(excerpt.line.size() == 76U);
  BOOST_TEST(excerpt.line.starts_with("...aaa"));
  BOOST_TEST(excerpt.line.ends_with("bbb..."));
  BOOST_TEST(excerpt.line.substr(excerpt.blanks.size(), 3) == "BAD");
  BOOST_TEST(excerpt.carets == "^^^");
  const MarkedExcerpt whole = marked_excerpt(text, {0, text.size()});
  BOOST_TEST(whole.carets.size() == 70U);
}

BOOST_AUTO_TEST_CASE(nothing_moves_the_cursor) {
  std::string text;
  for (int byte = 0; byte < 256; ++byte) text += static_cast<char>(byte);
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (const char c : marked_excerpt(text, {begin, begin + 1}).line) {
      BOOST_TEST((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
