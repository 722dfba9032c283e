// Runs a command and meddles with one of its calls to the system.
//
// usage: inject ACTION [--under DIRECTORY] [--log FILE] -- COMMAND...
//   count               lets it run
//   kill-before N       SIGKILL when it enters call N, which is not made any more
//   kill-after N        SIGKILL when call N was made
//   fail N ERROR        call N is not made, and seems to end with error number ERROR
//   fail-from N ERROR   likewise every call from N on
// Counted from 1 are the calls of the command itself, not those of its children, from its first
// instruction on; with --under only those about a file below DIRECTORY. Each is a line of FILE: its
// number, its name, its file. Exit: that of the command, 128+n after signal n; 77 where processes
// cannot be traced, or their registers are not known; 2 after a mistake.
//
// Source: ptrace(2); the order of stops is that of PTRACE_GET_SYSCALL_INFO.
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "inject/calls.hpp"

namespace gird::inject {
namespace {

constexpr int cannot_trace = 77;

enum class Action : std::uint8_t { count, kill_before, kill_after, fail, fail_from };

struct Options {
  Action action = Action::count;
  long at = 0;
  long error = 0;
  std::string under;
  std::ofstream log;
  char** argv = nullptr;
};

int usage() {
  std::fputs(
      "usage: inject ACTION [--under DIRECTORY] [--log FILE] -- COMMAND...\n"
      "actions: count, kill-before N, kill-after N, fail N ERROR, fail-from N ERROR\n",
      stderr);
  return 2;
}

std::optional<Action> action_of(std::string_view word) {
  constexpr std::pair<std::string_view, Action> actions[] = {{"count", Action::count},
                                                             {"kill-before", Action::kill_before},
                                                             {"kill-after", Action::kill_after},
                                                             {"fail", Action::fail},
                                                             {"fail-from", Action::fail_from}};
  for (const auto& [name, action] : actions) {
    if (name == word) return action;
  }
  return {};
}

bool fails(const Options& o) { return o.action == Action::fail || o.action == Action::fail_from; }

std::optional<Options> read(int argc, char** argv) {
  Options o;
  int at = 1;
  const auto next = [&] { return at < argc ? std::string(argv[at++]) : std::string("--"); };
  const auto action = action_of(next());
  if (!action) return {};
  o.action = *action;
  if (o.action != Action::count) o.at = std::atol(next().c_str());
  if (fails(o)) o.error = std::atol(next().c_str());
  if ((o.action != Action::count && o.at < 1) || (fails(o) && o.error < 1)) return {};
  for (std::string word = next(); word != "--"; word = next()) {
    if (word == "--under") {
      o.under = next() + "/";
    } else if (word == "--log") {
      o.log.open(next());
    } else {
      return {};
    }
  }
  if (at >= argc || !o.log) return {};
  o.argv = argv + at;
  return o;
}

/// The command, stopped before its first instruction; negative: it cannot be traced.
pid_t start(char** argv) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(cannot_trace);
    ::raise(SIGSTOP);
    ::execvp(argv[0], argv);
    ::_exit(127);
  }
  int status = 0;
  if (::waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) return -1;
  const long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC;
  if (::ptrace(PTRACE_SETOPTIONS, pid, nullptr, options) != 0) {
    ::kill(pid, SIGKILL);
    return -1;
  }
  return pid;
}

/// The call that is entered or left is not made, or has not the result it had.
#ifdef __x86_64__
constexpr bool registers_known = true;
void leave_out(pid_t pid) { ::ptrace(PTRACE_POKEUSER, pid, offsetof(user, regs.orig_rax), -1L); }
void answer(pid_t pid, long value) {
  ::ptrace(PTRACE_POKEUSER, pid, offsetof(user, regs.rax), value);
}
#else
constexpr bool registers_known = false;
void leave_out(pid_t) {}
void answer(pid_t, long) {}
#endif

class Tracer {
 public:
  Tracer(Options& options, pid_t pid) : o_(options), pid_(pid) {}

  /// Until it ends; its status as waitpid tells it.
  int follow() {
    int signal = 0;
    for (;;) {
      // It may have been killed meanwhile; waitpid tells.
      ::ptrace(PTRACE_SYSCALL, pid_, nullptr, signal);
      int status = 0;
      if (::waitpid(pid_, &status, 0) != pid_) std::abort();
      if (!WIFSTOPPED(status)) return status;
      signal = WSTOPSIG(status);
      if (signal == (SIGTRAP | 0x80)) {
        signal = 0;
        at_call();
      } else if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
        signal = 0;
        running_ = true;
      }
    }
  }

 private:
  void at_call() {
    __ptrace_syscall_info info{};
    if (::ptrace(PTRACE_GET_SYSCALL_INFO, pid_, sizeof info, &info) <= 0) return;
    if (info.op == PTRACE_SYSCALL_INFO_EXIT) return leave();
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY || !running_) return;
    Call call{.number = info.entry.nr};
    for (std::size_t i = 0; i < call.arguments.size(); ++i) call.arguments[i] = info.entry.args[i];
    const std::string file = file_of(pid_, call);
    if (!o_.under.empty() && !(file + "/").starts_with(o_.under)) return;
    ++count_;
    if (o_.log.is_open()) o_.log << count_ << ' ' << name_of(call) << ' ' << file << std::endl;
    enter(call);
  }

  void enter(const Call& call) {
    const bool here = count_ == o_.at;
    if (o_.action == Action::kill_before && here) ::kill(pid_, SIGKILL);
    if (o_.action == Action::kill_after && here) inside_ = true;
    if (fails(o_) && (o_.action == Action::fail ? here : count_ >= o_.at)) {
      inside_ = true;
      // A descriptor is closed whatever close says.
      if (call.number != SYS_close) leave_out(pid_);
    }
  }

  void leave() {
    if (!std::exchange(inside_, false)) return;
    if (o_.action == Action::kill_after)
      ::kill(pid_, SIGKILL);
    else
      answer(pid_, -o_.error);
  }

  Options& o_;
  pid_t pid_;
  long count_ = 0;
  bool running_ = false;  ///< the command, not the fork that will become it
  bool inside_ = false;   ///< of the call that is meddled with
};

int act(Options& o) {
  if (fails(o) && !registers_known) return cannot_trace;
  const pid_t pid = start(o.argv);
  if (pid < 0) return cannot_trace;
  const int status = Tracer(o, pid).follow();
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace
}  // namespace gird::inject

int main(int argc, char** argv) {
  auto options = gird::inject::read(argc, argv);
  return options ? gird::inject::act(*options) : gird::inject::usage();
}
