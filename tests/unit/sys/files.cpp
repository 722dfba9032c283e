// Files and programs by name.
#include "sys/files.hpp"

#include <boost/test/unit_test.hpp>

#include "scratch.hpp"
#include "sys/path.hpp"

namespace gird::sys {
namespace {

BOOST_AUTO_TEST_SUITE(files)

BOOST_AUTO_TEST_CASE(are_emptied_or_added_to) {
  const Scratch scratch;
  const std::string path = scratch.file("report", "old");
  write_all(append_file(path).value().get(), "+new");
  BOOST_TEST(text_of(path) == "old+new");
  write_all(create_file(path).value().get(), "only");
  BOOST_TEST(text_of(path) == "only");
}

BOOST_AUTO_TEST_CASE(that_cannot_be_written_are_named) {
  const Scratch scratch;
  for (const std::string& path : {scratch.path("none/report"), scratch.path("")}) {
    const auto file = create_file(path);
    BOOST_REQUIRE(!file.has_value());
    BOOST_TEST(file.error().code == "file-unwritable");
    BOOST_TEST(file.error().what == "open " + path);
  }
}

BOOST_AUTO_TEST_CASE(of_nothing_end_at_once) {
  BOOST_TEST(drained(null_input().value().get()).empty());
}

BOOST_AUTO_TEST_CASE(tell_how_they_close) {
  const int open = ::dup(2);
  BOOST_TEST(close_checked(open) == 0);
  BOOST_TEST(close_checked(open) == EBADF);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(path)

BOOST_AUTO_TEST_CASE(lists_programs_of_all_folders_once) {
  const Scratch scratch;
  ::mkdir(scratch.path("a").c_str(), 0700);
  ::mkdir(scratch.path("b").c_str(), 0700);
  ::mkdir(scratch.path("a/folder").c_str(), 0700);
  scratch.file("a/run", "", 0755);
  scratch.file("a/text", "", 0644);
  scratch.file("b/run", "", 0755);
  scratch.file("b/also", "", 0755);
  const std::string all = scratch.path("b") + ":" + scratch.path("none") + ":" + scratch.path("a");
  const std::vector<std::string> expected{"also", "run"};
  BOOST_TEST(programs_on_path(all) == expected, boost::test_tools::per_element());
  BOOST_TEST(programs_on_path("").empty());
}

BOOST_AUTO_TEST_CASE(knows_files_from_folders) {
  const Scratch scratch;
  BOOST_TEST(is_file(scratch.file("text", "")));
  BOOST_TEST(!is_file(scratch.path("")));
  BOOST_TEST(!is_file(scratch.path("none")));
  BOOST_TEST(!is_file("/dev/null"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
