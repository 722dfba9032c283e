// Unlinked files.
#include "sys/spool.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string>

namespace gird::sys {
namespace {

constexpr off_t chunk = 1 << 20;

/// What sendfile refuses: an appending log, a terminal, /dev/full on some kernels.
int copy_through_us(int source, std::uint64_t from, std::uint64_t count, int target) {
  constexpr std::size_t size = 128 << 10;
  const auto buffer = std::make_unique<char[]>(size);
  while (count > 0) {
    const ssize_t got = ::pread(source, buffer.get(), std::min<std::uint64_t>(size, count),
                                static_cast<off_t>(from));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0 ? ESTALE : errno;
    const auto length = static_cast<std::size_t>(got);
    if (const int fault = write_all(target, {buffer.get(), length})) return fault;
    from += length;
    count -= length;
  }
  return 0;
}

bool is_pipe(int number) {
  struct stat info{};
  return ::fstat(number, &info) == 0 && S_ISFIFO(info.st_mode);
}

}  // namespace

Result<Fd> make_spool() {
  const char* named = std::getenv("TMPDIR");
  const char* directory = named != nullptr && *named != '\0' ? named : "/tmp";
  Fd file(::open(directory, O_TMPFILE | O_RDWR | O_APPEND | O_CLOEXEC, 0600));
  if (file) return file;
  if (errno == EMFILE || errno == ENFILE)
    return system_error("spool-failed", "make a temporary file", errno);
  Fd memory(::memfd_create("gird", MFD_CLOEXEC));
  if (!memory) return system_error("spool-failed", "make a temporary file", errno);
  ::fcntl(memory.get(), F_SETFL, O_APPEND);
  return memory;
}

off_t spool_size(int spool) {
  struct stat info{};
  return ::fstat(spool, &info) == 0 ? info.st_size : 0;
}

int spool_full(int spool) {
  const off_t size = spool_size(spool);
  // A limit on the size of files stops the command's writes, but not an allocation beyond the end.
  rlimit most{};
  ::getrlimit(RLIMIT_FSIZE, &most);
  if (most.rlim_cur != RLIM_INFINITY && static_cast<rlim_t>(size) >= most.rlim_cur) return EFBIG;
  if (::fallocate(spool, FALLOC_FL_KEEP_SIZE, size, 4096) == 0) return 0;
  // Not every file system can tell; those that cannot are believed.
  return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? errno : 0;
}

bool poll_for_room(int target) {
  pollfd ready{target, POLLOUT, 0};
  ::poll(&ready, 1, -1);
  return true;
}

int copy_spool(int spool, int target, const AwaitRoom& await_room) {
  const auto size = static_cast<std::uint64_t>(spool_size(spool));
  const int fault = copy_range(spool, 0, size, target, await_room);
  // Whoever still writes to a spool may also cut it off; what is there was copied.
  return fault == ESTALE ? 0 : fault;
}

int copy_range(int source, std::uint64_t from, std::uint64_t count, int target,
               const AwaitRoom& await_room) {
  auto at = static_cast<off_t>(from);
  const auto end = static_cast<off_t>(from + count);
  const bool piped = is_pipe(target);
  while (at < end) {
    const auto want = static_cast<std::size_t>(std::min<off_t>(chunk, end - at));
    // Into a pipe nothing waits inside of the kernel, whatever the descriptor is set to.
    const ssize_t moved = piped ? ::splice(source, &at, target, nullptr, want, SPLICE_F_NONBLOCK)
                                : ::sendfile(target, source, &at, want);
    if (moved > 0) continue;
    if (moved == 0) return ESTALE;
    if (errno == EAGAIN) {
      if (!await_room(target)) return EINTR;
    } else if (errno == EINVAL || errno == ENOSYS) {
      return copy_through_us(source, static_cast<std::uint64_t>(at),
                             static_cast<std::uint64_t>(end - at), target);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

Fd reopened(int number, off_t from) {
  const std::string path = "/proc/self/fd/" + std::to_string(number);
  Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file && ::lseek(file.get(), from, SEEK_SET) != from) file.reset();
  return file;
}

}  // namespace gird::sys
