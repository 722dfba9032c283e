// Texts in all encodings, cut anywhere.
#include "json/decoder.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "base/utf8.hpp"

namespace gird::json {

using namespace std::string_view_literals;

namespace {

struct Row {
  std::string_view bytes;
  std::string_view text;
  Encoding encoding;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << printable(row.bytes); }

}  // namespace

static std::string decoded(std::string_view bytes, std::size_t piece, Encoding encoding) {
  Decoder decoder;
  std::string text;
  const auto take = [&](std::string_view more) {
    text += more;
    return true;
  };
  for (std::size_t i = 0; i < bytes.size(); i += piece) {
    BOOST_TEST(decoder.push(bytes.substr(i, piece), take));
  }
  BOOST_TEST(decoder.finish(take));
  BOOST_TEST((decoder.sniffed()->encoding == encoding));
  return text;
}

BOOST_AUTO_TEST_SUITE(json_decoder)

static const std::vector<Row> rows{
    {"", "", Encoding::utf8},
    {"1", "1", Encoding::utf8},
    {"{}", "{}", Encoding::utf8},
    {"\xef\xbb\xbf{}", "\xef\xbb\xbf{}", Encoding::utf8},
    {"\xef\xbb", "\xef\xbb", Encoding::utf8},
    {"[\0]"sv, "[\0]"sv, Encoding::utf8},
    {"123\0"sv, "123\0"sv, Encoding::utf8},
    {"\0\0\0\0{}"sv, "\0\0\0\0{}"sv, Encoding::utf8},
    {"\"\xff\xfe\"", "\"\xff\xfe\"", Encoding::utf8},
    {"1\0"sv,
     "\ufeff"
     "1",
     Encoding::utf16_le},
    {"\0"
     "1"sv,
     "\ufeff"
     "1",
     Encoding::utf16_be},
    {"[\0\"\0\xe9\0\"\0]\0"sv, "\ufeff[\"\u00e9\"]", Encoding::utf16_le},
    {"\0[\0\"\0\xe9\0\"\0]"sv, "\ufeff[\"\u00e9\"]", Encoding::utf16_be},
    {"\xff\xfe\"\0\x2d\x4e\"\0"sv, "\ufeff\"\u4e2d\"", Encoding::utf16_le},
    {"\xfe\xff\0\"\x4e\x2d\0\""sv, "\ufeff\"\u4e2d\"", Encoding::utf16_be},
    {"\xff\xfe", "\ufeff", Encoding::utf16_le},
    {"\0{\0}\xd8\x3d\xde\0"sv, "\ufeff{}\U0001f600", Encoding::utf16_be},
    {"[\0\0\0]\0\0\0"sv, "\ufeff[]", Encoding::utf32_le},
    {"\0\0\0[\0\0\0]"sv, "\ufeff[]", Encoding::utf32_be},
    {"\xff\xfe\0\0[\0\0\0\0\xf6\1\0"sv, "\ufeff[\U0001f600", Encoding::utf32_le},
    {"\0\0\xfe\xff\0\0\0["sv, "\ufeff[", Encoding::utf32_be},
    // Halves of pairs, of units; numbers without a character.
    {"\0[\0]\xd8\0\0]"sv, "\ufeff[]\xed\xa0\x80]", Encoding::utf16_be},
    {"\0[\0]\xd8\0\xd8\x3d\xde\0"sv, "\ufeff[]\xed\xa0\x80\U0001f600", Encoding::utf16_be},
    {"\0[\0]\xdc\0\xd8\0"sv, "\ufeff[]\xed\xb0\x80\xed\xa0\x80", Encoding::utf16_be},
    {"\0[\0]\xd8\0\xde"sv, "\ufeff[]\xed\xa0\x80\xff", Encoding::utf16_be},
    {"\0[\0]5"sv, "\ufeff[]\xff", Encoding::utf16_be},
    {"\0\0\0[\0\0]"sv, "\ufeff[\xff", Encoding::utf32_be},
    {"\0\0\0[\0\x11\0\0\0\0\xd8\0\0"sv, "\ufeff[\xff\xed\xa0\x80\xff", Encoding::utf32_be},
};

BOOST_DATA_TEST_CASE(every_encoding_becomes_utf8_however_it_is_cut, rows, row) {
  for (const std::size_t piece : {1, 2, 3, 5, 7, 100}) {
    BOOST_TEST(decoded(row.bytes, piece, row.encoding) == row.text);
  }
}

BOOST_AUTO_TEST_CASE(utf8_is_handed_on_without_a_copy) {
  const std::string_view text = "{\"a\":1}";
  Decoder decoder;
  bool same = false;
  for (int piece = 0; piece < 2; ++piece) {
    same = false;
    decoder.push(text, [&](std::string_view view) {
      same = view.data() == text.data() && view.size() == text.size();
      return true;
    });
    BOOST_TEST(same);
  }
}

BOOST_AUTO_TEST_CASE(nothing_more_is_handed_on_when_it_is_not_wanted) {
  std::string bytes = "\xff\xfe";
  for (int i = 0; i < 40000; ++i) bytes += "[\0"sv;
  int calls = 0;
  Decoder decoder;
  BOOST_TEST(!decoder.push(bytes, [&](std::string_view) { return ++calls < 2; }));
  BOOST_TEST(calls == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gird::json
