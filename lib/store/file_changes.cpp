// inotify, and a timer where there is none to be had.
#include "store/file_changes.hpp"

#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/quoting.hpp"

namespace gird::store {
namespace {

/// Watching one file among thousands that change: its own watch is what wakes, and the folder's
/// tells when another file has taken the name.
constexpr std::uint32_t of_file = IN_MODIFY | IN_CLOSE_WRITE;
constexpr std::uint32_t of_folder = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
/// A folder that is deleted while somebody has it open says nothing itself, but the one above does.
constexpr std::uint32_t of_itself = IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t lost = of_itself | IN_IGNORED | IN_UNMOUNT;

/// Between attempts to find a folder that is gone.
constexpr timespec pause{0, 50'000'000};

class Inotify final : public Changes {
 public:
  Inotify(sys::Fd queue, sys::Fd timer, sys::Fd both, std::string path, std::string name)
      : queue_(std::move(queue)),
        timer_(std::move(timer)),
        both_(std::move(both)),
        path_(std::move(path)),
        name_(std::move(name)) {}

  /// 0 or an errno.
  int start() {
    for (const sys::Fd* each : {&queue_, &timer_}) {
      epoll_event event{.events = EPOLLIN, .data = {}};
      if (::epoll_ctl(both_.get(), EPOLL_CTL_ADD, each->get(), &event) != 0) return errno;
    }
    return watch_folder();
  }

  [[nodiscard]] int descriptor() const override { return both_.get(); }

  Result<std::vector<std::string>> take() override {
    std::vector<std::string> keys;
    std::uint64_t ticks = 0;
    if (::read(timer_.get(), &ticks, sizeof ticks) > 0) gone_ = true;
    alignas(inotify_event) std::array<char, 16384> buffer{};
    while (true) {
      const ssize_t count = ::read(queue_.get(), buffer.data(), buffer.size());
      if (count < 0 && errno == EAGAIN) break;
      if (count < 0 && errno != EINTR) {
        return system_error("store-failed", "watch " + shell_quoted(path_), errno);
      }
      for (ssize_t at = 0; at < count;) {
        const auto* event = reinterpret_cast<const inotify_event*>(&buffer[std::size_t(at)]);
        add(*event, keys);
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      }
    }
    if (gone_ && find_again()) keys.emplace_back();
    std::ranges::sort(keys);
    const auto repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    return keys;
  }

 private:
  /// 0 or an errno.
  int watch_folder() {
    const std::string above = path_.substr(0, path_.rfind('/'));
    // Without it only a folder that goes away is missed.
    above_ = ::inotify_add_watch(queue_.get(), above.c_str(), of_folder | of_itself | IN_ONLYDIR);
    const std::uint32_t events = name_.empty() ? of_file | of_folder : of_folder;
    folder_ = ::inotify_add_watch(queue_.get(), path_.c_str(), events | of_itself | IN_ONLYDIR);
    if (folder_ < 0) return errno;
    return watch_file();
  }

  /// Watches what has the folder's name now; whether there is such a folder. Until there is, the
  /// timer wakes.
  bool find_again() {
    for (const int watch : {above_, folder_}) ::inotify_rm_watch(queue_.get(), watch);
    gone_ = false;
    const bool found = watch_folder() == 0;
    const itimerspec once{{}, found ? timespec{} : pause};
    ::timerfd_settime(timer_.get(), 0, &once, nullptr);
    return found;
  }

  /// The folder was deleted or moved, or made anew.
  [[nodiscard]] bool is_turnover(const inotify_event& event) const {
    if (event.wd == folder_ || event.wd == above_) {
      if ((event.mask & lost) != 0) return true;
    }
    const std::string_view name = std::string_view(path_).substr(path_.rfind('/') + 1);
    return event.wd == above_ && event.len > 0 && name == event.name;
  }

  int watch_file() {
    if (name_.empty()) return 0;
    const std::string file = path_ + "/" + name_;
    // Watching it again is watching it once; another file of that name is another watch.
    const int watch = ::inotify_add_watch(queue_.get(), file.c_str(), of_file | IN_DONT_FOLLOW);
    return watch >= 0 || errno == ENOENT ? 0 : errno;
  }

  void add(const inotify_event& event, std::vector<std::string>& keys) {
    if ((event.mask & IN_Q_OVERFLOW) != 0) {
      keys.emplace_back();
      watch_file();
      return;
    }
    if (is_turnover(event)) {
      gone_ = true;
      return;
    }
    if (event.wd == above_ || (event.mask & IN_IGNORED) != 0) return;
    std::string_view name = name_;
    if (event.wd == folder_ && event.len > 0) name = event.name;
    if (!name_.empty() && name != name_) return;
    if (event.wd == folder_) watch_file();
    if (!name.ends_with(Folder::ending)) return;
    name.remove_suffix(Folder::ending.size());
    keys.emplace_back(name);
  }

  sys::Fd queue_;
  sys::Fd timer_;
  sys::Fd both_;  ///< of the two above
  std::string path_;
  std::string name_;  ///< of the file; empty: all of them
  int folder_ = -1;
  int above_ = -1;
  bool gone_ = false;  ///< the folder may be another one now
};

class Ticking final : public Changes {
 public:
  explicit Ticking(sys::Fd timer) : timer_(std::move(timer)) {}
  [[nodiscard]] int descriptor() const override { return timer_.get(); }
  Result<std::vector<std::string>> take() override {
    std::uint64_t ticks = 0;
    if (::read(timer_.get(), &ticks, sizeof ticks) < 0) return std::vector<std::string>();
    return std::vector<std::string>{std::string()};
  }

 private:
  sys::Fd timer_;
};

Result<std::unique_ptr<Changes>> tick(const std::string& what) {
  sys::Fd timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  const itimerspec times{pause, pause};
  if (!timer || ::timerfd_settime(timer.get(), 0, &times, nullptr) != 0) {
    return system_error("store-failed", what, errno);
  }
  return std::make_unique<Ticking>(std::move(timer));
}

}  // namespace

Result<std::unique_ptr<Changes>> watch_files(const Folder& folder, std::string_view key) {
  const std::string what = "watch " + shell_quoted(folder.path());
  sys::Fd queue(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  sys::Fd timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  sys::Fd both(::epoll_create1(EPOLL_CLOEXEC));
  if (!queue || !timer || !both) return tick(what);
  auto changes =
      std::make_unique<Inotify>(std::move(queue), std::move(timer), std::move(both), folder.path(),
                                key.empty() ? std::string() : Folder::name_of(key));
  const int fault = changes->start();
  // The user's limit on watches, too, is no reason not to wait.
  if (fault == ENOSPC || fault == ENOMEM) return tick(what);
  if (fault != 0) return system_error("store-failed", what, fault);
  return changes;
}

}  // namespace gird::store
