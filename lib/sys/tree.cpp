// Walking the process tree through /proc.
#include "sys/tree.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "sys/fd.hpp"

namespace gird::sys {
namespace {

/// The text of a small file of /proc; empty when it is gone.
std::string proc_text(const std::string& path) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string text;
  char buffer[4096];
  while (file) {
    const ssize_t count = ::read(file.get(), buffer, sizeof buffer);
    if (count <= 0) break;
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

/// State, parent and group of a process: "PID (COMM) STATE PPID PGRP ...", where COMM may hold
/// anything, parentheses included.
struct Stat {
  char state = 0;
  pid_t parent = 0;
  pid_t group = -1;
};

Stat stat_of(pid_t pid) {
  const std::string text = proc_text("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t close = text.rfind(')');
  if (close == std::string::npos || close + 4 > text.size()) return {};
  Stat stat;
  stat.state = text[close + 2];
  const char* end = text.data() + text.size();
  const auto parent = std::from_chars(text.data() + close + 4, end, stat.parent);
  if (parent.ptr < end) std::from_chars(parent.ptr + 1, end, stat.group);
  return stat;
}

struct Link {
  pid_t pid;
  pid_t parent;
};

/// Every process that lives, with its parent. /proc/PID/task/*/children would be shorter, but it
/// is not in every kernel and is documented as unreliable while processes come and go.
std::vector<Link> all_processes() {
  std::vector<Link> all;
  DIR* directory = ::opendir("/proc");
  if (directory == nullptr) return all;
  while (const dirent* entry = ::readdir(directory)) {
    const std::string_view name = entry->d_name;
    pid_t pid = 0;
    const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (fault != std::errc{} || end != name.data() + name.size()) continue;
    const Stat stat = stat_of(pid);
    const bool lives = stat.state != 0 && stat.state != 'Z' && stat.state != 'X';
    if (lives) all.push_back({pid, stat.parent});
  }
  ::closedir(directory);
  return all;
}

}  // namespace

std::vector<pid_t> descendants(const std::vector<pid_t>& except) {
  const std::vector<Link> all = all_processes();
  std::vector<pid_t> found{::getpid()};
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const Link& link : all) {
      const bool skipped = std::ranges::find(except, link.pid) != except.end();
      if (link.parent == found[next] && !skipped) found.push_back(link.pid);
    }
  }
  found.erase(found.begin());
  return found;
}

std::vector<pid_t> children_of_ours() {
  std::vector<pid_t> children;
  for (const Link& link : all_processes()) {
    if (link.parent == ::getpid()) children.push_back(link.pid);
  }
  return children;
}

bool in_orphaned_group() {
  const pid_t session = ::getsid(0);
  for (pid_t above = ::getppid(); above > 0; above = stat_of(above).parent) {
    if (::getsid(above) != session) return true;
    if (::getpgid(above) != ::getpgrp()) return false;
  }
  return true;
}

pid_t group_of(pid_t pid) { return stat_of(pid).group; }

}  // namespace gird::sys
