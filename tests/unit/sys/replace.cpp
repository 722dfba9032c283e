// Replacing files: all or nothing, and what belonged to the old file stays.
#include "sys/replace.hpp"

#include <sys/xattr.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "scratch.hpp"

namespace gird::sys {
namespace {

std::size_t files_in(const Scratch& scratch) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(scratch.path("")))
    if (!entry.path().empty()) ++count;
  return count;
}

struct stat info_of(const std::string& path) {
  struct stat info{};
  BOOST_REQUIRE_EQUAL(::stat(path.c_str(), &info), 0);
  return info;
}

Result<void> replace(const std::string& path, std::string_view text,
                     const Replacement::Plan& plan = {}, const std::string& backup = {}) {
  Replacement made = TRY(Replacement::prepare(path, plan));
  write_all(made.number(), text);
  return made.commit(backup);
}

BOOST_AUTO_TEST_SUITE(replacement)

BOOST_AUTO_TEST_CASE(keeps_the_mode_and_the_attributes) {
  const Scratch scratch;
  const std::string path = scratch.file("a", "old", 0640);
  const bool tells = ::setxattr(path.c_str(), "user.note", "mine", 4, 0) == 0;
  const ino_t before = info_of(path).st_ino;
  BOOST_TEST(replace(path, "new").has_value());
  BOOST_TEST(text_of(path) == "new");
  BOOST_TEST((info_of(path).st_mode & 07777) == 0640U);
  BOOST_TEST(info_of(path).st_ino != before);
  char value[8] = {};
  if (tells) BOOST_TEST(::getxattr(path.c_str(), "user.note", value, sizeof value) == 4);
  BOOST_TEST(files_in(scratch) == 1U);
}

BOOST_AUTO_TEST_CASE(keeps_the_owner) {
  const Scratch scratch;
  const std::string path = scratch.file("a", "old");
  if (::chown(path.c_str(), 12345, 23456) != 0) {
    BOOST_TEST_MESSAGE("only root can give a file away");
    return;
  }
  BOOST_TEST(replace(path, "new").has_value());
  BOOST_TEST(info_of(path).st_uid == 12345U);
  BOOST_TEST(info_of(path).st_gid == 23456U);
}

BOOST_AUTO_TEST_CASE(makes_a_file_that_is_not_there) {
  const Scratch scratch;
  const mode_t before = ::umask(027);
  const auto done = replace(scratch.path("a"), "new");
  ::umask(before);
  BOOST_TEST(done.has_value());
  BOOST_TEST(text_of(scratch.path("a")) == "new");
  BOOST_TEST((info_of(scratch.path("a")).st_mode & 07777) == 0640U);
}

BOOST_AUTO_TEST_CASE(leaves_a_link_in_place) {
  const Scratch scratch;
  const std::string path = scratch.file("a", "old");
  BOOST_REQUIRE_EQUAL(::symlink("a", scratch.path("link").c_str()), 0);
  BOOST_TEST(replace(scratch.path("link"), "new").has_value());
  BOOST_TEST(std::filesystem::is_symlink(scratch.path("link")));
  BOOST_TEST(text_of(path) == "new");
}

BOOST_AUTO_TEST_CASE(leaves_nothing_behind_without_commit) {
  const Scratch scratch;
  const std::string path = scratch.file("a", "old");
  {
    auto made = Replacement::prepare(path, {});
    BOOST_REQUIRE(made.has_value());
    write_all(made->number(), "half");
  }
  BOOST_TEST(text_of(path) == "old");
  BOOST_TEST(files_in(scratch) == 1U);
}

BOOST_AUTO_TEST_CASE(keeps_the_old_file_under_another_name) {
  const Scratch scratch;
  const std::string path = scratch.file("a", "old");
  scratch.file("a.bak", "older");
  const ino_t before = info_of(path).st_ino;
  BOOST_TEST(replace(path, "new", {}, ".bak").has_value());
  BOOST_TEST(text_of(path) == "new");
  BOOST_TEST(text_of(scratch.path("a.bak")) == "old");
  BOOST_TEST(info_of(scratch.path("a.bak")).st_ino == before);
  BOOST_TEST(files_in(scratch) == 2U);
}

BOOST_AUTO_TEST_CASE(refuses_a_file_with_several_names) {
  const Scratch scratch;
  const std::string path = scratch.file("a", "old");
  BOOST_REQUIRE_EQUAL(::link(path.c_str(), scratch.path("b").c_str()), 0);
  const auto refused = replace(path, "new");
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error().code == "file-linked");
  BOOST_TEST(replace(path, "new", {.hard_links = Replacement::HardLinks::part}).has_value());
  BOOST_TEST(text_of(path) == "new");
  BOOST_TEST(text_of(scratch.path("b")) == "old");
}

BOOST_AUTO_TEST_CASE(refuses_a_file_that_was_changed_meanwhile) {
  const Scratch scratch;
  const std::string path = scratch.file("a", "old");
  const struct stat expected = info_of(path);
  scratch.file("a", "edited");
  const auto refused = replace(path, "new", {.expected = expected});
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error().code == "file-changed");
  BOOST_TEST(text_of(path) == "edited");
  BOOST_TEST(files_in(scratch) == 1U);
}

BOOST_AUTO_TEST_CASE(writes_to_a_device_directly) {
  BOOST_TEST(replace("/dev/null", "new").has_value());
  BOOST_TEST(S_ISCHR(info_of("/dev/null").st_mode));
}

BOOST_AUTO_TEST_CASE(tells_what_cannot_be_replaced) {
  const Scratch scratch;
  const auto refused = replace(scratch.path("none/a"), "new");
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error().code == "file-unwritable");
  BOOST_TEST(refused.error().what == "replace " + scratch.path("none/a"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
