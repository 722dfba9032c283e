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

Result<void> Wakes::add(int number, unsigned events) {
  epoll_event event{};
  event.events = events;
  if (::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, number, &event) == 0) return {};
  return system_error("wait-failed", "wait for changes", errno);
}

Result<void> Wakes::add_input(int number) { return add(number, EPOLLIN); }

Result<void> Wakes::add_reader(int number) {
  pollfd probe{number, 0, 0};
  if (::poll(&probe, 1, 0) < 0 || (probe.revents & POLLNVAL) != 0) return {};
  // Errors and hang-ups are told unasked. A file has none and cannot be added.
  auto done = add(number, 0);
  if (!done && errno == EPERM) return {};
  return done;
}

bool reader_gone(int number) {
  pollfd probe{number, 0, 0};
  return ::poll(&probe, 1, 0) > 0 && (probe.revents & (POLLERR | POLLHUP)) != 0;
}

}  // namespace gird::sys
