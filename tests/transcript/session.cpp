// Running a case in bash and cleaning up behind it.
#include "transcript/session.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "base/quoting.hpp"

namespace gird::transcript {
namespace {

/// Written by the shell after each command, in the stream of its output, so that it is in order.
/// No command prints it by chance.
constexpr std::string_view mark =
    "\x1e"
    "gird-transcript-7c1d9e ";

constexpr std::size_t most_output = 16U << 20U;

/// The whole case as one line of shell, so that bash counts the lines of each command from one.
/// The mark keeps `$?` as it was for the command that comes next.
std::string script_of(const Case& it, const std::string& folder) {
  std::string script = "transcript_mark() { printf " + shell_quoted(std::string(mark) + "%s\n") +
                       " \"$1\"; return \"$1\"; }; ";
  for (const Step& step : it.steps) {
    if (step.is_command()) {
      script += "eval " + shell_quoted(step.text) + "; transcript_mark $?; ";
      continue;
    }
    const std::string path = shell_quoted(folder + "/" + step.file);
    script += "mkdir -p \"$(dirname " + path + ")\"; printf %s " + shell_quoted(step.text) + " >" +
              path + "; ";
  }
  return script;
}

std::vector<std::string> environment_for(const Place& place) {
  std::vector<std::string> all{
      "PATH=" + place.programs + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "HOME=" + place.folder, "PWD=" + place.folder, "TMPDIR=" + place.folder + "/tmp",
      // Root's would be the machine's own.
      "GIRD_STATE_DIR=" + place.folder + "/state", "LC_ALL=C.UTF-8", "TERM=dumb"};
  // How a sanitizer reports is a matter of the build under test.
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) all.push_back(std::string(name) + "=" + value);
  }
  return all;
}

[[noreturn]] void become_shell(const Place& place, const std::string& script, int output) {
  // A session without a terminal, so that a run by hand and one in CI see the same.
  ::setsid();
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const bool placed = ::dup2(nothing, 0) == 0 && ::dup2(output, 1) == 1 && ::dup2(output, 2) == 2 &&
                      ::chdir(place.folder.c_str()) == 0;
  if (!placed) ::_exit(125);
  // What the caller ignores or left open is none of the case's business.
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::syscall(SYS_close_range, 3U, ~0U, 0U);
  std::vector<std::string> words = environment_for(place);
  std::vector<char*> variables;
  for (std::string& word : words) variables.push_back(word.data());
  variables.push_back(nullptr);
  std::array<std::string, 5> args{"bash", "--noprofile", "--norc", "-c", script};
  std::vector<char*> argv;
  for (std::string& arg : args) argv.push_back(arg.data());
  argv.push_back(nullptr);
  ::execve("/bin/bash", argv.data(), variables.data());
  ::_exit(127);
}

std::vector<pid_t> children_of_this() {
  const std::string self = std::to_string(::getpid());
  std::ifstream list("/proc/" + self + "/task/" + self + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; list >> child;) children.push_back(child);
  return children;
}

/// Kills what is left. Whoever loses its parent becomes a child of this process, so the list of
/// its children comes to hold everything that the case started, whatever session it is in.
void kill_descendants() {
  for (std::vector<pid_t> left = children_of_this(); !left.empty(); left = children_of_this()) {
    for (const pid_t child : left) ::kill(child, SIGKILL);
    for (const pid_t child : left) ::waitpid(child, nullptr, 0);
  }
}

/// Takes what is in the pipe; false once there will be no more.
bool drain(int from, Ran& ran) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count > 0) {
      ran.output.append(buffer.data(), static_cast<std::size_t>(count));
      ran.flood = ran.output.size() > most_output;
      if (ran.flood) return true;
    } else if (count == 0) {
      return false;
    } else if (errno != EINTR) {
      return true;
    }
  }
}

int status_of(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

}  // namespace

Ran run_case(const Case& it, const Place& place) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + place.limit;
  ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  ::mkdir((place.folder + "/tmp").c_str(), 0700);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) std::abort();
  const std::string script = script_of(it, place.folder);
  const pid_t shell = ::fork();
  if (shell < 0) std::abort();
  if (shell == 0) become_shell(place, script, pipe[1]);
  ::close(pipe[1]);
  ::fcntl(pipe[0], F_SETFL, O_NONBLOCK);
  const int watch = static_cast<int>(::syscall(SYS_pidfd_open, shell, 0U));

  Ran ran;
  for (bool open = true;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    std::array<pollfd, 2> waits{{{watch, POLLIN, 0}, {open ? pipe[0] : -1, POLLIN, 0}}};
    const int ready = left > 0 ? ::poll(waits.data(), waits.size(), static_cast<int>(left)) : 0;
    open = drain(pipe[0], ran);
    ran.late = ready == 0;
    if (ran.late || ran.flood || waits[0].revents != 0) break;
  }
  if (ran.late || ran.flood) ::kill(-shell, SIGKILL);
  int wait_status = 0;
  ::waitpid(shell, &wait_status, 0);
  ran.status = status_of(wait_status);
  kill_descendants();
  drain(pipe[0], ran);
  ::close(pipe[0]);
  ::close(watch);
  return ran;
}

std::vector<std::optional<Printed>> printed_by(const Case& it, const Ran& ran) {
  std::vector<std::optional<Printed>> all;
  std::string_view rest = ran.output;
  bool ended = false;
  for (const Step& step : it.steps) {
    if (!step.is_command()) continue;
    if (ended) {
      all.emplace_back();
      continue;
    }
    const std::size_t at = rest.find(mark);
    Printed printed{std::string(rest.substr(0, at)), ran.status};
    if (at == rest.npos) {
      ended = true;  // the command ended the shell, or was running when it was killed
      rest = {};
    } else {
      rest.remove_prefix(at + mark.size());
      const std::size_t line = std::min(rest.find('\n'), rest.size());
      std::from_chars(rest.data(), rest.data() + line, printed.status);
      rest.remove_prefix(std::min(line + 1, rest.size()));
    }
    all.emplace_back(std::move(printed));
  }
  return all;
}

}  // namespace gird::transcript
