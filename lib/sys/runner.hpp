// The one place that runs child processes.
#pragma once

#include <signal.h>
#include <sys/signalfd.h>
#include <sys/types.h>

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sys/fd.hpp"
#include "sys/job.hpp"
#include "sys/spawn.hpp"
#include "sys/waited.hpp"

namespace gird::sys {

/// Runs jobs one after another, passes signals on, and leaves no process behind that it was told
/// to end. There is one in a process. While a job runs, or a wait, the signals it passes on are
/// blocked; from the first on, SIGPIPE is ignored and orphans below this process become its
/// children.
///
/// With a controlling terminal the child stays in our process group: what the terminal sends
/// reaches it without us, as it would had we not been there. Without one the child gets a group of
/// its own. A signal that was ignored when we were started stays ignored, for us and for the child.
class Runner {
 public:
  /// Fault::system, signals-unusable.
  static Result<std::unique_ptr<Runner>> open();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  ~Runner() = default;

  Result<Ended> run(const Job& job);
  /// Ends what earlier jobs left running: TERM, KILL after `grace`. The number of processes that
  /// even KILL did not end within two seconds.
  Result<std::size_t> sweep(Duration grace);
  /// A child that is no job: it is never ended, and nobody waits for it.
  void spare(pid_t pid) { strangers_.push_back(pid); }
  /// Waits for `span`, until a terminating signal comes or the descriptor `wake` (-1: none) is
  /// ready to be read from.
  Result<Waited> sleep(Duration span, int wake);
  /// A guard begins inside this process: until `end_inner`, the processes that are there now are
  /// not for sweeping, and `ticker` (null: none) ticks in all jobs and waits. To be paired.
  void begin_inner(Ticker* ticker);
  void end_inner();

 private:
  explicit Runner(const Inherited& inherited, Fd signals);

  struct Running;
  class Ticking;
  Result<Ended> play(const Job& job);
  void begin_ticker(Ticker* ticker);
  void end_ticker();
  Result<void> wait(Running* running, std::optional<Instant> until, int wake = -1);
  void take_signals(Running* running);
  void take_signal(Running* running, const signalfd_siginfo& info);
  void reap(Running* running);
  void end_job(Running& running, Outcome::End why, Instant time);
  void stop_job(Running& running, Instant time);
  void escalate(Running& running, Instant time);
  Result<std::size_t> await_tree(Instant limit, bool kill_sent);
  [[nodiscard]] bool has_children() const;
  void signal_tree(int number, const Running* running) const;
  void pass_on(const Running& running, int number) const;
  void follow(Running& running) const;
  bool stop_ourselves() const;

  Inherited inherited_;
  Fd signals_;
  sigset_t blocked_{};
  bool terminal_ = false;
  std::vector<pid_t> strangers_;            ///< children that are no jobs; never ours to end
  std::vector<std::vector<pid_t>> spared_;  ///< those that are so for an inner guard alone
  std::vector<Ticker*> tickers_;            ///< of the job, and of the guards around; may be null
  std::optional<int> interrupted_;
  int asked_ = 0;         ///< the last terminating signal that somebody sent by kill(2)
  bool hurried_ = false;  ///< it came twice: KILL at once
  std::vector<pollfd> polled_;
};

}  // namespace gird::sys
