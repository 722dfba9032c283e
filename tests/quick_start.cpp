// What a program finds when it has been started by cmd/quick_start.cpp: arguments, environment,
// guards, thread-local storage, constructors, exceptions, threads, string functions, and the way
// out.
#include <pthread.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

int passed = 0;
int failed = 0;

void check(bool fact, const char* sentence) {
  ++(fact ? passed : failed);
  if (!fact) std::printf("not so: %s\n", sentence);
}

int constructed_with = 0;
[[gnu::constructor]] void construct(int argc, char**, char**) { constructed_with = argc; }

struct Goodbye {
  ~Goodbye() {
    if (passed == 0) std::fputs("static ", stdout);
  }
} const goodbye;

thread_local int own = 7;

struct Guards {
  std::uint64_t canary = 0;
  std::uint64_t pointer = 0;
};

Guards guards() {
  Guards found;
  asm("mov %%fs:0x28, %0" : "=r"(found.canary));
  asm("mov %%fs:0x30, %0" : "=r"(found.pointer));
  return found;
}

/// What this program prints when it is started with `argument`.
std::string asked(const char* argument) {
  std::string text;
  int ends[2];
  if (::pipe(ends) != 0) return text;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], 1);
    const char* const environment[] = {"ONLY=this", nullptr};
    ::execle("/proc/self/exe", "quick-start", argument, nullptr, environment);
    ::_exit(127);
  }
  ::close(ends[1]);
  char buffer[256];
  for (ssize_t count = 0; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return text + "exit " + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

int answer(std::string_view question) {
  if (question == "guards") {
    const Guards found = guards();
    std::printf("%016lx %016lx ", found.canary, found.pointer);
  }
  if (question == "environment") std::printf("%s %s ", environ[0], environ[1] ? "more" : "");
  if (question == "exit") {
    std::atexit([] { std::fputs("atexit ", stdout); });
    return 3;
  }
  return 0;
}

void guards_are_random() {
  const Guards mine = guards();
  check(mine.canary != 0 && mine.pointer != 0, "the guards are set");
  check((mine.canary & 0xff) == 0, "the canary ends a string");
  std::uint64_t random[2];
  std::memcpy(random, reinterpret_cast<const void*>(::getauxval(AT_RANDOM)), sizeof random);
  check(mine.canary == (random[0] & ~std::uint64_t{0xff}), "the canary is what the kernel drew");
  check(mine.pointer == random[1], "so is the guard of pointers");
  check(asked("guards") != asked("guards"), "and another one in every process");
}

void strings_are_right() {
  std::vector<unsigned char> from(3 << 20);
  for (std::size_t i = 0; i < from.size(); ++i)
    from[i] = static_cast<unsigned char>(i * 131 % 251 + 1);
  bool same = true;
  for (std::size_t size = 0; size <= from.size(); size = size < 600 ? size + 1 : size * 3 / 2 + 7) {
    for (const std::size_t shift : {0, 1, 15, 63}) {
      if (size + shift > from.size()) continue;
      std::vector<unsigned char> to(size + shift + 1, 0);
      std::memcpy(to.data() + shift, from.data(), size);
      for (std::size_t i = 0; i < size; ++i) same = same && to[shift + i] == from[i];
      std::memmove(to.data(), to.data() + shift, size);
      same = same && (size == 0 || std::memcmp(to.data(), from.data(), size) == 0);
      std::memset(to.data(), 'x', size);
      to[size] = 0;
      same = same && std::strlen(reinterpret_cast<const char*>(to.data())) == size;
      same = same && (size == 0 || std::memchr(to.data(), 0, to.size()) == to.data() + size);
    }
  }
  check(same, "blocks are copied, filled, compared and searched as ever");
}

void* in_thread(void* place) {
  own = 9;
  *static_cast<int*>(place) = own;
  return nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) return answer(argv[1]);
  check(constructed_with == 1, "constructors were run, and told the arguments");
  check(std::string_view(argv[0]).ends_with("quick-start"), "the arguments are there");
  check(argv[argc] == nullptr, "and end in a null");
  check(asked("environment") == "ONLY=this  static exit 0", "the environment is what was given");
  check(asked("exit") == "atexit static exit 3", "the way out runs what was registered");
  guards_are_random();
  strings_are_right();
  check(own == 7, "thread-local storage has its first values");
  int seen = 0;
  pthread_t thread{};
  check(::pthread_create(&thread, nullptr, in_thread, &seen) == 0 &&
            ::pthread_join(thread, nullptr) == 0,
        "threads start and end");
  check(seen == 9 && own == 7, "each with storage of its own");
  bool caught = false;
  try {
    (void)std::string().at(1);
  } catch (const std::out_of_range&) {
    caught = true;
  }
  check(caught, "exceptions are caught");
  check(::close(-1) == -1 && errno == EBADF, "errno tells why");
  check(::getauxval(AT_PAGESZ) == 4096 && ::sysconf(_SC_PAGESIZE) == 4096, "the kernel's facts");
  check(::sysconf(_SC_NPROCESSORS_ONLN) >= 1, "and the system's");
  std::printf("%d passed, %d failed\n", passed, failed);
  std::fflush(stdout);
  return failed == 0 ? 0 : 1;
}
