// The world as it is: whom a configuration is taken from, variables, and this process itself.
#include "sys/real_world.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <set>

#include "scratch.hpp"
#include "sys/fd.hpp"
#include "sys/program.hpp"

namespace gird::sys {
namespace {

/// The status of a child that does `what`.
template <typename What>
int status_of(What what) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    what();
    ::_exit(99);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return status;
}

BOOST_AUTO_TEST_SUITE(real_world)

BOOST_AUTO_TEST_CASE(reads_a_configuration_or_finds_none) {
  const Scratch scratch;
  RealWorld world;
  BOOST_TEST(world.read_configuration(scratch.file("config", "[retry]\n")).value().value() ==
             "[retry]\n");
  BOOST_TEST(!world.read_configuration(scratch.path("none")).value().has_value());
  BOOST_TEST(!world.read_configuration(scratch.path("config/below")).value().has_value());
  const auto folder = world.read_configuration(scratch.path(""));
  BOOST_REQUIRE(!folder.has_value());
  BOOST_TEST(folder.error().code == "file-unreadable");
}

BOOST_AUTO_TEST_CASE(is_not_caught_by_a_fifo) {
  const Scratch scratch;
  ::mkfifo(scratch.path("fifo").c_str(), 0600);
  RealWorld world;
  BOOST_TEST(world.read_configuration(scratch.path("fifo")).value().value().empty());
}

BOOST_AUTO_TEST_CASE(as_root_trusts_no_file_that_others_can_write) {
  if (::geteuid() != 0) return;
  const Scratch scratch;
  RealWorld world;
  for (const mode_t mode : {0666, 0646, 0664}) {
    const std::string path = scratch.file("config", "", mode);
    const auto text = world.read_configuration(path);
    BOOST_REQUIRE(!text.has_value());
    BOOST_TEST(text.error().code == "config-untrusted");
    BOOST_TEST((text.error().fault == Fault::usage));
  }
  const std::string path = scratch.file("config", "", 0600);
  BOOST_TEST(world.read_configuration(path).has_value());
  BOOST_REQUIRE(::chown(path.c_str(), 65534, 0) == 0);
  BOOST_TEST(!world.read_configuration(path).has_value());
  // /dev/null is for everybody to write, and says nothing.
  BOOST_TEST(world.read_configuration("/dev/null").value().value().empty());
}

BOOST_AUTO_TEST_CASE(takes_an_empty_variable_for_unset) {
  RealWorld world;
  ::setenv("GIRD_UNIT", "value=1", 1);
  ::setenv("GIRD_UNIT_EMPTY", "", 1);
  BOOST_TEST(world.variable("GIRD_UNIT").value() == "value=1");
  BOOST_TEST(!world.variable("GIRD_UNIT_EMPTY").has_value());
  BOOST_TEST(!world.variable("GIRD_UNI").has_value());
  BOOST_TEST(!world.variable("GIRD_UNIT_NONE").has_value());
  ::unsetenv("GIRD_UNIT");
  ::unsetenv("GIRD_UNIT_EMPTY");
  BOOST_TEST(!world.variable("GIRD_UNIT").has_value());
}

BOOST_AUTO_TEST_CASE(draws_other_bits_each_time) {
  RealWorld one;
  RealWorld two;
  std::set<std::uint64_t> drawn;
  for (int turn = 0; turn < 100; ++turn) {
    drawn.insert(one.entropy());
    drawn.insert(two.entropy());
  }
  BOOST_TEST(drawn.size() == 200U);
}

BOOST_AUTO_TEST_CASE(tells_whether_the_output_arrived) {
  RealWorld world;
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  world.out("text");
  bool arrived = true;
  {
    const Instead output(1, full.get());
    arrived = world.finish().has_value();
  }
  BOOST_TEST(!arrived);
  BOOST_TEST(world.finish().has_value());  // there is nothing left to write
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(program)

BOOST_AUTO_TEST_CASE(keeps_its_files_out_of_closed_descriptors) {
  const int status = status_of([] {
    for (const int number : {0, 1, 2}) ::close(number);
    guard_standard_descriptors();
    const Fd file(::open("/dev/zero", O_RDWR | O_CLOEXEC));
    char byte = 0;
    const bool apart = file.get() > 2;
    const bool dead = ::write(1, "x", 1) < 0 && errno == EBADF && ::read(0, &byte, 1) < 0;
    const bool hidden = (::fcntl(1, F_GETFD) & FD_CLOEXEC) != 0;
    ::_exit(apart && dead && hidden ? 0 : 1);
  });
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(leaves_open_descriptors_alone) {
  const Pipe pipe = make_pipe().value();
  const int status = status_of([&] {
    ::dup2(pipe.write.get(), 1);
    guard_standard_descriptors();
    ::_exit(::write(1, "x", 1) == 1 ? 0 : 1);
  });
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(dies_of_the_signal_it_is_told) {
  for (const int number : {SIGINT, SIGTERM, SIGSEGV, SIGKILL, SIGHUP}) {
    const int status = status_of([&] {
      ::signal(number, SIG_IGN);
      sigset_t mask;
      sigfillset(&mask);
      ::sigprocmask(SIG_BLOCK, &mask, nullptr);
      leave({128 + number, number});
    });
    BOOST_REQUIRE(WIFSIGNALED(status));
    BOOST_TEST(WTERMSIG(status) == number);
    BOOST_TEST(!WCOREDUMP(status));
  }
  BOOST_TEST(WEXITSTATUS(status_of([] { leave({7, 0}); })) == 7);
  // What does not kill is told by the number.
  BOOST_TEST(WEXITSTATUS(status_of([] { leave({128 + SIGCHLD, SIGCHLD}); })) == 128 + SIGCHLD);
}

/// In a process of its own, which a wait makes a sub-reaper: 0 time over, 1 woken, 2 a signal.
template <typename Before>
int end_of_wait(Duration span, int wake, Before before) {
  return status_of([&] {
    RealWorld world;
    static_cast<void>(world.sleep(Duration::zero()));
    before();
    const auto waited = world.sleep(span, wake);
    ::_exit(!waited ? 3 : waited->interrupted == SIGTERM ? 2 : waited->woken ? 1 : 0);
  });
}

BOOST_AUTO_TEST_CASE(a_wait_ends_when_its_descriptor_is_ready) {
  using std::chrono::hours;
  Pipe pipe = make_pipe().value();
  const auto nothing = [] {};
  const int span_over = end_of_wait(std::chrono::milliseconds(1), pipe.read.get(), nothing);
  BOOST_TEST(WEXITSTATUS(span_over) == 0);
  BOOST_TEST(WEXITSTATUS(end_of_wait(Duration::zero(), -1, nothing)) == 0);
  const auto write = [&] { write_all(pipe.write.get(), "x"); };
  BOOST_TEST(WEXITSTATUS(end_of_wait(hours(1), pipe.read.get(), write)) == 1);
  pipe.write.reset();
  BOOST_TEST(WEXITSTATUS(end_of_wait(Duration::max(), pipe.read.get(), nothing)) == 1);
}

BOOST_AUTO_TEST_CASE(a_signal_is_told_before_a_descriptor_that_is_ready) {
  const Pipe pipe = make_pipe().value();
  write_all(pipe.write.get(), "x");
  const auto both = [] {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    ::kill(::getpid(), SIGTERM);
  };
  BOOST_TEST(WEXITSTATUS(end_of_wait(std::chrono::hours(1), pipe.read.get(), both)) == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
