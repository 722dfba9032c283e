// Unlinked files: what is put in comes out, wherever it goes.
#include "sys/spool.hpp"

#include <signal.h>
#include <sys/mount.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <thread>

#include "scratch.hpp"
#include "sys/files.hpp"

namespace gird::sys {
namespace {

std::string much() {
  std::string bytes;
  while (bytes.size() < 3'000'000) bytes += std::to_string(bytes.size()) + '\n';
  return bytes;
}

Fd filled(std::string_view bytes) {
  Fd spool = make_spool().value();
  BOOST_REQUIRE_EQUAL(write_all(spool.get(), bytes), 0);
  return spool;
}

BOOST_AUTO_TEST_SUITE(spool)

BOOST_AUTO_TEST_CASE(has_no_name_and_knows_its_size) {
  const Fd spool = filled("twelve bytes");
  BOOST_TEST(spool_size(spool.get()) == 12);
  struct stat info{};
  BOOST_REQUIRE_EQUAL(::fstat(spool.get(), &info), 0);
  BOOST_TEST(info.st_nlink == 0U);
  BOOST_TEST(spool_full(spool.get()) == 0);
  BOOST_TEST(spool_size(spool.get()) == 12);  // to ask adds nothing
}

BOOST_AUTO_TEST_CASE(is_in_memory_where_no_file_can_be_made) {
  ::setenv("TMPDIR", "/proc", 1);
  auto spool = make_spool();
  ::unsetenv("TMPDIR");
  BOOST_REQUIRE(spool.has_value());
  BOOST_TEST(write_all(spool->get(), "kept") == 0);
  const Fd again = reopened(spool->get(), 1);
  BOOST_TEST(drained(again.get()) == "ept");
}

BOOST_AUTO_TEST_CASE(goes_through_a_pipe_whole) {
  const std::string bytes = much();
  const Fd spool = filled(bytes);
  Pipe pipe = make_pipe().value();
  int fault = -1;
  std::thread writer([&] {
    fault = copy_spool(spool.get(), pipe.write.get());
    pipe.write.reset();
  });
  const std::string arrived = drained(pipe.read.get());
  writer.join();
  BOOST_TEST(fault == 0);
  BOOST_TEST((arrived == bytes));
}

BOOST_AUTO_TEST_CASE(waits_for_a_pipe_that_does_not_block) {
  const std::string bytes = much();
  const Fd spool = filled(bytes);
  Pipe pipe = make_pipe().value();
  never_block(pipe.write.get());
  std::thread writer([&] {
    copy_spool(spool.get(), pipe.write.get());
    pipe.write.reset();
  });
  const std::string arrived = drained(pipe.read.get());
  writer.join();
  BOOST_TEST((arrived == bytes));
}

BOOST_AUTO_TEST_CASE(is_copied_to_a_file_and_to_the_end_of_another) {
  const Scratch scratch;
  const std::string bytes = much();
  const Fd spool = filled(bytes);
  const Fd file = create_file(scratch.path("new")).value();
  BOOST_TEST(copy_spool(spool.get(), file.get()) == 0);
  BOOST_TEST((text_of(scratch.path("new")) == bytes));
  // sendfile refuses descriptors that append.
  const Fd log = append_file(scratch.file("log", "before\n")).value();
  BOOST_TEST(copy_spool(spool.get(), log.get()) == 0);
  BOOST_TEST((text_of(scratch.path("log")) == "before\n" + bytes));
}

BOOST_AUTO_TEST_CASE(tells_when_nobody_reads) {
  const Fd spool = filled("unread");
  Pipe pipe = make_pipe().value();
  pipe.read.reset();
  void (*before)(int) = ::signal(SIGPIPE, SIG_IGN);
  const int fault = copy_spool(spool.get(), pipe.write.get());
  ::signal(SIGPIPE, before);
  BOOST_TEST(fault == EPIPE);
}

BOOST_AUTO_TEST_CASE(tells_when_the_target_is_full) {
  const Fd spool = filled("too much");
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  BOOST_TEST(copy_spool(spool.get(), full.get()) == ENOSPC);
  BOOST_TEST(copy_spool(spool.get(), -1) == EBADF);
}

BOOST_AUTO_TEST_CASE(knows_that_its_disk_is_full) {
  const Scratch scratch;
  const std::string disk = scratch.path("disk");
  BOOST_REQUIRE_EQUAL(::mkdir(disk.c_str(), 0700), 0);
  if (::mount("gird-unit", disk.c_str(), "tmpfs", 0, "size=64k") != 0) {
    BOOST_TEST_MESSAGE("no small disk can be mounted here");
    return;
  }
  ::setenv("TMPDIR", disk.c_str(), 1);
  auto made = make_spool();
  ::unsetenv("TMPDIR");
  BOOST_REQUIRE(made.has_value());
  const int roomy = spool_full(made->get());
  const int fault = write_all(made->get(), std::string(100 << 10, 'x'));
  const int full = spool_full(made->get());
  made->reset();
  ::umount(disk.c_str());
  BOOST_TEST(roomy == 0);
  BOOST_TEST(fault == ENOSPC);
  BOOST_TEST(full == ENOSPC);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
