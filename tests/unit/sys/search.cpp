// Along PATH as execvp goes, and gird by its inode.
#include "sys/search.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cerrno>

#include "scratch.hpp"
#include "sys/program.hpp"

namespace gird::sys {
namespace {

BOOST_AUTO_TEST_SUITE(search)

BOOST_AUTO_TEST_CASE(finds_the_files_in_the_order_of_path) {
  const Scratch scratch;
  ::mkdir(scratch.path("one").c_str(), 0700);
  ::mkdir(scratch.path("two").c_str(), 0700);
  const std::string first = scratch.file("one/tool", "");
  const std::string second = scratch.file("two/tool", "");
  const std::string path = "/nowhere:" + scratch.path("one") + ":" + scratch.path("two") + ":/";
  Search search("tool", path.c_str());
  BOOST_REQUIRE(search.found());
  BOOST_TEST(search.file() == first);
  search.next(EACCES);
  BOOST_REQUIRE(search.found());
  BOOST_TEST(search.file() == second);
  search.next(ENOENT);
  BOOST_TEST(!search.found());
  BOOST_TEST(search.fault() == EACCES);  // one that was there could not be run
}

BOOST_AUTO_TEST_CASE(an_error_that_is_no_absence_ends_the_search) {
  Search search("sh", "/bin:/usr/bin");
  BOOST_REQUIRE(search.found());
  search.next(E2BIG);
  BOOST_TEST(!search.found());
  BOOST_TEST(search.fault() == E2BIG);
}

BOOST_AUTO_TEST_CASE(says_why_nothing_is_found) {
  BOOST_TEST(Search("gird-no-such-program", "/bin:/usr/bin").fault() == ENOENT);
  BOOST_TEST(Search("/nowhere/tool", "/bin").fault() == ENOENT);
  BOOST_TEST(Search("/dev/null/tool", "/bin").fault() == ENOTDIR);
  BOOST_TEST(Search(std::string(300, 'x'), "/bin").fault() == ENAMETOOLONG);
}

BOOST_AUTO_TEST_CASE(an_empty_element_is_the_working_directory) {
  const Scratch scratch;
  scratch.file("tool", "");
  std::array<char, 4096> before{};
  BOOST_REQUIRE(::getcwd(before.data(), before.size()) != nullptr);
  BOOST_REQUIRE(::chdir(scratch.path("").c_str()) == 0);
  for (const char* path : {"", ":/nowhere", "/nowhere:", "/nowhere::/bin"}) {
    const Search search("tool", path);
    BOOST_TEST(search.found(), path);
    BOOST_TEST(search.file() == "tool", path);
  }
  BOOST_REQUIRE(::chdir(before.data()) == 0);
}

BOOST_AUTO_TEST_CASE(a_name_with_a_slash_is_not_searched_for) {
  const Search search("bin/sh", "/:/usr");
  BOOST_TEST(!search.found());
  Search direct("/bin/sh", nullptr);
  BOOST_REQUIRE(direct.found());
  BOOST_TEST(direct.file() == "/bin/sh");
  direct.next(EACCES);
  BOOST_TEST(!direct.found());
}

BOOST_AUTO_TEST_CASE(without_path_the_system_has_one) {
  BOOST_TEST(Search("sh", nullptr).file() == "/bin/sh");
  const std::array<const char*, 2> entries{"PATHS=/a", "PATH=/b"};
  BOOST_TEST(path_among(entries) == "/b");
  BOOST_TEST(path_among({entries.data(), 1}) == nullptr);
}

BOOST_AUTO_TEST_CASE(this_program_is_known_by_its_inode) {
  const auto is_ours = [](const std::string& file) {
    struct stat info{};
    BOOST_REQUIRE(::stat(file.c_str(), &info) == 0);
    return is_this_program(file, info);
  };
  const Scratch scratch;
  const std::string link = scratch.path("link");
  BOOST_REQUIRE(::symlink("/proc/self/exe", link.c_str()) == 0);
  BOOST_TEST(is_ours("/proc/self/exe"));
  BOOST_TEST(is_ours(link));
  BOOST_TEST(!is_ours("/bin/sh"));
  BOOST_TEST(!is_ours("/bin"));
  BOOST_TEST(!is_ours(scratch.file("large", std::string(32 << 20, 'x'))));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
