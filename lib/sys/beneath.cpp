#include "sys/beneath.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <vector>

#include "base/quoting.hpp"

namespace gird::sys {
namespace {

std::unexpected<Error> outside(std::string_view path, const char* why) {
  return std::unexpected(Error{Fault::input, "path-outside", shell_quoted(path), why});
}
std::unexpected<Error> missing(std::string_view path) {
  return std::unexpected(
      Error{Fault::input, "path-missing", shell_quoted(path), errno_text(ENOENT)});
}
std::unexpected<Error> unusable(std::string_view path, std::string why) {
  return std::unexpected(Error{Fault::input, "path-unusable", shell_quoted(path), std::move(why)});
}

/// What an errno of opening a part says of the path.
std::unexpected<Error> not_opened(std::string_view path, int number) {
  if (number == EXDEV) return outside(path, "it leads out of the folder");
  if (number == ELOOP) return outside(path, "it has a link of /proc or links in a circle");
  if (number == ENOENT) return missing(path);
  return unusable(path, errno_text(number));
}

/// A path, as far as it can be judged without looking.
Result<void> check(std::string_view path) {
  if (path.empty()) return unusable(path, "it is empty");
  if (path.contains('\0')) return unusable(path, "it holds a NUL");
  if (path.size() >= PATH_MAX) return unusable(path, errno_text(ENAMETOOLONG));
  if (path.front() == '/') return outside(path, "it is absolute");
  return {};
}

constexpr std::uint64_t look_only = O_PATH | O_CLOEXEC;

/// openat2; a rename somewhere else in the tree can make the kernel give up, so it is asked again.
Fd open_beneath(int folder, const std::string& path, std::uint64_t flags) {
  open_how how{};
  how.flags = flags;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  for (int tries = 0; tries < 100; ++tries) {
    Fd fd(static_cast<int>(::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how)));
    if (fd || errno != EAGAIN) return fd;
  }
  return {};
}

/// What the kernel calls an open file, if it still has that name.
std::optional<std::string> name_of(const Fd& fd) {
  std::array<char, PATH_MAX> buffer{};
  const std::string link = "/proc/self/fd/" + std::to_string(fd.get());
  const ssize_t length = ::readlink(link.c_str(), buffer.data(), buffer.size());
  if (length <= 0) return std::nullopt;
  std::string name(buffer.data(), static_cast<std::size_t>(length));
  struct stat named{};
  struct stat open{};
  const bool same = ::lstat(name.c_str(), &named) == 0 && ::fstat(fd.get(), &open) == 0 &&
                    named.st_dev == open.st_dev && named.st_ino == open.st_ino;
  if (!same) return std::nullopt;
  return name;
}

Result<std::string> real_path(const Fd& fd, std::string_view path) {
  auto name = name_of(fd);
  if (!name) return unusable(path, "the system does not tell its name");
  return *std::move(name);
}

std::string joined(std::string folder, std::string_view name) {
  if (!folder.ends_with('/')) folder += '/';
  return folder += name;
}

/// The last part of a path, and what is in front of it.
struct Split {
  std::string parent;
  std::string last;
};
Split split_last(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {".", std::string(path)};
  return {std::string(path.substr(0, slash)), std::string(path.substr(slash + 1))};
}

/// Whether `name` can be that of something still to be made.
bool is_plain_name(std::string_view name) { return !name.empty() && name != "." && name != ".."; }

/// The parts of a path without the empty ones and `.`.
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    if (!part.empty() && part != ".") parts.emplace_back(part);
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return parts;
}

bool is_link(const Fd& fd) {
  struct stat found{};
  return ::fstat(fd.get(), &found) == 0 && S_ISLNK(found.st_mode);
}

}  // namespace

Result<Folder> Folder::open(const std::string& path) {
  Fd fd(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return system_error("folder-unreadable", "open " + shell_quoted(path), errno);
  return Folder(std::move(fd));
}

Result<std::string> Folder::resolve(std::string_view path) const {
  TRY(check(path));
  const Fd whole = open_beneath(fd_.get(), std::string(path), look_only);
  if (whole) return real_path(whole, path);
  if (errno == ENOSYS || errno == EPERM) return walk(path);
  if (errno != ENOENT) return not_opened(path, errno);
  const auto [parent, last] = split_last(path);
  if (!is_plain_name(last)) return missing(path);
  const Fd folder = open_beneath(fd_.get(), parent, look_only | O_DIRECTORY);
  if (!folder) return not_opened(path, errno);
  if (open_beneath(folder.get(), last, look_only | O_NOFOLLOW)) return missing(path);
  return joined(TRY(real_path(folder, path)), last);
}

Result<std::string> Folder::walk(std::string_view path) const {
  TRY(check(path));
  std::vector<Fd> way;
  const auto here = [&]() -> int { return way.empty() ? fd_.get() : way.back().get(); };
  const std::vector<std::string> parts = parts_of(path);
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (parts[at] == "..") {
      if (way.empty()) return outside(path, "it leads out of the folder");
      way.pop_back();
      continue;
    }
    Fd next(::openat(here(), parts[at].c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    const bool is_last = at + 1 == parts.size() && !path.ends_with('/');
    if (!next && errno == ENOENT && is_last) {
      return joined(TRY(real_path(way.empty() ? fd_ : way.back(), path)), parts[at]);
    }
    if (!next) return not_opened(path, errno);
    if (is_link(next)) return outside(path, "it has a symbolic link");
    way.push_back(std::move(next));
  }
  return real_path(way.empty() ? fd_ : way.back(), path);
}

}  // namespace gird::sys
