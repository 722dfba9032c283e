// What the cases of sys share: a folder that goes, and the bytes of a descriptor.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>

#include "sys/fd.hpp"

namespace gird::sys {

/// A new folder; it goes with all that is in it.
class Scratch {
 public:
  Scratch() {
    char name[] = "/tmp/gird-unit-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string path(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

  std::string file(std::string_view name, std::string_view text, mode_t mode = 0644) const {
    const std::string full = path(name);
    const Fd file(::open(full.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    write_all(file.get(), text);
    ::fchmod(file.get(), mode);
    return full;
  }

 private:
  std::string path_;
};

/// All that can be read from `number` up to its end.
inline std::string drained(int number) {
  std::string text;
  char buffer[65536];
  while (true) {
    const ssize_t count = ::read(number, buffer, sizeof buffer);
    if (count <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

inline std::string text_of(const std::string& path) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return drained(file.get());
}

/// Puts `number` in the place of a standard descriptor, and back at the end.
class Instead {
 public:
  Instead(int standard, int number) : standard_(standard), before_(::dup(standard)) {
    ::dup2(number, standard);
  }
  Instead(const Instead&) = delete;
  Instead& operator=(const Instead&) = delete;
  ~Instead() { ::dup2(before_.get(), standard_); }

 private:
  int standard_;
  Fd before_;
};

/// Whether `condition` comes true within the time that a busy machine may take.
template <typename Condition>
bool becomes(Condition condition) {
  for (int turn = 0; turn < 3000; ++turn) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace gird::sys
