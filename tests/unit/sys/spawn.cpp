// Starting children: what they inherit, and why there is none.
#include "sys/spawn.hpp"

#include <sys/resource.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>

#include "scratch.hpp"

namespace gird::sys {
namespace {

using Words = std::vector<std::string>;
using Variables = std::vector<std::pair<std::string, std::string>>;

/// What a child writes, and how it ended.
struct Said {
  std::string text;
  int status = 0;
};

Said run(const Words& argv, const Variables& variables = {}, const Inherited& inherited = {},
         bool own_group = false) {
  Pipe pipe = make_pipe().value();
  Job job;
  job.argv = argv;
  job.variables = variables;
  job.out = pipe.write.get();
  const Child child = spawn(job, inherited, own_group).value();
  BOOST_REQUIRE(child.exec_error == 0);
  BOOST_TEST(child.pidfd.get() >= 0);
  pipe.write.reset();
  Said said{drained(pipe.read.get())};
  ::waitpid(child.pid, &said.status, 0);
  return said;
}

int exec_error(const Words& argv) {
  Job job;
  job.argv = argv;
  const Child child = spawn(job, {}, false).value();
  BOOST_TEST(::waitpid(child.pid, nullptr, WNOHANG) == -1);  // nothing is left to be waited for
  return child.exec_error;
}

BOOST_AUTO_TEST_SUITE(spawning)

BOOST_AUTO_TEST_CASE(passes_words_and_variables_untouched) {
  const Said said =
      run({"sh", "-c", "printf '%s;' \"$@\" \"$ADDED\" \"$PATHS\"", "sh", "", "a b", "$x", "\n"},
          {{"ADDED", "1=2"}, {"PATHS", ""}});
  BOOST_TEST(said.text == ";a b;$x;\n;1=2;;");
  BOOST_TEST(said.status == 0);
}

BOOST_AUTO_TEST_CASE(replaces_a_variable_and_leaves_its_namesakes) {
  ::setenv("GIRD_UNIT", "old", 1);
  ::setenv("GIRD_UNIT_LONG", "other", 1);
  const Said said = run({"sh", "-c", "env | grep GIRD_UNIT | sort"}, {{"GIRD_UNIT", "new"}});
  ::unsetenv("GIRD_UNIT");
  ::unsetenv("GIRD_UNIT_LONG");
  BOOST_TEST(said.text == "GIRD_UNIT=new\nGIRD_UNIT_LONG=other\n");
}

BOOST_AUTO_TEST_CASE(tells_a_missing_program_from_its_own_127) {
  BOOST_TEST(exec_error({"gird-unit-no-such-program"}) == ENOENT);
  BOOST_TEST(exec_error({"/"}) == EACCES);
  const Scratch scratch;
  BOOST_TEST(exec_error({scratch.file("text", "#!/bin/sh\n", 0644)}) == EACCES);
  BOOST_TEST(exec_error({scratch.file("script", "#!/no/such/shell\n", 0755)}) == ENOENT);
  BOOST_TEST(exec_error({"true", std::string(1 << 20, 'x')}) == E2BIG);
  BOOST_TEST(WEXITSTATUS(run({"sh", "-c", "exit 127"}).status) == 127);
}

BOOST_AUTO_TEST_CASE(runs_a_script_without_its_first_line) {
  const Scratch scratch;
  BOOST_TEST(run({scratch.file("plain", "echo \"$1\"\n", 0755), "word"}).text == "word\n");
}

BOOST_AUTO_TEST_CASE(gives_the_pipe_signal_back) {
  void (*before)(int) = ::signal(SIGPIPE, SIG_IGN);
  const Said said = run({"sh", "-c", "kill -PIPE $$"});
  ::signal(SIGPIPE, before);
  BOOST_TEST(WIFSIGNALED(said.status));
  BOOST_TEST(WTERMSIG(said.status) == SIGPIPE);
}

BOOST_AUTO_TEST_CASE(sets_the_mask_and_the_group_asked_for) {
  Inherited inherited;
  sigaddset(&inherited.mask, SIGUSR1);
  const Words blocked{"grep", "SigBlk", "/proc/self/status"};
  BOOST_TEST(run(blocked, {}, inherited).text.ends_with("0000000000000200\n"));
  BOOST_TEST(run(blocked).text.ends_with("0000000000000000\n"));
  // In a group of its own a child's number is its group's.
  const Words group{"sh", "-c", "read -r p c s q g r < /proc/$$/stat; [ $g = $$ ]"};
  BOOST_TEST(run(group, {}, {}, true).status == 0);
  BOOST_TEST(run(group, {}, {}, false).status != 0);
}

BOOST_AUTO_TEST_CASE(leaks_no_descriptor) {
  const Pipe ours = make_pipe().value();
  const std::string there = "/proc/self/fd/" + std::to_string(ours.read.get());
  BOOST_TEST(run({"test", "-e", there}).status != 0);
  BOOST_TEST(run({"test", "-e", "/proc/self/fd/2"}).status == 0);
}

BOOST_AUTO_TEST_CASE(says_when_no_process_is_to_be_had) {
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const Words argv{"true"};
  Job job;
  job.argv = argv;
  const Fd lowest(::dup(2));
  const rlimit none{static_cast<rlim_t>(lowest.get() + 1), before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none);
  const auto child = spawn(job, {}, false);  // there is no descriptor left for its pidfd
  ::setrlimit(RLIMIT_NOFILE, &before);
  BOOST_REQUIRE(!child.has_value());
  BOOST_TEST(child.error().code == "spawn-failed");
  BOOST_TEST((child.error().fault == Fault::system));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::sys
