// Text of files and pipes, in any encoding.
#include "shared/text_input.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "sys/fd.hpp"
#include "sys/files.hpp"
#include "unit/sys/scratch.hpp"

namespace gird {
namespace {

using namespace std::string_view_literals;

struct Row {
  std::string_view bytes;
  std::string_view text;
  json::Encoding encoding;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.text; }

const std::vector<Row> rows{
    {"", "", json::Encoding::utf8},
    {"[1]", "[1]", json::Encoding::utf8},
    {"\xef\xbb\xbf[]", "\ufeff[]", json::Encoding::utf8},
    {"[\xff]", "[\xff]", json::Encoding::utf8},
    {"[\0]\0"sv, "\ufeff[]", json::Encoding::utf16_le},
    {"\xfe\xff\0["sv, "\ufeff[", json::Encoding::utf16_be},
    {"\0\0\0[\0\0\0]"sv, "\ufeff[]", json::Encoding::utf32_be},
};

std::string all_of(TextInput& input) {
  std::string text;
  while (true) {
    const auto piece = input.next().value();
    if (piece.empty()) return text;
    text += piece;
  }
}

void check_text(TextInput& input, const Row& row) {
  BOOST_TEST(all_of(input) == row.text);
  BOOST_TEST(input.passed() == row.text.size());
  BOOST_TEST((input.sniffed().encoding == row.encoding));
  BOOST_TEST(input.transcoded() == (row.encoding != json::Encoding::utf8));
  if (!input.lasting()) return;
  std::string again(row.text.size(), '\0');
  const auto start = static_cast<off_t>(input.start());
  BOOST_TEST(::pread(input.number(), again.data(), again.size(), start) ==
             static_cast<ssize_t>(again.size()));
  BOOST_TEST(again == row.text);
}

BOOST_AUTO_TEST_SUITE(text_input)

BOOST_DATA_TEST_CASE(a_file_is_text, rows, row) {
  const sys::Scratch scratch;
  const std::string file = scratch.file("a", row.bytes);
  TextInput once = TextInput::open(file).value();
  BOOST_TEST(once.lasting() == (row.encoding == json::Encoding::utf8));
  check_text(once, row);
  TextInput lasting = TextInput::open(file, true).value();
  BOOST_TEST(lasting.lasting());
  check_text(lasting, row);
  BOOST_TEST(lasting.bytes().info().st_size == static_cast<off_t>(row.bytes.size()));
}

BOOST_DATA_TEST_CASE(a_pipe_is_text, rows, row) {
  for (const bool lasting : {false, true}) {
    sys::Pipe pipe = sys::make_pipe().value();
    std::thread writer([&] {
      for (const char byte : row.bytes) sys::write_all(pipe.write.get(), {&byte, 1});
      pipe.write.reset();
    });
    const sys::Instead instead(0, pipe.read.get());
    TextInput input = TextInput::open("-", lasting).value();
    BOOST_TEST(input.lasting() == lasting);
    check_text(input, row);
    writer.join();
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird
