// Files by name.
#include "sys/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/quoting.hpp"

namespace gird::sys {
namespace {

Result<Fd> open_to_write(const std::string& path, int how) {
  Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, 0666));
  if (!file) return system_error("file-unwritable", "open " + shell_quoted(path), errno);
  return file;
}

}  // namespace

Result<Fd> create_file(const std::string& path) { return open_to_write(path, O_TRUNC); }

Result<Fd> append_file(const std::string& path) { return open_to_write(path, O_APPEND); }

bool same_file(const std::string& a, const std::string& b) {
  struct stat first{};
  struct stat second{};
  if (::stat(a.c_str(), &first) != 0 || !S_ISREG(first.st_mode)) return false;
  const int told = b == "-" ? ::fstat(0, &second) : ::stat(b.c_str(), &second);
  return told == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

Result<Fd> null_input() {
  Fd file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!file) return system_error("file-unreadable", "open /dev/null", errno);
  return file;
}

int close_checked(int number) { return ::close(number) == 0 || errno == EINTR ? 0 : errno; }

int settle_checked(int number) {
  // The file is settled whenever one of its descriptors is closed, not only at the last.
  const int copy = ::fcntl(number, F_DUPFD_CLOEXEC, 3);
  return copy < 0 ? errno : close_checked(copy);
}

}  // namespace gird::sys
