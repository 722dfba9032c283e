// Reading.
#include "sys/input.hpp"

#include <fcntl.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>

#include "base/quoting.hpp"
#include "sys/spool.hpp"

namespace gird::sys {
namespace {

/// As much as a core's cache holds: larger pieces were no faster, smaller ones were.
constexpr std::size_t most_room = 256 << 10;

std::string shown(const std::string& path) {
  return path == "-" ? std::string("standard input") : shell_quoted(path);
}

}  // namespace

Result<Input> Input::open(const std::string& path) {
  Input input;
  input.path_ = path;
  if (path != "-") {
    input.owned_ = Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!input.owned_) return system_error("file-unreadable", "open " + shown(path), errno);
  }
  input.number_ = path == "-" ? 0 : input.owned_.get();
  if (::fstat(input.number_, &input.info_) != 0)
    return system_error("file-unreadable", "read " + shown(path), errno);
  if (S_ISDIR(input.info_.st_mode))
    return system_error("file-unreadable", "read " + shown(path), EISDIR);
  if (input.lasting()) {
    const off_t at = ::lseek(input.number_, 0, SEEK_CUR);
    input.start_ = at < 0 ? 0 : static_cast<std::uint64_t>(at);
  }
  // One byte more than there is, so that the end is seen by the same read.
  input.room_ = input.lasting() ? std::min<std::size_t>(most_room, input.size() + 1) : most_room;
  input.room_ = std::max<std::size_t>(input.room_, 4096);
  return input;
}

Result<Input> Input::kept() && {
  return kept(path_, [this] { return next(); });
}

Result<Input> Input::kept(const std::string& path,
                          const std::function<Result<std::string_view>()>& next) {
  Input copy;
  copy.path_ = path;
  copy.owned_ = TRY(make_spool());
  copy.number_ = copy.owned_.get();
  while (true) {
    const std::string_view piece = TRY(next());
    if (piece.empty()) break;
    if (const int fault = write_all(copy.number_, piece))
      return system_error("spool-failed", "keep " + shown(path), fault);
  }
  if (::fstat(copy.number_, &copy.info_) != 0 || ::lseek(copy.number_, 0, SEEK_SET) != 0)
    return system_error("spool-failed", "keep " + shown(path), errno);
  copy.room_ = most_room;
  return copy;
}

Result<std::string_view> Input::next() {
  if (!buffer_) buffer_ = std::make_unique_for_overwrite<char[]>(room_);
  while (true) {
    const ssize_t count = ::read(number_, buffer_.get(), room_);
    if (count >= 0) {
      passed_ += static_cast<std::uint64_t>(count);
      return std::string_view(buffer_.get(), static_cast<std::size_t>(count));
    }
    if (errno == EAGAIN) {
      pollfd ready{number_, POLLIN, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return system_error("file-unreadable", "read " + shown(path_), errno);
    }
  }
}

std::uint64_t Input::size() const {
  const auto whole = static_cast<std::uint64_t>(info_.st_size);
  return lasting() && whole > start_ ? whole - start_ : 0;
}

bool Input::unchanged() const {
  if (!lasting()) return true;
  struct stat now{};
  if (::fstat(number_, &now) != 0) return false;
  if (static_cast<std::uint64_t>(now.st_size) < start_ + passed_) return false;
  if (now.st_size > info_.st_size) return true;
  return now.st_mtim.tv_sec == info_.st_mtim.tv_sec && now.st_mtim.tv_nsec == info_.st_mtim.tv_nsec;
}

bool input_is_terminal() { return ::isatty(0) == 1; }

}  // namespace gird::sys
