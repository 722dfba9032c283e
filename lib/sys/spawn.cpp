// clone, adjust, exec. glibc's posix_spawn is not used: its children start with signals 32 and 33
// ignored, after 64 needless rt_sigaction calls (184 system calls against 59).
#include "sys/spawn.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "sys/search.hpp"

namespace gird::sys {
namespace {

/// What the child needs, laid out before the clone: after it, nothing may be allocated.
struct Plan {
  const char* file;
  char* const* argv;
  char* const* envp;
  const Inherited* inherited;
  int descriptors[3];
  int extra;
  int extra_as;
  bool own_group;
  int error;
};

/// `argv` with its terminating null.
std::vector<char*> pointers(std::span<const std::string> words) {
  std::vector<char*> list;
  list.reserve(words.size() + 1);
  for (const std::string& word : words) list.push_back(const_cast<char*>(word.c_str()));
  list.push_back(nullptr);
  return list;
}

/// "NAME=value" for each added variable.
std::vector<std::string> entries(std::span<const std::pair<std::string, std::string>> variables) {
  std::vector<std::string> list;
  list.reserve(variables.size());
  for (const auto& [name, value] : variables) {
    list.push_back(name + "=");
    list.back() += value;
  }
  return list;
}

bool replaced(const char* entry, std::span<const std::string> added) {
  for (const std::string& mine : added) {
    // The first letter decides nearly always; this runs for every variable at every start.
    if (*entry != mine.front()) continue;
    const std::size_t name = mine.find('=') + 1;
    if (std::strncmp(entry, mine.c_str(), name) == 0) return true;
  }
  return false;
}

std::vector<char*> environment(std::span<const std::string> added) {
  std::vector<char*> list;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    if (!replaced(*entry, added)) list.push_back(*entry);
  }
  for (const std::string& mine : added) list.push_back(const_cast<char*>(mine.c_str()));
  list.push_back(nullptr);
  return list;
}

void set_disposition(int number, void (*disposition)(int)) {
  struct sigaction action{};
  action.sa_handler = disposition;
  ::sigaction(number, &action, nullptr);
}

/// Set by a TSTP that comes to the child before its exec, for which we wait in the kernel: stopped
/// there it would hold us too, and the shell would wait for both. It gets the signal again after
/// its exec, which also puts the handler away.
volatile std::sig_atomic_t stop_came = 0;

__attribute__((no_sanitize("address", "thread", "undefined"))) void note_stop(int /*number*/) {
  stop_came = 1;
}

/// In the child, which shares our memory: async-signal-safe calls only.
__attribute__((no_sanitize("address", "thread", "undefined"))) void defer_stop() {
  struct sigaction action{};
  ::sigaction(SIGTSTP, nullptr, &action);
  if (action.sa_handler == SIG_DFL) set_disposition(SIGTSTP, note_stop);
}

/// In the child as well.
__attribute__((no_sanitize("address", "thread", "undefined"))) int child_main(void* argument) {
  auto& plan = *static_cast<Plan*>(argument);
  if (plan.own_group) ::setpgid(0, 0);
  set_disposition(SIGPIPE, SIG_DFL);
  if (plan.inherited->child_ignored) set_disposition(SIGCHLD, SIG_IGN);
  if (!plan.inherited->size_limit_ignored) set_disposition(SIGXFSZ, SIG_DFL);
  for (int number = 0; number < 3; ++number) {
    const int source = plan.descriptors[number];
    if (source != number && source >= 0) ::dup2(source, number);
  }
  if (plan.extra >= 0 && plan.extra != plan.extra_as) ::dup2(plan.extra, plan.extra_as);
  if (plan.extra >= 0 && plan.extra == plan.extra_as) ::fcntl(plan.extra, F_SETFD, 0);
  defer_stop();
  ::sigprocmask(SIG_SETMASK, &plan.inherited->mask, nullptr);
  ::execve(plan.file, plan.argv, plan.envp);
  plan.error = errno;
  ::_exit(127);
}

/// A child that runs `plan.file`, or the reason why it could not.
Result<Child> start(Plan& plan) {
  // The child's stack until it execs, a stretch of ours, which is asleep meanwhile.
  constexpr std::size_t size = 16 << 10;
  void* top = static_cast<char*>(__builtin_alloca_with_align(size, 128)) + size;
  plan.error = 0;
  int pidfd = -1;
  const int pid =
      ::clone(child_main, top, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &plan, &pidfd);
  if (pid < 0) return system_error("spawn-failed", "start a process", errno);
  Child child{pid, Fd(pidfd), plan.error};
  if (child.exec_error != 0) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
  } else if (stop_came != 0) {
    ::kill(pid, SIGTSTP);
  }
  return child;
}

/// A script without `#!`, which execve does not know, is one for the shell.
Result<Child> start_script(Plan plan, std::span<char* const> argv) {
  std::vector<char*> words{const_cast<char*>("/bin/sh"), const_cast<char*>(plan.file)};
  words.insert(words.end(), argv.begin() + 1, argv.end());
  plan.file = words.front();
  plan.argv = words.data();
  return start(plan);
}

}  // namespace

int free_for_child(int otherwise) {
  for (int number = 3; number < 10; ++number) {
    const int flags = ::fcntl(number, F_GETFD);
    // Closed already, or ours and closed on exec.
    if (flags < 0 || (flags & FD_CLOEXEC) != 0) return number;
  }
  return otherwise;
}

Result<Child> spawn(const Job& job, const Inherited& inherited, bool own_group) {
  const std::vector<char*> argv = pointers(job.argv);
  const std::vector<std::string> added = entries(job.variables);
  const std::vector<char*> envp = environment(added);
  Plan plan{nullptr,   argv.data(),  envp.data(), &inherited, {job.in, job.out, job.err},
            job.extra, job.extra_as, own_group,   0};
  stop_came = 0;
  std::optional<Search> own;
  if (job.search == nullptr) own.emplace(job.argv[0], path_among({envp.data(), envp.size() - 1}));
  Search& search = own ? *own : *job.search;
  while (search.found()) {
    plan.file = search.file().c_str();
    Child child = TRY(start(plan));
    if (child.exec_error == ENOEXEC) child = TRY(start_script(plan, argv));
    if (child.exec_error == 0) return child;
    search.next(child.exec_error);
  }
  return Child{-1, Fd(), search.fault()};
}

}  // namespace gird::sys
