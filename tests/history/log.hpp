// The log of one process: a mapped file, so that what was written is kept when the process is
// killed.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <ctime>
#include <span>
#include <string>

#include "history/line.hpp"
#include "sys/fd.hpp"

namespace gird::history {

/// Nanoseconds of the clock that all processes share.
inline std::int64_t stamp() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

/// Written by one process, read by others while it runs or afterwards. Aborts where it cannot be
/// had: there is no evidence without it.
template <class M>
class Log {
 public:
  /// A new one for at most `most` lines.
  static Log made(const std::string& path, std::size_t most) {
    const sys::Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (::ftruncate(file.get(), static_cast<off_t>(size_for(most))) != 0) std::abort();
    return Log(file.get(), size_for(most));
  }
  static Log opened(const std::string& path) {
    const sys::Fd file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    struct stat about{};
    if (::fstat(file.get(), &about) != 0) std::abort();
    return Log(file.get(), static_cast<std::size_t>(about.st_size));
  }
  Log(Log&& other) noexcept : page_(std::exchange(other.page_, nullptr)), size_(other.size_) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  Log& operator=(Log&&) = delete;
  ~Log() {
    if (page_ != nullptr) ::munmap(page_, size_);
  }

  [[nodiscard]] std::span<const Line<M>> lines() const { return {table(), count()}; }
  /// Calls that the store refused to make: its lock was not to be had in time, and the like.
  [[nodiscard]] std::int64_t failed() const { return page_->failed; }

  void begin() {
    ++page_->call;
    first_ = count();
    invoked_ = stamp();
  }
  /// Called by the machine, inside of the step.
  void note(Line<M> line) {
    const std::size_t at = count();
    if (sizeof(Page) + (at + 1) * sizeof(Line<M>) > size_) std::abort();
    line.call = page_->call;
    line.invoked = invoked_;
    table()[at] = line;
    page_->count.store(at + 1, std::memory_order_release);
  }
  void end(bool certain) {
    const std::int64_t returned = stamp();
    for (std::size_t at = first_; at < count(); ++at) {
      table()[at].returned = returned;
      table()[at].certain = certain;
    }
    if (!certain) ++page_->failed;
  }

 private:
  struct Page {
    std::atomic<std::size_t> count;
    std::int64_t call;
    std::int64_t failed;
  };

  Log(int file, std::size_t size) : size_(size) {
    void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) std::abort();
    page_ = static_cast<Page*>(memory);
  }
  static std::size_t size_for(std::size_t most) { return sizeof(Page) + most * sizeof(Line<M>); }
  /// The lines follow the page.
  [[nodiscard]] Line<M>* table() const { return reinterpret_cast<Line<M>*>(page_ + 1); }
  [[nodiscard]] std::size_t count() const { return page_->count.load(std::memory_order_acquire); }

  Page* page_ = nullptr;
  std::size_t size_ = 0;
  std::size_t first_ = 0;
  std::int64_t invoked_ = 0;
};

}  // namespace gird::history
