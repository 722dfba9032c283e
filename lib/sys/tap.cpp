// The tap's flow. The target may be shared with other processes, so it is never made non-blocking:
// poll says when PIPE_BUF bytes fit, and no more is written at a time.
#include "sys/tap.hpp"

#include <poll.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace gird::sys {
namespace {

constexpr std::size_t piece = 64 << 10;

}  // namespace

Result<int> Tap::next() {
  Pipe pipe = TRY(make_pipe());
  from_ = std::move(pipe.read);
  child_end_ = std::move(pipe.write);
  never_block(from_.get());
  return child_end_.get();
}

void Tap::watch(std::vector<pollfd>& list) const {
  if (!pending_.empty()) {
    list.push_back({target_, POLLOUT, 0});
  } else if (from_) {
    list.push_back({from_.get(), POLLIN, 0});
  }
}

/// Reads once, at most `most` bytes; how many came, 0 when there is nothing now.
std::size_t Tap::take(std::size_t most) {
  char buffer[piece];
  const ssize_t count = ::read(from_.get(), buffer, std::min(most, piece));
  if (count <= 0) {
    if (count == 0 || (errno != EAGAIN && errno != EINTR)) from_.reset();
    return 0;
  }
  const std::string_view bytes(buffer, static_cast<std::size_t>(count));
  see_(bytes);
  if (target_ >= 0) pending_ = bytes;
  return bytes.size();
}

Result<void> Tap::turn() {
  while (from_ || !pending_.empty()) {
    if (pending_.empty()) {
      if (!from_ || take(piece) == 0) return {};
      continue;
    }
    pollfd ready{target_, POLLOUT, 0};
    if (::poll(&ready, 1, 0) != 1) return {};
    const std::size_t most = std::min<std::size_t>(pending_.size(), PIPE_BUF);
    const ssize_t count = ::write(target_, pending_.data(), most);
    if (count > 0) {
      pending_.erase(0, static_cast<std::size_t>(count));
    } else if (errno != EAGAIN && errno != EINTR) {
      // Nobody can be told that standard error is gone; the command goes on, unheard.
      target_ = -1;
      pending_.clear();
    }
  }
  return {};
}

Result<void> Tap::finish() {
  if (target_ >= 0) write_all(target_, pending_);
  pending_.clear();
  if (!from_) return {};
  // Only what is there now: a background process may hold the other end, and write, for ever.
  int left = 0;
  ::ioctl(from_.get(), FIONREAD, &left);
  while (left > 0) {
    const std::size_t count = take(static_cast<std::size_t>(left));
    if (count == 0) break;
    left -= static_cast<int>(count);
    if (target_ >= 0) write_all(target_, pending_);
    pending_.clear();
  }
  from_.reset();
  return {};
}

}  // namespace gird::sys
