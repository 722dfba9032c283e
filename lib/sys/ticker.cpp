// A timer descriptor among the others.
#include "sys/ticker.hpp"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace gird::sys {

/// Without a descriptor to be had nothing ticks: what depends on it must live with one that is
/// late, as it must on a machine that sleeps.
void Ticker::start() {
  timer_ = Fd(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK));
  if (!timer_) return;
  const std::int64_t count = std::max<std::int64_t>(every_.count(), 1);
  const timespec span{count / 1'000'000'000, count % 1'000'000'000};
  const itimerspec times{span, span};
  if (::timerfd_settime(timer_.get(), 0, &times, nullptr) != 0) timer_.reset();
}

void Ticker::watch(std::vector<pollfd>& list) const {
  if (timer_) list.push_back({timer_.get(), POLLIN, 0});
}

void Ticker::turn() {
  if (!timer_) return;
  std::uint64_t times = 0;
  if (::read(timer_.get(), &times, sizeof times) == sizeof times && times > 0) act_();
}

}  // namespace gird::sys
