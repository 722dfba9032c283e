// Gathering descriptors with epoll.
#include "sys/wakes.hpp"

#include <poll.h>
#include <sys/epoll.h>

#include <cerrno>

namespace gird::sys {

Result<Wakes> Wakes::open() {
  Fd poll(::epoll_create1(EPOLL_CLOEXEC));
  if (!poll) return system_error("wait-failed", "wait for changes", errno);
  return Wakes(std::move(poll));
}

/// 0 or an errno.
int Wakes::add(int number, unsigned events) {
  epoll_event event{};
  event.events = events;
  return ::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, number, &event) == 0 ? 0 : errno;
}

Result<void> Wakes::add_input(int number) {
  const int fault = add(number, EPOLLIN);
  if (fault != 0) return system_error("wait-failed", "wait for changes", fault);
  return {};
}

Result<void> Wakes::add_output(int number) {
  const int fault = add(number, EPOLLOUT);
  if (fault != 0) return system_error("wait-failed", "wait for a reader", fault);
  return {};
}

Result<void> Wakes::add_reader(int number) {
  // Errors and hang-ups are told unasked. A file has none and cannot be added, nor can what is
  // closed.
  const int fault = add(number, 0);
  if (fault == 0 || fault == EPERM || fault == EBADF) return {};
  return system_error("wait-failed", "wait for changes", fault);
}

bool reader_gone(int number) {
  pollfd probe{number, 0, 0};
  return ::poll(&probe, 1, 0) > 0 && (probe.revents & (POLLERR | POLLHUP)) != 0;
}

}  // namespace gird::sys
