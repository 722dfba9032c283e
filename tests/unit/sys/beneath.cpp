// Paths that stay inside of a folder, and those that do not.
#include "sys/beneath.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <thread>

#include "scratch.hpp"

namespace gird::sys {
namespace {

namespace fs = std::filesystem;

/// A tree with a way out of every kind.
struct Tree {
  Tree() {
    fs::create_directories(scratch.path("base/sub/deep"));
    fs::create_directories(scratch.path("base-secret"));
    scratch.file("base/file", "x");
    scratch.file("secret", "x");
    fs::create_symlink("file", scratch.path("base/in"));
    fs::create_symlink("../secret", scratch.path("base/out"));
    fs::create_symlink("/etc", scratch.path("base/etc"));
    fs::create_symlink("loop", scratch.path("base/loop"));
    fs::create_symlink("nowhere", scratch.path("base/dangling"));
    fs::create_symlink("/proc/self/root", scratch.path("base/magic"));
    fs::create_symlink("sub/deep", scratch.path("base/short"));
  }
  [[nodiscard]] Folder folder() const { return Folder::open(scratch.path("base")).value(); }
  [[nodiscard]] std::string in(std::string_view path) const {
    return fs::canonical(scratch.path("base")).string() + std::string(path);
  }
  Scratch scratch;
};

/// The path, or the code of the refusal.
std::string told(const Result<std::string>& result) {
  return result ? *result : "!" + std::string(result.error().code);
}

BOOST_AUTO_TEST_SUITE(beneath)

BOOST_AUTO_TEST_CASE(what_stays_inside_is_named_as_it_really_is) {
  const Tree tree;
  const Folder folder = tree.folder();
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"file", "/file"},
      {"./file", "/file"},
      {"sub/../file", "/file"},
      {"sub//deep/", "/sub/deep"},
      {"sub/deep/../..", ""},
      {"new", "/new"},
      {"sub/new.txt", "/sub/new.txt"},
      {"..x", "/..x"},
      {"sub/...", "/sub/..."},
  };
  for (const auto& [path, real] : cases) {
    BOOST_TEST_CONTEXT(path) {
      BOOST_TEST(told(folder.resolve(path)) == tree.in(real));
      BOOST_TEST(told(folder.walk(path)) == tree.in(real));
    }
  }
}

BOOST_AUTO_TEST_CASE(links_are_followed_while_they_stay_inside) {
  const Tree tree;
  const Folder folder = tree.folder();
  BOOST_TEST(told(folder.resolve("in")) == tree.in("/file"));
  BOOST_TEST(told(folder.resolve("short/../x")) == tree.in("/sub/x"));
  BOOST_TEST(told(folder.walk("in")) == "!path-outside");
  BOOST_TEST(told(folder.walk("short/../x")) == "!path-outside");
}

BOOST_AUTO_TEST_CASE(what_leaves_is_refused) {
  const Tree tree;
  const Folder folder = tree.folder();
  for (const std::string_view path :
       {"..", "../secret", "../base/file", "../base-secret", "sub/../../secret", "/etc/passwd",
        "out", "etc/passwd", "etc", "loop", "magic", "magic/etc/passwd", "sub/../out"}) {
    BOOST_TEST_CONTEXT(path) {
      BOOST_TEST(told(folder.resolve(path)) == "!path-outside");
      BOOST_TEST(told(folder.walk(path)) == "!path-outside");
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_told_apart) {
  const Tree tree;
  const Folder folder = tree.folder();
  for (const std::string_view path : {"none/file", "none/", "none/.."}) {
    BOOST_TEST_CONTEXT(path) {
      BOOST_TEST(told(folder.resolve(path)) == "!path-missing");
      BOOST_TEST(told(folder.walk(path)) == "!path-missing");
    }
  }
  BOOST_TEST(told(folder.resolve("dangling")) == "!path-missing");
  for (const std::string& path : {std::string(), std::string("a\0b", 3), std::string("file/x"),
                                  std::string(5000, 'a'), std::string(300, 'a')}) {
    BOOST_TEST(told(folder.resolve(path)) == "!path-unusable");
    BOOST_TEST(told(folder.walk(path)) == "!path-unusable");
  }
}

BOOST_AUTO_TEST_CASE(a_name_that_is_exchanged_meanwhile_leads_nowhere_else) {
  const Tree tree;
  const Folder folder = tree.folder();
  const std::string name = tree.scratch.path("base/swap");
  const std::string link = tree.scratch.path("base/swap-link");
  const std::string plain = tree.scratch.path("base/swap-plain");
  std::atomic<bool> done = false;
  std::thread swapper([&] {
    while (!done) {
      fs::create_symlink("../secret", link);
      fs::rename(link, name);
      fs::copy_file(tree.scratch.path("base/file"), plain);
      fs::rename(plain, name);
    }
  });
  int inside = 0;
  for (int turn = 0; turn < 20000 && inside < 200; ++turn) {
    const std::string found = told(folder.resolve("swap"));
    const bool allowed = found == tree.in("/swap") || found.front() == '!';
    if (!allowed) BOOST_ERROR("it led to " + found);
    inside += found == tree.in("/swap") ? 1 : 0;
  }
  done = true;
  swapper.join();
  BOOST_TEST(inside > 0);
}

BOOST_AUTO_TEST_CASE(a_folder_must_be_one) {
  const Tree tree;
  for (const char* const name : {"base/file", "none"}) {
    const auto folder = Folder::open(tree.scratch.path(name));
    BOOST_REQUIRE(!folder.has_value());
    BOOST_TEST(folder.error().code == "folder-unreadable");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
