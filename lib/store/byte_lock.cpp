// OFD locks, with a limit on the wait for them.
#include "store/byte_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>
#include <thread>

namespace gird::store {
namespace {

using std::chrono::steady_clock;

struct flock range(short type, off_t from, off_t length) {
  struct flock lock{};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = from;
  lock.l_len = length;
  return lock;
}

timespec timespec_of(Duration span) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(span);
  return {seconds.count(), (span - seconds).count()};
}

constexpr Duration first_reminder = std::chrono::milliseconds(20);
constexpr Duration further_reminders = std::chrono::milliseconds(5);

/// Interrupts blocking system calls of this thread again and again: a signal may come just before
/// the call. A signal of the highest number, since SIGALRM
/// can be meant for us: alarms survive exec.
class Interruption {
 public:
  Interruption() {
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGRTMAX;
    event._sigev_un._tid = ::gettid();
    armed_ = ::timer_create(CLOCK_MONOTONIC, &event, &timer_) == 0;
    if (!armed_) return;
    struct sigaction action{};
    action.sa_handler = [](int) {};
    ::sigaction(SIGRTMAX, &action, &before_);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, SIGRTMAX);
    ::pthread_sigmask(SIG_UNBLOCK, &only, &mask_);
    const itimerspec times{timespec_of(further_reminders), timespec_of(first_reminder)};
    ::timer_settime(timer_, 0, &times, nullptr);
  }
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption() {
    if (!armed_) return;
    // Deleting the timer takes back what it has sent and was not delivered.
    ::timer_delete(timer_);
    ::pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
    ::sigaction(SIGRTMAX, &before_, nullptr);
  }
  /// Not where the user's limit on pending signals is reached.
  [[nodiscard]] bool armed() const { return armed_; }

 private:
  bool armed_ = false;
  timer_t timer_{};
  struct sigaction before_{};
  sigset_t mask_{};
};

int lock_by_asking(int file, off_t from, off_t length, steady_clock::time_point until,
                   const std::function<void()>& remind) {
  while (true) {
    const int fault = try_lock(file, from, length);
    if (fault != EAGAIN || steady_clock::now() >= until) return fault;
    remind();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace

int try_lock(int file, off_t from, off_t length) {
  struct flock lock = range(F_WRLCK, from, length);
  if (::fcntl(file, F_OFD_SETLK, &lock) == 0) return 0;
  return errno == EACCES ? EAGAIN : errno;
}

int lock_within(int file, off_t from, off_t length, Duration limit,
                const std::function<void()>& remind) {
  const int fault = try_lock(file, from, length);
  if (fault != EAGAIN) return fault;
  const auto until = steady_clock::now() + limit;
  const Interruption interruption;
  if (!interruption.armed()) return lock_by_asking(file, from, length, until, remind);
  while (true) {
    struct flock lock = range(F_WRLCK, from, length);
    if (::fcntl(file, F_OFD_SETLKW, &lock) == 0) return 0;
    if (errno != EINTR) return errno;
    if (steady_clock::now() >= until) return EAGAIN;
    remind();
  }
}

void unlock(int file, off_t from, off_t length) {
  struct flock lock = range(F_UNLCK, from, length);
  ::fcntl(file, F_OFD_SETLK, &lock);
}

bool is_locked(int file, off_t from, off_t length) {
  struct flock lock = range(F_WRLCK, from, length);
  return ::fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

}  // namespace gird::store
