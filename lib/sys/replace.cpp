// Temporary file, attributes, rename.
#include "sys/replace.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/xattr.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/quoting.hpp"
#include "sys/files.hpp"

namespace gird::sys {
namespace {

/// `path` without symbolic links; as it is where it does not lead to anything yet.
std::string resolved(const std::string& path) {
  char* found = ::realpath(path.c_str(), nullptr);
  if (found == nullptr) return path;
  std::string real = found;
  ::free(found);  // NOLINT(cppcoreguidelines-no-malloc): realpath gives malloc's memory
  return real;
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == path.npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// What ends a program; its default action would leave a named file behind.
sigset_t ending_signals() {
  sigset_t all;
  sigemptyset(&all);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ})
    sigaddset(&all, number);
  return all;
}

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool same_content(const struct stat& a, const struct stat& b) {
  return same_file(a, b) && a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

/// Access lists and labels among them. What the file system or our rights do not allow to be set
/// is an errno.
int copy_attributes(int from, int to) {
  const ssize_t length = ::flistxattr(from, nullptr, 0);
  if (length <= 0) return length < 0 && errno != ENOTSUP ? errno : 0;
  std::vector<char> names(static_cast<std::size_t>(length));
  const ssize_t got = ::flistxattr(from, names.data(), names.size());
  if (got < 0) return errno;
  for (ssize_t at = 0; at < got;) {
    const std::string name = names.data() + at;
    at += static_cast<ssize_t>(name.size()) + 1;
    std::vector<char> value(64 << 10);
    const ssize_t size = ::fgetxattr(from, name.c_str(), value.data(), value.size());
    if (size < 0) return errno;
    if (::fsetxattr(to, name.c_str(), value.data(), static_cast<std::size_t>(size), 0) == 0)
      continue;
    // Labels of a security module are given by the system where we may not set them.
    const bool label = errno == EPERM && name.starts_with("security.");
    if (errno != ENOTSUP && !label) return errno;
  }
  return 0;
}

}  // namespace

Replacement::Replacement(Replacement&& other) noexcept
    : shown_(std::move(other.shown_)),
      path_(std::move(other.path_)),
      directory_(std::move(other.directory_)),
      temporary_(std::exchange(other.temporary_, {})),
      expected_(other.expected_),
      direct_(other.direct_),
      exists_(other.exists_),
      file_(std::move(other.file_)),
      masked_(std::exchange(other.masked_, false)),
      before_(other.before_) {}

Replacement::~Replacement() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  if (masked_) ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

Result<Replacement> Replacement::prepare(const std::string& path, const Plan& plan) {
  Replacement made;
  made.shown_ = shell_quoted(path);
  made.path_ = resolved(path);
  made.directory_ = directory_of(made.path_);
  made.expected_ = plan.expected;
  struct stat old{};
  made.exists_ = ::stat(made.path_.c_str(), &old) == 0;
  if (made.exists_ && !S_ISREG(old.st_mode)) {
    made.direct_ = true;
    made.file_ = Fd(::open(made.path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    if (!made.file_) return system_error("file-unwritable", "open " + made.shown_, errno);
    return made;
  }
  if (made.exists_ && old.st_nlink > 1 && plan.hard_links == HardLinks::refuse) {
    return std::unexpected(Error{
        Fault::system,
        "file-linked",
        "replace " + made.shown_,
        "it has " + std::to_string(old.st_nlink) + " names, and the others would keep the old file",
        {"--force"}});
  }
  // Whoever may not write to a file may not replace it either, though the directory allows it.
  if (made.exists_ && ::access(made.path_.c_str(), W_OK) != 0)
    return system_error("file-unwritable", "replace " + made.shown_, errno);
  TRY(made.make());
  if (made.exists_) TRY(made.take_over(old));
  return made;
}

Result<void> Replacement::make() {
  // A file without a name needs no cleaning up, however the process ends.
  file_ = Fd(::open(directory_.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666));
  if (file_ && ::access("/proc/self/fd", X_OK) == 0) return {};
  if (!file_ && errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)
    return system_error("file-unwritable", "replace " + shown_, errno);
  return make_named();
}

Result<void> Replacement::make_named() {
  const sigset_t ending = ending_signals();
  ::sigprocmask(SIG_BLOCK, &ending, &before_);
  masked_ = true;
  const std::string name = beside();
  file_ = Fd(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file_) return system_error("file-unwritable", "replace " + shown_, errno);
  temporary_ = name;
  return {};
}

std::string Replacement::beside() const {
  std::uint64_t bits = 0;
  if (::getrandom(&bits, sizeof bits, GRND_NONBLOCK) != sizeof bits)
    bits = static_cast<std::uint64_t>(::getpid());
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(bits));
  return directory_ + "/.gird-" + digits;
}

Result<void> Replacement::take_over(const struct stat& old) const {
  struct stat now{};
  const std::string what = "replace " + shown_;
  if (::fstat(file_.get(), &now) != 0) return system_error("file-unwritable", what, errno);
  const bool ours = now.st_uid == old.st_uid && now.st_gid == old.st_gid;
  if (!ours && ::fchown(file_.get(), old.st_uid, old.st_gid) != 0)
    return system_error("file-owner", what + " and keep its owner", errno);
  if (::fchmod(file_.get(), old.st_mode & 07777) != 0)
    return system_error("file-unwritable", what, errno);
  const Fd source(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!source) return {};  // -o may replace what cannot be read
  if (const int fault = copy_attributes(source.get(), file_.get()))
    return system_error("file-owner", what + " and keep its attributes", fault);
  return {};
}

Result<void> Replacement::give_name() {
  if (!temporary_.empty()) return {};
  const sigset_t ending = ending_signals();
  ::sigprocmask(SIG_BLOCK, &ending, &before_);
  masked_ = true;
  const std::string open = "/proc/self/fd/" + std::to_string(file_.get());
  const std::string name = beside();
  if (::linkat(AT_FDCWD, open.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0)
    return system_error("write-failed", "replace " + shown_, errno);
  temporary_ = name;
  return {};
}

Result<void> Replacement::keep_old(const std::string& suffix) const {
  const std::string backup = path_ + suffix;
  const std::string what = "keep " + shell_quoted(backup);
  const std::string second = beside();
  if (::link(path_.c_str(), second.c_str()) != 0) {
    // A file system without hard links: for a moment the name leads nowhere.
    if (::rename(path_.c_str(), backup.c_str()) != 0)
      return system_error("write-failed", what, errno);
    return {};
  }
  if (::rename(second.c_str(), backup.c_str()) == 0) {
    // Where both are one file already, rename does nothing and leaves the name.
    ::unlink(second.c_str());
    return {};
  }
  const int fault = errno;
  ::unlink(second.c_str());
  return system_error("write-failed", what, fault);
}

Result<void> Replacement::commit(const std::string& backup) {
  const std::string what = "write " + shown_;
  if (direct_) {
    const int fault = close_checked(file_.release());
    if (fault != 0) return system_error("write-failed", what, fault);
    return {};
  }
  if (::fsync(file_.get()) != 0) return system_error("write-failed", what, errno);
  struct stat now{};
  if (expected_ && (::stat(path_.c_str(), &now) != 0 || !same_content(now, *expected_))) {
    return std::unexpected(
        Error{Fault::system, "file-changed", "replace " + shown_, "it was changed meanwhile"});
  }
  TRY(give_name());
  if (!backup.empty() && exists_) TRY(keep_old(backup));
  if (::rename(temporary_.c_str(), path_.c_str()) != 0)
    return system_error("write-failed", "replace " + shown_, errno);
  temporary_.clear();
  const Fd directory(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Not every file system can; the file is in place.
  if (directory) ::fsync(directory.get());
  return {};
}

}  // namespace gird::sys
