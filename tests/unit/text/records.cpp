// Streams cut into records.
#include "text/records.hpp"

#include <boost/test/unit_test.hpp>

namespace gird::text {
namespace {

/// "1:text;" for each; `.` where it had no end, `!` where it was cut.
std::string told(std::optional<char> end, std::size_t most, std::string_view stream,
                 std::size_t piece) {
  std::string out;
  Records records(end, most, [&](const RecordText& record) {
    out += std::to_string(record.number) + ":" + std::string(record.text);
    out += record.cut ? "!" : "";
    out += record.ended ? ";" : ".";
  });
  for (std::size_t at = 0; at < stream.size(); at += piece) records.feed(stream.substr(at, piece));
  records.finish();
  return out;
}

BOOST_AUTO_TEST_CASE(cuts_change_nothing) {
  for (std::size_t piece = 1; piece < 12; ++piece) {
    BOOST_TEST(told('\n', 100, "ab\n\ncd\ne", piece) == "1:ab;2:;3:cd;4:e.");
    BOOST_TEST(told('\n', 2, "abc\nab\n\nabcd", piece) == "1:ab!;2:ab;3:;4:ab!.");
    BOOST_TEST(told('\0', 100, std::string_view("a\n\0b\0", 5), piece) == "1:a\n;2:b;");
    BOOST_TEST(told(std::nullopt, 100, "a\nb\n", piece) == "1:a\nb\n.");
    BOOST_TEST(told(std::nullopt, 3, "a\nb\n", piece) == "1:a\nb!.");
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_no_line_but_a_whole) {
  BOOST_TEST(told('\n', 100, "", 1) == "");
  BOOST_TEST(told(std::nullopt, 100, "", 1) == "1:.");
}

}  // namespace
}  // namespace gird::text
