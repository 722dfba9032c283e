// How long an element takes through `gird json-repair --follow`: from the write of its last byte to
// the moment its last byte can be read.
//
// usage: bench-json-follow GIRD [ELEMENTS]     default 2000; exit 1 when a goal is missed
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

extern char** environ;

namespace {

using Clock = std::chrono::steady_clock;

constexpr double goal_microseconds = 1000;

struct Shape {
  const char* name;
  std::string_view before;   ///< what opens the stream
  std::string_view element;  ///< `#` stands for its number
  std::string_view between;  ///< goes with the element in front of it
  std::string_view after;
  std::string_view end;  ///< how the output of each element ends
};

constexpr Shape shapes[] = {
    {"--follow, elements of an array", "[", R"({"id": #, "text": "a word or two"})", "", ",\n",
     "}"},
    {"--follow, one document a line", "", R"({"id": #, "text": "a word or two"})", "\n", "", "}"},
    {"--follow, elements to be repaired", "[", "{id: #, 'text': 'a word or two',}", "", ",\n", "}"},
};

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  std::exit(2);
}

/// A running `gird json-repair --follow`, and both ends of it.
class Follower {
 public:
  explicit Follower(const char* gird) {
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) give_up("pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    std::string words[] = {gird, "json-repair", "--follow", "-q"};
    char* argv[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    if (posix_spawn(&pid_, gird, &actions, nullptr, argv, environ) != 0) give_up(gird);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    to_ = in[1];
    from_ = out[0];
  }
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;
  ~Follower() {
    ::close(to_);
    ::close(from_);
    ::waitpid(pid_, nullptr, 0);
  }

  void write(std::string_view text) const {
    if (::write(to_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
      give_up("write");
  }

  /// Reads until `text` has come, at most five seconds.
  void read_until(std::string_view text) const {
    std::string got;
    while (!got.contains(text)) {
      pollfd ready{from_, POLLIN, 0};
      char buffer[4096];
      if (::poll(&ready, 1, 5000) <= 0) give_up("an element does not come");
      const ssize_t count = ::read(from_, buffer, sizeof buffer);
      if (count <= 0) give_up("read");
      got.append(buffer, static_cast<std::size_t>(count));
    }
  }

 private:
  pid_t pid_ = 0;
  int to_ = -1;
  int from_ = -1;
};

std::string numbered(std::string_view element, int number) {
  std::string text(element);
  return text.replace(text.find('#'), 1, std::to_string(number));
}

/// Prints a line; false when the goal is missed.
bool follow(const char* gird, const Shape& shape, int elements) {
  const Follower follower(gird);
  follower.write(shape.before);
  std::vector<double> waits;
  for (int i = 0; i < elements; ++i) {
    const std::string text = numbered(shape.element, i) + std::string(shape.between);
    const auto before = Clock::now();
    follower.write(text);
    follower.read_until(shape.end);
    const std::chrono::duration<double, std::micro> wait = Clock::now() - before;
    waits.push_back(wait.count());
    follower.write(shape.after);
  }
  std::ranges::sort(waits);
  const double median = waits[waits.size() / 2];
  const double p99 = waits[waits.size() * 99 / 100];
  const bool missed = p99 > goal_microseconds;
  std::printf("%-44s median %.0f us, 99 in 100 within %.0f us   goal %.0f us%s\n", shape.name,
              median, p99, goal_microseconds, missed ? "  MISSED" : "");
  return !missed;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench-json-follow GIRD [ELEMENTS]\n");
    return 2;
  }
  const int elements = argc > 2 ? std::max(std::atoi(argv[2]), 100) : 2000;
  bool fine = true;
  for (const Shape& shape : shapes) fine = follow(argv[1], shape, elements) && fine;
  return fine ? 0 : 1;
}
