// Reading files and pipes in pieces.
#include "sys/input.hpp"

#include <boost/test/unit_test.hpp>

#include "scratch.hpp"

namespace gird::sys {
namespace {

std::string all_of(Input& input) {
  std::string text;
  while (true) {
    const auto piece = input.next();
    BOOST_REQUIRE(piece.has_value());
    if (piece->empty()) return text;
    text += *piece;
  }
}

BOOST_AUTO_TEST_SUITE(input)

BOOST_AUTO_TEST_CASE(gives_a_file_whole) {
  const Scratch scratch;
  std::string bytes;
  while (bytes.size() < 1'000'000) bytes += std::to_string(bytes.size());
  auto opened = Input::open(scratch.file("a", bytes));
  BOOST_REQUIRE(opened.has_value());
  BOOST_TEST(opened->lasting());
  BOOST_TEST(opened->size() == bytes.size());
  BOOST_TEST((all_of(*opened) == bytes));
  BOOST_TEST(opened->passed() == bytes.size());
  BOOST_TEST(opened->unchanged());
}

BOOST_AUTO_TEST_CASE(begins_where_standard_input_stands) {
  const Scratch scratch;
  const Fd file(::open(scratch.file("a", "0123456789").c_str(), O_RDONLY | O_CLOEXEC));
  ::lseek(file.get(), 4, SEEK_SET);
  const Instead instead(0, file.get());
  auto opened = Input::open("-");
  BOOST_REQUIRE(opened.has_value());
  BOOST_TEST(opened->start() == 4U);
  BOOST_TEST(opened->size() == 6U);
  BOOST_TEST(all_of(*opened) == "456789");
}

BOOST_AUTO_TEST_CASE(reads_a_pipe) {
  Pipe pipe = make_pipe().value();
  write_all(pipe.write.get(), "through");
  pipe.write.reset();
  const Instead instead(0, pipe.read.get());
  auto opened = Input::open("-");
  BOOST_REQUIRE(opened.has_value());
  BOOST_TEST(!opened->lasting());
  BOOST_TEST(opened->size() == 0U);
  BOOST_TEST(all_of(*opened) == "through");
}

BOOST_AUTO_TEST_CASE(sees_a_change_but_not_growth) {
  const Scratch scratch;
  auto opened = Input::open(scratch.file("a", "0123456789"));
  all_of(*opened);
  write_all(Fd(::open(scratch.path("a").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)).get(), "more");
  BOOST_TEST(opened->unchanged());
  scratch.file("a", "short");
  BOOST_TEST(!opened->unchanged());
}

BOOST_AUTO_TEST_CASE(names_what_cannot_be_read) {
  const Scratch scratch;
  const auto none = Input::open(scratch.path("none"));
  BOOST_REQUIRE(!none.has_value());
  BOOST_TEST(none.error().code == "file-unreadable");
  BOOST_TEST(none.error().why == "no such file or directory");
  const auto folder = Input::open(scratch.path(""));
  BOOST_REQUIRE(!folder.has_value());
  BOOST_TEST(folder.error().why == "is a directory");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
