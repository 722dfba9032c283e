// The processes below us are found, whatever they did to hide and whatever they are called.
#include "sys/tree.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "scratch.hpp"

namespace gird::sys {
namespace {

bool holds(const std::vector<pid_t>& list, pid_t pid) {
  return std::ranges::find(list, pid) != list.end();
}

/// A child that calls `before` and then sleeps; the pid of whoever does so in the end.
template <typename Before>
pid_t sleeper(Before before) {
  Pipe pipe = make_pipe().value();
  if (::fork() == 0) {
    before();
    const pid_t own = ::getpid();
    write_all(pipe.write.get(), {reinterpret_cast<const char*>(&own), sizeof own});
    pipe.write.reset();
    for (;;) ::pause();
  }
  // Not to the end: other sleepers hold the pipe open as well.
  pid_t pid = -1;
  BOOST_REQUIRE(::read(pipe.read.get(), &pid, sizeof pid) == sizeof pid);
  return pid;
}

/// Orphans come to us, as they do while a runner is open; all end with the case.
struct Reaper {
  Reaper() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }
  Reaper(const Reaper&) = delete;
  Reaper& operator=(const Reaper&) = delete;
  ~Reaper() {
    for (const pid_t pid : descendants({})) ::kill(pid, SIGKILL);
    while (::waitpid(-1, nullptr, 0) > 0) {
    }
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
  }
};

BOOST_AUTO_TEST_SUITE(tree)

BOOST_AUTO_TEST_CASE(finds_a_daemon_that_forked_twice_into_its_own_session) {
  const Reaper reaper;
  const pid_t daemon = sleeper([] {
    ::setsid();
    if (::fork() != 0) ::_exit(0);
    ::setsid();
  });
  BOOST_REQUIRE(daemon > 0);
  BOOST_TEST(becomes([&] { return holds(children_of_ours(), daemon); }));
  BOOST_TEST(holds(descendants({}), daemon));
  BOOST_TEST(group_of(daemon) == daemon);
}

BOOST_AUTO_TEST_CASE(reads_names_with_spaces_and_parentheses) {
  const Reaper reaper;
  for (const char* name : {"a b", ") Z 1 1", "((", "x) R 1", "\n"}) {
    const pid_t odd = sleeper([&] { ::prctl(PR_SET_NAME, name); });
    BOOST_TEST(holds(descendants({}), odd), "named " << name);
    BOOST_TEST(group_of(odd) == ::getpgrp());
  }
}

BOOST_AUTO_TEST_CASE(lists_parents_before_their_children) {
  const Reaper reaper;
  Pipe pipe = make_pipe().value();
  const pid_t parent = sleeper([&] {
    const pid_t child = sleeper([] {});
    write_all(pipe.write.get(), {reinterpret_cast<const char*>(&child), sizeof child});
  });
  pid_t child = -1;
  BOOST_REQUIRE(::read(pipe.read.get(), &child, sizeof child) == sizeof child);
  const std::vector<pid_t> all = descendants({});
  const auto first = std::ranges::find(all, parent);
  const auto second = std::ranges::find(all, child);
  BOOST_TEST((first != all.end() && second != all.end()));
  BOOST_TEST((first < second));
  BOOST_TEST(!holds(children_of_ours(), child));
  // Whoever is left out takes all that is below along.
  const std::vector<pid_t> others = descendants({parent});
  BOOST_TEST(!holds(others, parent));
  BOOST_TEST(!holds(others, child));
}

BOOST_AUTO_TEST_CASE(counts_no_zombies) {
  const Reaper reaper;
  const pid_t dead = sleeper([] {});
  ::kill(dead, SIGKILL);
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(dead), &info, WEXITED | WNOWAIT);
  BOOST_TEST(!holds(descendants({}), dead));
}

BOOST_AUTO_TEST_CASE(has_no_group_for_nobody) { BOOST_TEST(group_of(0x7ffffffe) == -1); }

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
