// Replaying standard input.
#include "sys/replay.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <cerrno>

#include "sys/spool.hpp"

namespace gird::sys {
namespace {

constexpr std::size_t piece = 64 << 10;

}  // namespace

Replay::Replay() {
  struct stat info{};
  const int flags = ::fcntl(0, F_GETFL);
  closed_ = flags < 0 || (flags & O_PATH) != 0 || ::fstat(0, &info) != 0;
  if (closed_) return;
  start_ = ::lseek(0, 0, SEEK_CUR);
  seekable_ = start_ >= 0 && (S_ISREG(info.st_mode) || S_ISBLK(info.st_mode));
}

Result<int> Replay::next() {
  if (closed_) return 0;
  if (seekable_) {
    child_end_ = reopened(0, start_);
    if (child_end_) return child_end_.get();
    // Without /proc, or where we may not open the file again: the shared offset is set back.
    if (::lseek(0, start_, SEEK_SET) != start_)
      return system_error("spool-failed", "rewind the input", errno);
    return 0;
  }
  if (!spool_) spool_ = TRY(make_spool());
  if (complete_) {
    child_end_ = reopened(spool_.get(), 0);
    if (child_end_) return child_end_.get();
  }
  Pipe pipe = TRY(make_pipe());
  child_end_ = std::move(pipe.read);
  to_ = std::move(pipe.write);
  never_block(to_.get());
  given_ = 0;
  pending_.clear();
  return child_end_.get();
}

void Replay::settle() {
  if (!seekable_ || !child_end_) return;
  const off_t stopped = ::lseek(child_end_.get(), 0, SEEK_CUR);
  if (stopped >= 0) ::lseek(0, stopped, SEEK_SET);
}

void Replay::started() {
  if (to_) child_end_.reset();
}

bool Replay::input_ready() const {
  pollfd ready{0, POLLIN, 0};
  return ::poll(&ready, 1, 0) == 1;
}

void Replay::watch(std::vector<pollfd>& list) const {
  if (!to_) return;
  const bool has_more = !pending_.empty() || given_ < spooled_ || complete_;
  list.push_back({to_.get(), static_cast<short>(has_more ? POLLOUT : 0), 0});
  if (!has_more) list.push_back({0, POLLIN, 0});
}

/// Puts the next piece into `pending_`: from the spool, else from the input by way of the spool.
Result<void> Replay::refill() {
  pending_.resize(piece);
  if (given_ < spooled_) {
    const ssize_t count = ::pread(spool_.get(), pending_.data(), piece, given_);
    if (count < 0) return system_error("spool-failed", "read the kept input", errno);
    pending_.resize(static_cast<std::size_t>(count));
    given_ += count;
    return {};
  }
  if (complete_ || !input_ready()) {
    pending_.clear();
    return {};
  }
  const ssize_t count = ::read(0, pending_.data(), piece);
  // A terminal that hung up reads as EIO, a directory as EISDIR, what was opened to be written
  // alone (as nohup does) as EBADF: there is no more to be had.
  if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) complete_ = true;
  pending_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  if (count <= 0) return {};
  if (const int fault = write_all(spool_.get(), pending_)) {
    return system_error("spool-failed", "keep the input for another attempt", fault);
  }
  spooled_ += count;
  given_ += count;
  return {};
}

Result<void> Replay::turn() {
  if (!to_) return {};
  pollfd reader{to_.get(), 0, 0};
  if (::poll(&reader, 1, 0) == 1 && (reader.revents & POLLERR) != 0) {
    to_.reset();  // it closed its input: what it did not want stays unread
    return {};
  }
  while (true) {
    if (pending_.empty()) TRY(refill());
    if (pending_.empty()) {
      if (complete_) to_.reset();
      return {};
    }
    const ssize_t count = ::write(to_.get(), pending_.data(), pending_.size());
    if (count < 0) {
      if (errno != EAGAIN && errno != EINTR) to_.reset();  // EPIPE: as above
      return {};
    }
    pending_.erase(0, static_cast<std::size_t>(count));
  }
}

Result<void> Replay::finish() {
  to_.reset();
  pending_.clear();
  return {};
}

}  // namespace gird::sys
