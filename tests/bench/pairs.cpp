// Runs two commands in turn, A B A B ..., and prints the medians of what each costs and of the
// ratio A/B pair by pair: a neighbour that slows the machine down slows both.
//
// usage: pairs [-n PAIRS] NAME GOAL_CPU GOAL_WALL GOAL_PEAK_MB -- A... [VS B...]
// A goal of 0 is none. Exit 1 when a goal is missed. The peak is that of A's largest process, its
// children included. Without B, A runs alone, and only its peak has a goal; it must end with 0.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

extern char** environ;

namespace {

struct Cost {
  double cpu = 0;   ///< microseconds, user and system
  double wall = 0;  ///< microseconds
  double peak = 0;  ///< kilobytes, the largest process
  bool ok = false;  ///< it ended with 0
};

double now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double microseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

/// The cost of one run, its children included, its output thrown away.
Cost run(const std::vector<char*>& argv) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  pid_t pid = 0;
  const double before = now();
  if (posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0) {
    std::fprintf(stderr, "pairs: cannot run %s\n", argv[0]);
    std::exit(2);
  }
  int status = 0;
  rusage used{};
  wait4(pid, &status, 0, &used);
  const double wall = now() - before;
  posix_spawn_file_actions_destroy(&actions);
  return {microseconds(used.ru_utime) + microseconds(used.ru_stime), wall,
          static_cast<double>(used.ru_maxrss), WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// What A alone costs: 1 when its largest process is larger than `goal_peak` megabytes, or it
/// fails.
int alone(const char* name, int runs, double goal_peak, const std::vector<char*>& a) {
  std::vector<double> cpu;
  double peak = 0;
  bool ok = true;
  for (int i = 0; i < runs; ++i) {
    const Cost cost = run(a);
    cpu.push_back(cost.cpu);
    peak = std::max(peak, cost.peak / 1024);
    ok = ok && cost.ok;
  }
  const bool missed = goal_peak > 0 && peak > goal_peak;
  std::printf("%-34s peak %.1f MB   (cpu %.0f us)   goal peak %.0f MB%s\n", name, peak, median(cpu),
              goal_peak, missed ? "  MISSED" : "");
  return missed ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  int pairs = 300;
  int at = 1;
  if (argc > 2 && std::string_view(argv[1]) == "-n") {
    pairs = std::atoi(argv[2]);
    at = 3;
  }
  if (argc < at + 7 || std::string_view(argv[at + 4]) != "--") {
    std::fprintf(
        stderr, "usage: pairs [-n PAIRS] NAME GOAL_CPU GOAL_WALL GOAL_PEAK_MB -- A... [VS B...]\n");
    return 2;
  }
  const char* name = argv[at];
  const double goal_cpu = std::atof(argv[at + 1]);
  const double goal_wall = std::atof(argv[at + 2]);
  const double goal_peak = std::atof(argv[at + 3]);
  int split = at + 5;
  while (split < argc && std::string_view(argv[split]) != "VS") ++split;
  if (split + 1 == argc) {
    std::fprintf(stderr, "pairs: no command behind VS\n");
    return 2;
  }
  std::vector<char*> a(argv + at + 5, argv + split);
  if (split == argc) {
    a.push_back(nullptr);
    return alone(name, pairs, goal_peak, a);
  }
  std::vector<char*> b(argv + split + 1, argv + argc);
  a.push_back(nullptr);
  b.push_back(nullptr);
  std::vector<double> cpu;
  std::vector<double> wall;
  std::vector<double> cpu_a;
  std::vector<double> cpu_b;
  double peak = 0;
  run(a);
  run(b);
  for (int i = 0; i < pairs; ++i) {
    const Cost one = run(a);
    const Cost other = run(b);
    cpu.push_back(one.cpu / std::max(other.cpu, 1.0));
    wall.push_back(one.wall / std::max(other.wall, 1.0));
    cpu_a.push_back(one.cpu);
    cpu_b.push_back(other.cpu);
    peak = std::max(peak, one.peak);
  }
  const bool missed = (goal_cpu > 0 && median(cpu) > goal_cpu) ||
                      (goal_wall > 0 && median(wall) > goal_wall) ||
                      (goal_peak > 0 && peak / 1024 > goal_peak);
  std::printf("%-34s cpu %.2f wall %.2f   (%.0f us against %.0f us; peak %.1f MB)", name,
              median(cpu), median(wall), median(cpu_a), median(cpu_b), peak / 1024);
  if (goal_cpu > 0) std::printf("   goal cpu %.2f", goal_cpu);
  if (goal_wall > 0) std::printf(" wall %.2f", goal_wall);
  if (goal_peak > 0) std::printf(" peak %.0f MB", goal_peak);
  std::printf("%s\n", missed ? "  MISSED" : "");
  return missed ? 1 : 0;
}
