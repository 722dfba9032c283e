// World by system calls.
#include "sys/real_world.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "base/chance.hpp"
#include "base/quoting.hpp"
#include "sys/program.hpp"

namespace gird::sys {

namespace {

/// The text of a configuration file that is open.
Result<std::optional<std::string>> read_opened(int file, const std::string& path) {
  const std::string what = "open " + shell_quoted(path);
  struct stat info{};
  if (::fstat(file, &info) != 0) return system_error("file-unreadable", what, errno);
  const bool others = (info.st_mode & (S_IWGRP | S_IWOTH)) != 0 || info.st_uid != 0;
  if (::geteuid() == 0 && S_ISREG(info.st_mode) && others) {
    return misuse("config-untrusted", what, "root reads no configuration that others can write",
                  {"chown root " + shell_quoted(path) + " && chmod go-w " + shell_quoted(path)});
  }
  std::string text;
  char buffer[16384];
  while (true) {
    const ssize_t count = ::read(file, buffer, sizeof buffer);
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("file-unreadable", what, errno);
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

}  // namespace

void RealWorld::out(std::string_view text) { buffer_ += text; }

void RealWorld::err(std::string_view text) { write_all(2, text); }

Result<Exit> RealWorld::finish() {
  if (buffer_.empty()) return yes;
  const int fault = write_all(1, std::exchange(buffer_, {}));
  // Nobody reads on: that is no error, and where SIGPIPE is ignored it ends as quietly.
  if (fault == EPIPE) return Exit{128 + SIGPIPE};
  if (fault != 0) return system_error("write-failed", "write error", fault);
  return yes;
}

bool RealWorld::err_is_terminal() const { return ::isatty(2) == 1; }

std::optional<TerminalSize> RealWorld::out_terminal() const {
  if (::isatty(1) != 1) return std::nullopt;
  winsize size{};
  // A serial line does not know its size and says 0.
  if (::ioctl(1, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
    return TerminalSize{};
  }
  return TerminalSize{size.ws_col, size.ws_row};
}

Instant RealWorld::now() const { return std::chrono::steady_clock::now(); }

Time RealWorld::wall() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

std::uint64_t RealWorld::entropy() {
  if (entropy_left_ == 0) {
    entropy_left_ = entropy_.size();
    const ssize_t size = sizeof entropy_;
    if (::getrandom(entropy_.data(), sizeof entropy_, GRND_NONBLOCK) != size) {
      // Early boot: no entropy yet. Jitter and run ids only have to differ.
      const auto time = static_cast<std::uint64_t>(wall().time_since_epoch().count());
      Chance weak(time ^ static_cast<std::uint64_t>(::getpid()) << 40U);
      for (std::uint64_t& bits : entropy_) bits = weak.bits();
    }
  }
  return entropy_[--entropy_left_];
}

std::optional<std::string> RealWorld::variable(const char* name) const {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

std::span<const char* const> RealWorld::environment() const {
  if (environ == nullptr) return {};
  std::size_t count = 0;
  while (environ[count] != nullptr) ++count;
  return {environ, count};
}

Result<std::optional<std::string>> RealWorld::read_configuration(const std::string& path) {
  // Non-blocking, so that a FIFO is no trap.
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  // A home that may not even be looked into, as after setpriv or in a container.
  if (!file && errno == EACCES && ::access(path.c_str(), F_OK) != 0) return std::nullopt;
  if (!file) return system_error("file-unreadable", "open " + shell_quoted(path), errno);
  return read_opened(file.get(), path);
}

Result<Runner*> RealWorld::runner() {
  if (!runner_) runner_ = TRY(Runner::open());
  return runner_.get();
}

Result<Ended> RealWorld::run(const Job& job) { return TRY(runner())->run(job); }

Result<std::size_t> RealWorld::sweep(Duration grace) { return TRY(runner())->sweep(grace); }

Result<Helper> RealWorld::start_helper(const std::string& program) {
  Helper helper = TRY(sys::start_helper(program));
  // A runner that is made later finds it among the children that it was started with.
  if (runner_) runner_->spare(helper.pid);
  return helper;
}

Result<void> RealWorld::begin_inner(Ticker* ticker) {
  TRY(runner())->begin_inner(ticker);
  return {};
}

void RealWorld::end_inner() { runner_->end_inner(); }

Result<Waited> RealWorld::sleep(Duration span, int wake) {
  return TRY(runner())->sleep(span, wake);
}

void RealWorld::tell(const Record& record) {
  if (events_) events_->write(journal_->line(wall(), record));
}

Result<void> RealWorld::open_events(std::string_view destination, std::string_view tool,
                                    const std::string& run) {
  events_ = TRY(EventSink::open(destination));
  journal_.emplace(tool, run);
  return {};
}

}  // namespace gird::sys
