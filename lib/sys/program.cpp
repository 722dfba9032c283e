// Beginning and end of the process.
#include "sys/program.hpp"

#include <fcntl.h>
#include <link.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <vector>

#include "sys/fd.hpp"

/// The header of this program's file, as the linker lays it into memory.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming): the linker names it.
extern "C" [[gnu::visibility("hidden")]] const ElfW(Ehdr) __ehdr_start;

namespace gird::sys {

void guard_standard_descriptors() {
  for (int number = 0; number < 3; ++number) {
    if (::fcntl(number, F_GETFD) >= 0) continue;
    // The lowest free number is this one. O_PATH: nothing can be read from it or written to it.
    ::open("/dev/null", O_PATH | O_CLOEXEC);
  }
}

bool is_this_program(const std::string& file, const struct stat& info) {
  // Nearly every other program is smaller than what the header says of our file; asking the kernel
  // is for the rest.
  const std::size_t least =
      __ehdr_start.e_shoff + std::size_t{__ehdr_start.e_shnum} * __ehdr_start.e_shentsize;
  if (static_cast<std::size_t>(info.st_size) < least || !S_ISREG(info.st_mode)) return false;
  if ((info.st_mode & (S_ISUID | S_ISGID)) != 0) return false;
  struct stat own{};
  if (::stat("/proc/self/exe", &own) != 0) return false;
  const bool same = info.st_dev == own.st_dev && info.st_ino == own.st_ino;
  return same && ::access(file.c_str(), X_OK) == 0;
}

void leave(Exit exit) {
  if (exit.signal == 0 || ::getpid() == 1) ::_exit(exit.code);
  // The command may have dumped core; we have nothing of interest in ours.
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  struct sigaction action{};
  action.sa_handler = SIG_DFL;
  ::sigaction(exit.signal, &action, nullptr);
  ::kill(::getpid(), exit.signal);
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, exit.signal);
  ::sigprocmask(SIG_UNBLOCK, &mask, nullptr);
  ::_exit(exit.code);  // a signal whose default is not to kill
}

void leave_for_bug(const char* what) {
  write_all(2, std::string("gird: this is a bug: ") + what + "\n");
  ::_exit(broken.code);
}

void become_program(const std::string& name, std::span<const char* const> args) {
  std::vector<char*> argv{const_cast<char*>(name.c_str())};
  for (const char* word : args.subspan(args.empty() ? 0 : 1))
    argv.push_back(const_cast<char*>(word));
  argv.push_back(nullptr);
  ::execvp(name.c_str(), argv.data());
}

}  // namespace gird::sys
