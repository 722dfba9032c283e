// Making links without overwriting.
#include "sys/links.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>

#include "base/quoting.hpp"

namespace gird::sys {
namespace {

std::unexpected<Error> in_the_way(const std::string& path) {
  return misuse("link-exists", "make " + shell_quoted(path), "something of that name is there",
                {"rm " + shell_quoted(path)});
}

}  // namespace

Result<std::string> own_program() {
  std::array<char, PATH_MAX> path{};
  const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
  if (length < 0) return system_error("program-unknown", "read /proc/self/exe", errno);
  return std::string(path.data(), static_cast<std::size_t>(length));
}

Result<void> check_free(const std::string& path) {
  struct stat there{};
  if (::lstat(path.c_str(), &there) == 0) return in_the_way(path);
  if (errno == ENOENT) {
    // The name is free; is there a directory for it?
    const std::string directory = path.substr(0, path.rfind('/') + 1);
    if (::stat(directory.c_str(), &there) == 0) return {};
  }
  return system_error("link-failed", "make " + shell_quoted(path), errno);
}

Result<void> make_link(const std::string& path, const std::string& target) {
  if (::symlink(target.c_str(), path.c_str()) == 0) return {};
  if (errno == EEXIST) return in_the_way(path);
  return system_error("link-failed", "make " + shell_quoted(path), errno);
}

}  // namespace gird::sys
