// Processes that share a cell, some of which are killed in the middle of it and replaced.
#pragma once

#include <sys/prctl.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "history/log.hpp"

namespace gird::history {

/// Where a process of the crowd is to die.
struct Doom {
  enum class Where : std::uint8_t {
    nowhere,
    inside,   ///< of a step: it has the lock of the cell, and nothing is written yet
    holding,  ///< between two steps, with a hold in hand
  };
  Where where = Where::nowhere;
  std::size_t after = 0;  ///< lines of its log
};

/// One process, as it knows itself.
struct Member {
  std::uint64_t seed = 0;
  std::size_t lines = 0;  ///< to be written into its log; then it is done
  Doom doom;
};

struct CrowdSize {
  std::size_t processes = 8;
  std::size_t lines = 1000;  ///< that each of them, with those who replace it, writes
  std::size_t kills = 0;     ///< in all
  std::uint64_t seed = 1;
  std::string folder;  ///< of the logs
};

/// Runs `work(member, log)` in as many processes, and in another one for each that was killed.
/// A process that ends in another way than by its doom or by finishing makes it abort.
template <class M>
class Crowd {
 public:
  using Work = std::function<void(const Member&, Log<M>&)>;

  Crowd(CrowdSize size, Work work)
      : size_(std::move(size)), work_(std::move(work)), random_(size_.seed) {}

  /// One log for each process that there was.
  std::vector<Log<M>> run() {
    std::fflush(nullptr);
    for (std::size_t i = 0; i < size_.processes; ++i) start(size_.lines);
    while (!running_.empty()) {
      int status = 0;
      const pid_t pid = ::waitpid(-1, &status, 0);
      if (const auto ended = running_.find(pid); ended != running_.end()) end(ended, status);
    }
    return std::move(logs_);
  }

 private:
  struct Process {
    std::size_t log = 0;
    std::size_t lines = 0;
  };
  using Running = std::map<pid_t, Process>;

  void start(std::size_t lines) {
    // A call may write more than one line, and those who vanished have lines of their own.
    logs_.push_back(
        Log<M>::made(size_.folder + "/" + std::to_string(logs_.size()), 4 * lines + 1000));
    const Member member{.seed = random_(), .lines = lines, .doom = next_doom(lines)};
    const pid_t pid = ::fork();
    if (pid < 0) std::abort();
    if (pid == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      work_(member, logs_.back());
      ::_exit(0);
    }
    running_[pid] = {logs_.size() - 1, lines};
  }

  Doom next_doom(std::size_t lines) {
    if (size_.kills == 0) return {};
    --size_.kills;
    const bool inside = size_.kills % 2 == 0;
    return {inside ? Doom::Where::inside : Doom::Where::holding, random_() % (lines / 2 + 1)};
  }

  void end(typename Running::iterator ended, int status) {
    const auto [log, lines] = ended->second;
    running_.erase(ended);
    const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (!killed && status != 0) {
      std::fprintf(stderr, "crowd: process %zu ended with status %d\n", log, status);
      std::abort();
    }
    const std::size_t written = logs_[log].lines().size();
    if (killed && written < lines) start(lines - written);
  }

  CrowdSize size_;
  Work work_;
  std::mt19937_64 random_;
  std::vector<Log<M>> logs_;
  Running running_;
};

}  // namespace gird::history
