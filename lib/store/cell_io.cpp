// System calls on cells.
#include "store/cell_io.hpp"

#include <sys/resource.h>

#include <cerrno>

#include "base/quoting.hpp"

namespace gird::store {

std::unexpected<Error> newer_cell(const std::string& path) {
  return std::unexpected(Error{Fault::system,
                               "store-newer",
                               "open " + shell_quoted(path),
                               "a newer version of gird wrote it",
                               {"gird --version"}});
}

Result<void> check_regular(const struct stat& info, uid_t user, const std::string& path) {
  if (S_ISREG(info.st_mode)) return check_owner(info, user, path);
  return std::unexpected(Error{Fault::system,
                               "store-unusable",
                               "open " + shell_quoted(path),
                               "is no regular file",
                               {"rm " + shell_quoted(path)}});
}

int read_block(int file, Block& block, std::size_t size) {
  auto* bytes = reinterpret_cast<char*>(&block);
  const ssize_t count = ::pread(file, bytes, size, 0);
  if (count < 0) return errno;
  std::memset(bytes + count, 0, size - static_cast<std::size_t>(count));
  return 0;
}

int write_at(int file, std::size_t offset, const void* bytes, std::size_t size) {
  const ssize_t count = ::pwrite(file, bytes, size, static_cast<off_t>(offset));
  if (count < 0) return errno;
  return static_cast<std::size_t>(count) == size ? 0 : ENOSPC;
}

bool may_write_blocks() {
  rlimit most{};
  return ::getrlimit(RLIMIT_FSIZE, &most) != 0 || most.rlim_cur >= sizeof(Block);
}

int preallocate(int file) { return ::posix_fallocate(file, 0, sizeof(Block)); }

bool same_file(const Folder& folder, const std::string& name, int file) {
  struct stat here{};
  struct stat there{};
  return ::fstat(file, &here) == 0 &&
         ::fstatat(folder.descriptor(), name.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 &&
         here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

}  // namespace gird::store
