// The life of a job: start, wait, pass signals on, end the tree.
#include "sys/runner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "sys/tree.hpp"

namespace gird::sys {
namespace {

using std::chrono::steady_clock;

constexpr std::array passed_on{SIGINT,  SIGQUIT,  SIGTERM, SIGHUP, SIGUSR1,
                               SIGUSR2, SIGWINCH, SIGCONT, SIGTSTP};

/// How long a killed process may take to go; one in an uninterruptible call takes longer.
constexpr Duration patience = std::chrono::seconds(2);

bool terminating(int number) {
  return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
}

Instant now() { return steady_clock::now(); }

void dispose(int number, void (*disposition)(int), struct sigaction* before) {
  struct sigaction action{};
  action.sa_handler = disposition;
  ::sigaction(number, &action, before);
}

bool has_terminal() {
  const Fd terminal(::open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY));
  return static_cast<bool>(terminal);
}

/// Signals wait for the signalfd as long as this lives. Outside of it they do what they do to any
/// program: nothing that gird writes between jobs may make it deaf to TERM.
class Blocked {
 public:
  explicit Blocked(const sigset_t& set) { ::sigprocmask(SIG_BLOCK, &set, &before_); }
  Blocked(const Blocked&) = delete;
  Blocked& operator=(const Blocked&) = delete;
  ~Blocked() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

/// What is known of the job that runs now.
struct Runner::Running {
  const Job& job;
  Child child;
  pid_t own_group;  ///< the child's group, or 0 when it shares ours
  Instant since;
  std::optional<Instant> timeout;
  std::optional<Instant> deadline;
  std::optional<Instant> kill_at = {};
  std::optional<Instant> wake_at = {};      ///< after a TSTP that must not last
  std::optional<Instant> give_up_at = {};   ///< after KILL: it hangs in the kernel
  std::optional<Outcome::End> ending = {};  ///< why we ended it
  std::optional<Error> fault = {};          ///< a pump failed: the job is ended and this is told
  std::optional<Instant> stopped = {};      ///< up to here the limits of guards around have come
  std::size_t stopped_guards = 0;           ///< up to the farthest whose limit has come
  bool kill_sent = false;
  bool stopped_by_us = false;
  bool stop_asked = false;  ///< SIGTSTP came; we follow when the child has stopped
  bool child_stopped = false;
  bool over = false;
  int status = 0;

  /// When something is due next, if nothing happens before.
  [[nodiscard]] std::optional<Instant> next() const {
    if (kill_sent) return give_up_at;
    std::optional<Instant> first = kill_at;
    if (wake_at && (!first || *wake_at < *first)) first = wake_at;
    for (const auto& limit : {timeout, deadline}) {
      if (!ending && limit && (!first || *limit < *first)) first = limit;
    }
    for (const Around& guard : job.around) {
      if (still_to_come(guard) && (!first || *guard.limit < *first)) first = guard.limit;
    }
    return first;
  }

  [[nodiscard]] bool still_to_come(const Around& guard) const {
    return guard.limit && (!stopped || *guard.limit > *stopped);
  }

  /// KILL follows at `time`, if not before.
  void kill_by(Instant time) {
    if (!kill_at || time < *kill_at) kill_at = time;
  }
};

/// A ticker ticks as long as this lives.
class Runner::Ticking {
 public:
  Ticking(Runner& runner, Ticker* ticker) : runner_(runner) { runner_.begin_ticker(ticker); }
  Ticking(const Ticking&) = delete;
  Ticking& operator=(const Ticking&) = delete;
  ~Ticking() { runner_.end_ticker(); }

 private:
  Runner& runner_;
};

Runner::Runner(const Inherited& inherited, Fd signals)
    : inherited_(inherited), signals_(std::move(signals)) {}

Result<std::unique_ptr<Runner>> Runner::open() {
  Inherited inherited;
  struct sigaction before{};
  dispose(SIGCHLD, SIG_DFL, &before);  // ignored, children could not be waited for
  inherited.child_ignored = before.sa_handler == SIG_IGN;
  dispose(SIGPIPE, SIG_IGN, nullptr);
  // A spool that outgrows the file size limit is an error to be told, not a death.
  dispose(SIGXFSZ, SIG_IGN, &before);
  inherited.size_limit_ignored = before.sa_handler == SIG_IGN;
  sigset_t block;
  sigemptyset(&block);
  sigaddset(&block, SIGCHLD);
  for (const int number : passed_on) {
    ::sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaddset(&block, number);
  }
  ::sigprocmask(SIG_BLOCK, nullptr, &inherited.mask);
  Fd signals(::signalfd(-1, &block, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals) return system_error("signals-unusable", "watch signals", errno);
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  std::unique_ptr<Runner> runner(new Runner(inherited, std::move(signals)));
  runner->blocked_ = block;
  runner->terminal_ = has_terminal();
  if (runner->has_children()) runner->strangers_ = children_of_ours();
  return runner;
}

bool Runner::has_children() const {
  siginfo_t info{};
  if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return false;
  if (strangers_.empty()) return true;
  const std::vector<pid_t> children = children_of_ours();
  return std::ranges::any_of(children, [&](pid_t child) {
    return std::ranges::find(strangers_, child) == strangers_.end();
  });
}

Result<Ended> Runner::run(const Job& job) {
  Ended ended;
  {
    const Blocked guard(blocked_);
    ended = TRY(play(job));
  }
  for (Pump* pump : job.pumps) TRY(pump->finish());
  return ended;
}

Result<Ended> Runner::play(const Job& job) {
  const Instant since = now();
  // What came before there was a child to get it ends the run here.
  take_signals(nullptr);
  if (interrupted_) return Ended{{Outcome::End::signalled, *interrupted_, {}}, interrupted_, 0};
  Child child = TRY(spawn(job, inherited_, !terminal_));
  if (child.exec_error != 0) {
    const auto end =
        child.exec_error == ENOENT ? Outcome::End::not_found : Outcome::End::not_runnable;
    return Ended{{end, child.exec_error, now() - since}, interrupted_, 0};
  }
  const pid_t group = terminal_ ? 0 : child.pid;
  Running running{job, std::move(child), group, since, {}, job.deadline};
  if (job.timeout) running.timeout = since + *job.timeout;
  for (Pump* pump : job.pumps) pump->started();
  const Ticking ticking(*this, job.ticker);
  while (!running.over) {
    if (auto moved = wait(&running, running.next()); !moved && !running.fault) {
      running.fault = std::move(moved.error());
      end_job(running, Outcome::End::signalled, now());
    }
    escalate(running, now());
  }
  Ended ended;
  ended.outcome.took = now() - since;
  if (running.ending) {
    const Instant limit = running.kill_sent ? now() + patience : *running.kill_at;
    ended.survivors = TRY(await_tree(limit, running.kill_sent));
  }
  if (running.fault) return std::unexpected(std::move(*running.fault));
  if (running.ending) {
    ended.outcome.end = *running.ending;
  } else if (WIFSIGNALED(running.status)) {
    ended.outcome.end = Outcome::End::signalled;
    ended.outcome.code = WTERMSIG(running.status);
  } else {
    ended.outcome.code = WEXITSTATUS(running.status);
  }
  ended.interrupted = interrupted_;
  ended.stopped = running.stopped_guards;
  return ended;
}

/// TERM to the whole tree, and the hour at which KILL follows.
void Runner::end_job(Running& running, Outcome::End why, Instant time) {
  running.ending = why;
  running.kill_at = time + running.job.kill_after;
  signal_tree(SIGTERM, &running);
  signal_tree(SIGCONT, &running);  // what is stopped cannot hear TERM
}

/// The limits of guards around have come: what would befall us as their child befalls the job. KILL
/// comes when the first of those that would have heard of it sends it.
void Runner::stop_job(Running& running, Instant time) {
  Duration shortest = running.job.kill_after;
  Duration patience_left = shortest;
  for (std::size_t i = 0; i < running.job.around.size(); ++i) {
    const Around& guard = running.job.around[i];
    shortest = std::min(shortest, guard.kill_after);
    if (!running.still_to_come(guard) || *guard.limit > time) continue;
    patience_left = shortest;
    running.stopped_guards = std::max(running.stopped_guards, i + 1);
  }
  running.stopped = time;
  running.kill_by(time + patience_left);
  signal_tree(SIGTERM, &running);
  signal_tree(SIGCONT, &running);
}

/// Acts on the limits that have passed.
void Runner::escalate(Running& running, Instant time) {
  const auto passed = [&](const std::optional<Instant>& limit) { return limit && *limit <= time; };
  if (running.over) return;
  if (passed(running.wake_at)) {
    running.wake_at.reset();
    pass_on(running, SIGCONT);
  }
  if (!running.ending && passed(running.deadline)) end_job(running, Outcome::End::overdue, time);
  if (!running.ending && passed(running.timeout)) end_job(running, Outcome::End::timed_out, time);
  const auto stops = [&](const Around& guard) {
    return running.still_to_come(guard) && *guard.limit <= time;
  };
  if (std::ranges::any_of(running.job.around, stops)) stop_job(running, time);
  if (!running.kill_sent && (passed(running.kill_at) || hurried_)) {
    running.kill_sent = true;
    running.give_up_at = time + patience;
    signal_tree(SIGKILL, &running);
  }
  if (passed(running.give_up_at)) {
    running.status = SIGKILL;
    running.over = true;
  }
}

/// Sleeps until something happens: the child ends, a signal comes, a pump can move, `until`;
/// without a job also until `wake` is ready.
Result<void> Runner::wait(Running* running, std::optional<Instant> until, int wake) {
  polled_.clear();
  polled_.push_back({signals_.get(), POLLIN, 0});
  if (running != nullptr) {
    polled_.push_back({running->child.pidfd.get(), POLLIN, 0});
    if (!running->fault) {
      for (const Pump* pump : running->job.pumps) pump->watch(polled_);
    }
  } else {
    polled_.push_back({wake, POLLIN, 0});  // poll passes over -1
  }
  for (const Ticker* ticker : tickers_) {
    if (ticker != nullptr) ticker->watch(polled_);
  }
  timespec left{};
  if (until) {
    const Duration span = std::max(*until - now(), Duration::zero());
    left.tv_sec = span / std::chrono::seconds(1);
    left.tv_nsec = (span % std::chrono::seconds(1)).count();
  }
  if (::ppoll(polled_.data(), polled_.size(), until ? &left : nullptr, nullptr) < 0 &&
      errno != EINTR) {
    return system_error("wait-failed", "wait for the command", errno);
  }
  if (polled_[0].revents != 0) take_signals(running);
  for (Ticker* ticker : tickers_) {
    if (ticker != nullptr) ticker->turn();
  }
  if (running == nullptr) return {};
  if (polled_[1].revents != 0 && !running->over) reap(running);
  if (running->fault) return {};
  for (Pump* pump : running->job.pumps) TRY(pump->turn());
  return {};
}

void Runner::take_signals(Running* running) {
  signalfd_siginfo info{};
  while (::read(signals_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    take_signal(running, info);
  }
}

void Runner::take_signal(Running* running, const signalfd_siginfo& info) {
  const int number = static_cast<int>(info.ssi_signo);
  if (number == SIGCHLD) return reap(running);
  // What the terminal sent went to the whole foreground group, the child included.
  const bool child_has_it = running == nullptr || (terminal_ && info.ssi_code == SI_KERNEL);
  if (number == SIGTSTP) {
    if (running == nullptr) {
      stop_ourselves();
      return;
    }
    if (!child_has_it) pass_on(*running, SIGTSTP);
    // Where no shell could wake anybody the kernel would not have let the command stop: it may hear
    // the signal, and is woken soon after. (CONT at once would take back the TSTP.)
    if (!child_has_it && in_orphaned_group()) {
      running->wake_at = now() + std::chrono::milliseconds(100);
      return;
    }
    if (!child_has_it) running->stopped_by_us = true;
    running->stop_asked = true;
    if (running->child_stopped) follow(*running);
    return;
  }
  if (number == SIGCONT) {
    // `fg` and `bg` wake the whole group; only what we stopped ourselves is ours to wake.
    const bool due = running != nullptr && (!terminal_ || running->stopped_by_us);
    if (due) pass_on(*running, SIGCONT);
    if (running != nullptr) running->stopped_by_us = running->stop_asked = false;
    return;
  }
  if (!child_has_it) pass_on(*running, number);
  if (!terminating(number)) return;
  // A second Ctrl-C is the command's own business (psql takes it as "cancel the query"); a second
  // kill(1) of the same kind means it. A second HUP does not: kernel and shell both send one.
  const bool by_terminal = terminal_ && info.ssi_code == SI_KERNEL;
  if (!by_terminal && number == asked_ && (number == SIGINT || number == SIGTERM)) hurried_ = true;
  if (!by_terminal) asked_ = number;
  if (!interrupted_) interrupted_ = number;
  const bool deadly = number == SIGTERM && running != nullptr && !running->kill_at;
  if (deadly) {
    Duration patience_left = running->job.kill_after;
    for (const Around& guard : running->job.around)
      patience_left = std::min(patience_left, guard.kill_after);
    running->kill_at = now() + patience_left;
  }
}

/// Collects every child that has ended; orphans are handed to us, as to init.
void Runner::reap(Running* running) {
  while (true) {
    int status = 0;
    const pid_t pid = ::waitpid(-1, &status, WNOHANG | WUNTRACED | WCONTINUED);
    if (pid <= 0) return;
    // The number may be a job's the next time.
    if (WIFEXITED(status) || WIFSIGNALED(status)) std::erase(strangers_, pid);
    if (running == nullptr || pid != running->child.pid) continue;
    running->child_stopped = WIFSTOPPED(status);
    if (WIFSTOPPED(status)) {
      // On a terminal a command may also stop itself, after its own key for that.
      const bool by_itself = terminal_ && WSTOPSIG(status) == SIGTSTP;
      if (running->stop_asked || by_itself) follow(*running);
      continue;
    }
    if (WIFCONTINUED(status)) continue;
    running->status = status;
    running->over = true;
  }
}

void Runner::pass_on(const Running& running, int number) const {
  if (running.over) return;
  ::kill(running.own_group != 0 ? -running.own_group : running.child.pid, number);
}

/// Stops once the child has stopped, and not before: the shell would take the terminal from under a
/// pager that is still putting it back in order. A child that will not stop, we do not leave
/// either.
void Runner::follow(Running& running) const {
  running.stop_asked = false;
  const bool stopped = stop_ourselves();
  // The child's group has us for a parent, so the kernel lets it stop where it would not let us.
  if (!stopped && running.stopped_by_us) pass_on(running, SIGCONT);
}

/// Stops this process as the shell expects it: by SIGTSTP itself, so that `jobs` says "Stopped".
/// False in an orphaned process group (a service, the first process of a container), where the
/// kernel drops the signal, because no shell is there to wake anybody.
/// A TSTP that comes when we are awake again, but have not run yet, stops us before the child: no
/// mask can hold it back, since the one that let the first through still counts.
bool Runner::stop_ourselves() const {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  ::kill(::getpid(), SIGTSTP);
  ::sigprocmask(SIG_UNBLOCK, &stop, nullptr);  // delivered here; we go on after SIGCONT
  ::sigprocmask(SIG_BLOCK, &stop, nullptr);
  sigset_t pending;
  sigemptyset(&pending);
  ::sigpending(&pending);
  return sigismember(&pending, SIGCONT) == 1;  // it woke us, and is taken later
}

/// Sends `number` to the child or its group at once, which takes no /proc, and then to each
/// descendant outside of it. Nobody gets it twice: some programs take a second TERM as "without
/// cleaning up". Without a running job, only the descendants.
void Runner::signal_tree(int number, const Running* running) const {
  const pid_t group = running != nullptr ? running->own_group : 0;
  const pid_t child = running != nullptr ? running->child.pid : -1;
  if (running != nullptr) pass_on(*running, number);
  for (const pid_t pid : descendants(strangers_)) {
    if (pid != child && (group == 0 || group_of(pid) != group)) ::kill(pid, number);
  }
}

/// Waits until no descendant is left; KILL at `limit`, and what forks meanwhile is killed too.
/// Where KILL was sent already, `limit` is when to give up.
Result<std::size_t> Runner::await_tree(Instant limit, bool kill_sent) {
  while (has_children()) {
    if (hurried_ && !kill_sent) limit = now();
    TRY(wait(nullptr, limit));
    reap(nullptr);
    const bool passed = now() >= limit;
    if (passed && kill_sent && has_children())
      return std::max<std::size_t>(1, descendants(strangers_).size());
    if (passed) {
      kill_sent = true;
      limit = now() + patience;
    }
    if (kill_sent) signal_tree(SIGKILL, nullptr);
  }
  return 0;
}

Result<std::size_t> Runner::sweep(Duration grace) {
  const Blocked guard(blocked_);
  reap(nullptr);
  if (!has_children()) return 0;
  signal_tree(SIGTERM, nullptr);
  signal_tree(SIGCONT, nullptr);
  return await_tree(now() + grace, false);
}

void Runner::begin_ticker(Ticker* ticker) {
  tickers_.push_back(ticker);
  if (ticker != nullptr) ticker->start();
}

void Runner::end_ticker() {
  if (tickers_.back() != nullptr) tickers_.back()->stop();
  tickers_.pop_back();
}

void Runner::begin_inner(Ticker* ticker) {
  begin_ticker(ticker);
  std::vector<pid_t>& fresh = spared_.emplace_back();
  if (!has_children()) return;
  for (const pid_t child : children_of_ours()) {
    if (std::ranges::find(strangers_, child) == strangers_.end()) fresh.push_back(child);
  }
  strangers_.insert(strangers_.end(), fresh.begin(), fresh.end());
}

void Runner::end_inner() {
  // One by one: others may have come and gone meanwhile.
  for (const pid_t child : spared_.back()) std::erase(strangers_, child);
  spared_.pop_back();
  end_ticker();
}

Result<Waited> Runner::sleep(Duration span, int wake) {
  const Blocked guard(blocked_);
  const Instant begun = now();
  const Instant until = begun + std::min<Duration>(span, Instant::max() - begun);
  take_signals(nullptr);
  bool woken = false;
  while (!interrupted_ && !woken && now() < until) {
    TRY(wait(nullptr, until, wake));
    woken = polled_[1].revents != 0;
  }
  return Waited{interrupted_, woken && !interrupted_};
}

}  // namespace gird::sys
