// What stands where a cell should: things that are no files, and files of others.
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include <boost/test/unit_test.hpp>

#include "unit/store/files.hpp"

namespace gird::store {
namespace {

namespace utf = boost::unit_test;

constexpr uid_t nobody = 65534;

boost::test_tools::assertion_result as_root(utf::test_unit_id) {
  boost::test_tools::assertion_result can(::geteuid() == 0);
  can.message() << "only root can do this";
  return can;
}

/// In a child with mounts of its own: the exit code is that of `work`, 77 where mounts are not to
/// be had.
template <class Work>
int with_mounts(Work work) {
  return wait_for(fork_to([&] {
    if (::unshare(CLONE_NEWNS) != 0) return 77;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return 77;
    return work();
  }));
}

boost::test_tools::assertion_result can_mount(utf::test_unit_id) {
  const sys::Scratch scratch;
  boost::test_tools::assertion_result can(
      ::geteuid() == 0 &&
      with_mounts([&] {
        return ::mount("none", scratch.path("").c_str(), "tmpfs", 0, "size=64k") == 0 ? 0 : 77;
      }) == 0);
  can.message() << "no file system can be mounted here";
  return can;
}

/// As another user, in a child.
template <class Work>
int as_nobody(Work work) {
  return wait_for(fork_to([&] {
    if (::setgroups(0, nullptr) != 0 || ::setresgid(nobody, nobody, nobody) != 0) return 77;
    if (::setresuid(nobody, nobody, nobody) != 0) return 77;
    return work();
  }));
}

struct Hostile : Files {
  Hostile() {
    ask();
    ::unlink(path().c_str());
    // Another user has to get to the state directory at all.
    ::chmod(scratch.path("").c_str(), 0755);
  }
  void refuses(std::string_view why) {
    for (FileStore* each : {&store, &fresh}) {
      const auto stepped = each->step<Counter>("key", nullptr, {}, none);
      BOOST_REQUIRE(!stepped.has_value());
      BOOST_TEST(stepped.error().code == "store-unusable");
      BOOST_TEST(stepped.error().what == "open " + path());
      BOOST_TEST(stepped.error().why == why);
      const auto looked = each->look<Counter>("key");
      BOOST_REQUIRE(!looked.has_value());
      BOOST_TEST(looked.error().code == "store-unusable");
    }
  }
  FileStore fresh{directory};
};

BOOST_FIXTURE_TEST_SUITE(hostile, Hostile)

BOOST_AUTO_TEST_CASE(no_link_is_followed) {
  const std::string target = scratch.file("target", "precious");
  BOOST_REQUIRE(::symlink(target.c_str(), path().c_str()) == 0);
  refuses("is a symbolic link");
  BOOST_TEST(sys::text_of(target) == "precious");
  ::unlink(path().c_str());
  BOOST_REQUIRE(::symlink(scratch.path("none").c_str(), path().c_str()) == 0);
  BOOST_TEST(!try_ask().has_value());
  BOOST_TEST(::access(scratch.path("none").c_str(), F_OK) != 0);
}

BOOST_AUTO_TEST_CASE(no_fifo_is_waited_for) {
  BOOST_REQUIRE(::mkfifo(path().c_str(), 0600) == 0);
  refuses("is no regular file");
}

BOOST_AUTO_TEST_CASE(no_folder_is_taken_for_a_cell) {
  BOOST_REQUIRE(::mkdir(path().c_str(), 0700) == 0);
  BOOST_TEST(try_ask().error().why == "is a directory");
  BOOST_TEST(store.look<Counter>("key").error().code == "store-unusable");
}

BOOST_AUTO_TEST_CASE(no_socket_is_taken_for_a_cell) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path().copy(address.sun_path, sizeof address.sun_path - 1);
  const sys::Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto* raw = reinterpret_cast<const sockaddr*>(&address);
  BOOST_REQUIRE(::bind(socket.get(), raw, sizeof address) == 0);
  BOOST_TEST(try_ask().error().code == "store-unusable");
  BOOST_TEST(store.look<Counter>("key").error().code == "store-unusable");
}

BOOST_AUTO_TEST_CASE(no_device_is_written, *utf::precondition(as_root)) {
  BOOST_REQUIRE(::mknod(path().c_str(), S_IFCHR | 0600, makedev(1, 5)) == 0);
  refuses("is no regular file");
}

BOOST_AUTO_TEST_CASE(no_cell_of_another_user_is_used, *utf::precondition(as_root)) {
  ask();
  BOOST_REQUIRE(::chown(path().c_str(), nobody, nobody) == 0);
  refuses("it belongs to another user");
  BOOST_TEST(store.remove(kind_of<Counter>(), "key", {}).error().code == "store-unusable");
}

BOOST_AUTO_TEST_CASE(no_cell_that_others_can_write_is_used) {
  ask();
  for (const mode_t mode : {0620, 0602, 0666}) {
    BOOST_REQUIRE(::chmod(path().c_str(), mode) == 0);
    refuses("others can write it");
  }
  BOOST_TEST(try_ask().error().hints.at(0) == "chmod go-w " + path());
  BOOST_REQUIRE(::chmod(path().c_str(), 0644) == 0);
  BOOST_TEST(ask().count == 2);
}

BOOST_AUTO_TEST_CASE(no_folder_that_others_can_write_is_used) {
  for (const std::string& folder : {directory, directory + "/counter"}) {
    BOOST_REQUIRE(::chmod(folder.c_str(), 0770) == 0);
    FileStore other(directory);
    const auto error = other.step<Counter>("key", nullptr, {}, none).error();
    BOOST_TEST(error.code == "store-unusable");
    BOOST_TEST(error.what == "open " + folder);
    BOOST_TEST(error.why == "others can write it");
    BOOST_REQUIRE(::chmod(folder.c_str(), 0700) == 0);
  }
  FileStore other(directory);
  BOOST_TEST(other.step<Counter>("key", nullptr, {}, none).has_value());
}

BOOST_AUTO_TEST_CASE(no_folder_of_another_user_is_used, *utf::precondition(as_root)) {
  BOOST_REQUIRE(::chown(directory.c_str(), nobody, nobody) == 0);
  FileStore other(directory);
  BOOST_TEST(other.step<Counter>("key", nullptr, {}, none).error().why ==
             "it belongs to another user");
}

BOOST_AUTO_TEST_CASE(no_folder_is_reached_through_a_link) {
  std::filesystem::rename(directory + "/counter", scratch.path("elsewhere"));
  BOOST_REQUIRE(::symlink(scratch.path("elsewhere").c_str(), (directory + "/counter").c_str()) ==
                0);
  FileStore other(directory);
  BOOST_TEST(other.step<Counter>("key", nullptr, {}, none).error().code == "store-unusable");
}

BOOST_AUTO_TEST_CASE(what_may_not_be_entered_or_written_is_named, *utf::precondition(as_root)) {
  ask();
  BOOST_TEST(as_nobody([&] {
               FileStore other(directory);
               const auto stepped = other.step<Counter>("key", nullptr, {}, none);
               if (stepped || stepped.error().code != "store-unusable") return 1;
               if (stepped.error().why != "permission denied") return 2;
               return stepped.error().hints.size() == 1 ? 0 : 3;
             }) == 0);
  BOOST_TEST(as_nobody([&] {
               FileStore other(scratch.path("new"));
               const auto stepped = other.step<Counter>("key", nullptr, {}, none);
               if (stepped || stepped.error().code != "store-unusable") return 1;
               return stepped.error().what == "make " + scratch.path("new") ? 0 : 2;
             }) == 0);
}

BOOST_AUTO_TEST_CASE(a_file_in_the_place_of_the_state_directory_is_named) {
  FileStore other(scratch.file("file", ""));
  const auto error = other.step<Counter>("key", nullptr, {}, none).error();
  BOOST_TEST(error.code == "store-unusable");
  BOOST_TEST(error.why == "not a directory");
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_read_only_can_be_looked_at, *utf::precondition(can_mount)) {
  ask();
  BOOST_TEST(with_mounts([&] {
               if (::mount(directory.c_str(), directory.c_str(), "none", MS_BIND, nullptr) != 0 ||
                   ::mount("none", directory.c_str(), "none", MS_REMOUNT | MS_BIND | MS_RDONLY,
                           nullptr) != 0) {
                 return 77;
               }
               FileStore other(directory);
               const auto looked = other.look<Counter>("key");
               if (!looked || !*looked || (*looked)->state.count != 1) return 1;
               const auto stepped = other.step<Counter>("key", nullptr, {}, none);
               if (stepped || stepped.error().code != "store-unusable") return 2;
               if (stepped.error().why != "read-only file system") return 3;
               const auto made = other.step<Counter>("new", nullptr, {}, none);
               return made ? 4 : 0;
             }) == 0);
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_full_stops_new_cells_alone, *utf::precondition(can_mount)) {
  BOOST_TEST(with_mounts([&] {
               const std::string disk = scratch.path("disk");
               ::mkdir(disk.c_str(), 0700);
               if (::mount("none", disk.c_str(), "tmpfs", 0, "size=64k,mode=0700") != 0) return 77;
               FileStore other(disk);
               if (!other.step<Counter>("old", nullptr, {}, none)) return 1;
               const sys::Fd filler(::open((disk + "/filler").c_str(), O_WRONLY | O_CREAT, 0600));
               while (::write(filler.get(), directory.data(), 1) == 1) {
               }
               for (int i = 0; i < 100; ++i) {
                 if (!other.step<Counter>("old", nullptr, {What::note}, none)) return 2;
               }
               const auto made = other.step<Counter>("new", nullptr, {}, none);
               if (made || made.error().code != "store-unusable") return 3;
               if (made.error().why != "no space left on device") return 4;
               if (made.error().what != "make " + disk + "/counter/new.cell") return 5;
               // Nothing is left of the attempt, and with room it works.
               if (other.keys(kind_of<Counter>()).value().size() != 1) return 6;
               ::unlink((disk + "/filler").c_str());
               return ::ftruncate(filler.get(), 0) == 0 &&
                              other.step<Counter>("new", nullptr, {}, none)
                          ? 0
                          : 7;
             }) == 0);
}

BOOST_AUTO_TEST_CASE(a_limit_on_the_size_of_files_is_no_death) {
  BOOST_REQUIRE(fresh.step<Counter>("old", nullptr, {}, none).has_value());
  BOOST_TEST(wait_for(fork_to([&] {
               const rlimit limit{100, 100};
               ::setrlimit(RLIMIT_FSIZE, &limit);
               const auto stepped = try_ask();
               if (stepped || stepped.error().why != "file too large") return 1;
               return store.step<Counter>("old", nullptr, {}, none) ? 2 : 0;
             })) == 0);
}

BOOST_AUTO_TEST_CASE(no_descriptor_to_be_had_is_told) {
  FileStore other(directory);
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none_left{3, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none_left);
  const auto stepped = other.step<Counter>("key", nullptr, {}, none);
  ::setrlimit(RLIMIT_NOFILE, &before);
  BOOST_REQUIRE(!stepped.has_value());
  BOOST_TEST(stepped.error().code == "store-unusable");
  BOOST_TEST(stepped.error().why == "too many open files");
  BOOST_TEST(other.step<Counter>("key", nullptr, {}, none).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::store
