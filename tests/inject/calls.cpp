// Which calls to the system name a file, and how.
#include "inject/calls.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <climits>
#include <string_view>

namespace gird::inject {
namespace {

/// Where the file stands among the arguments.
enum class Names : std::uint8_t {
  nothing,
  descriptor,  ///< first argument
  path,        ///< first argument
  at,          ///< a folder's descriptor, then a path
};

struct Row {
  std::uint64_t number;
  std::string_view name;
  Names names;
};

constexpr Row rows[] = {
    {SYS_read, "read", Names::descriptor},
    {SYS_write, "write", Names::descriptor},
    {SYS_pread64, "pread64", Names::descriptor},
    {SYS_pwrite64, "pwrite64", Names::descriptor},
    {SYS_readv, "readv", Names::descriptor},
    {SYS_writev, "writev", Names::descriptor},
    {SYS_preadv, "preadv", Names::descriptor},
    {SYS_pwritev, "pwritev", Names::descriptor},
    {SYS_close, "close", Names::descriptor},
    {SYS_lseek, "lseek", Names::descriptor},
    {SYS_fstat, "fstat", Names::descriptor},
    {SYS_fstatfs, "fstatfs", Names::descriptor},
    {SYS_fcntl, "fcntl", Names::descriptor},
    {SYS_flock, "flock", Names::descriptor},
    {SYS_fsync, "fsync", Names::descriptor},
    {SYS_fdatasync, "fdatasync", Names::descriptor},
    {SYS_ftruncate, "ftruncate", Names::descriptor},
    {SYS_fallocate, "fallocate", Names::descriptor},
    {SYS_fchmod, "fchmod", Names::descriptor},
    {SYS_fchown, "fchown", Names::descriptor},
    {SYS_fchdir, "fchdir", Names::descriptor},
    {SYS_dup, "dup", Names::descriptor},
    {SYS_dup3, "dup3", Names::descriptor},
    {SYS_getdents64, "getdents64", Names::descriptor},
    {SYS_openat, "openat", Names::at},
    {SYS_openat2, "openat2", Names::at},
    {SYS_mkdirat, "mkdirat", Names::at},
    {SYS_newfstatat, "newfstatat", Names::at},
    {SYS_statx, "statx", Names::at},
    {SYS_unlinkat, "unlinkat", Names::at},
    {SYS_renameat, "renameat", Names::at},
    {SYS_renameat2, "renameat2", Names::at},
    {SYS_linkat, "linkat", Names::at},
    {SYS_readlinkat, "readlinkat", Names::at},
    {SYS_faccessat, "faccessat", Names::at},
    {SYS_faccessat2, "faccessat2", Names::at},
    {SYS_fchmodat, "fchmodat", Names::at},
    {SYS_utimensat, "utimensat", Names::at},
    {SYS_truncate, "truncate", Names::path},
    {SYS_statfs, "statfs", Names::path},
#ifdef SYS_open  // not on newer machines
    {SYS_open, "open", Names::path},
    {SYS_mkdir, "mkdir", Names::path},
    {SYS_stat, "stat", Names::path},
    {SYS_lstat, "lstat", Names::path},
    {SYS_unlink, "unlink", Names::path},
    {SYS_rename, "rename", Names::path},
    {SYS_link, "link", Names::path},
    {SYS_readlink, "readlink", Names::path},
    {SYS_access, "access", Names::path},
    {SYS_chmod, "chmod", Names::path},
#endif
    {SYS_clock_gettime, "clock_gettime", Names::nothing},
    {SYS_clone, "clone", Names::nothing},
    {SYS_clone3, "clone3", Names::nothing},
    {SYS_execve, "execve", Names::nothing},
    {SYS_exit_group, "exit_group", Names::nothing},
    {SYS_getrandom, "getrandom", Names::nothing},
    {SYS_geteuid, "geteuid", Names::nothing},
    {SYS_getpid, "getpid", Names::nothing},
    {SYS_mmap, "mmap", Names::nothing},
    {SYS_munmap, "munmap", Names::nothing},
    {SYS_mprotect, "mprotect", Names::nothing},
    {SYS_brk, "brk", Names::nothing},
    {SYS_ppoll, "ppoll", Names::nothing},
    {SYS_prctl, "prctl", Names::nothing},
    {SYS_rt_sigaction, "rt_sigaction", Names::nothing},
    {SYS_rt_sigprocmask, "rt_sigprocmask", Names::nothing},
    {SYS_setitimer, "setitimer", Names::nothing},
    {SYS_signalfd4, "signalfd4", Names::nothing},
    {SYS_timer_create, "timer_create", Names::nothing},
    {SYS_timer_settime, "timer_settime", Names::nothing},
    {SYS_timerfd_create, "timerfd_create", Names::nothing},
    {SYS_waitid, "waitid", Names::nothing},
    {SYS_wait4, "wait4", Names::nothing},
    {SYS_uname, "uname", Names::nothing},
};

const Row* row_of(const Call& call) {
  for (const Row& row : rows) {
    if (row.number == call.number) return &row;
  }
  return nullptr;
}

std::string text_at(pid_t pid, std::uint64_t address) {
  std::string text(PATH_MAX, '\0');
  std::size_t length = 0;
  // Page by page: the one behind the end of the text may not be there.
  while (length < text.size()) {
    const std::size_t left_in_page = 4096 - (address + length) % 4096;
    iovec here{text.data() + length, std::min(left_in_page, text.size() - length)};
    iovec there{std::bit_cast<void*>(address + length), here.iov_len};
    const ssize_t got = ::process_vm_readv(pid, &here, 1, &there, 1, 0);
    if (got <= 0) break;
    length += static_cast<std::size_t>(got);
    if (const std::size_t end = text.find('\0'); end < length) return text.substr(0, end);
  }
  return {};
}

std::string link_of(const std::string& link) {
  std::string target(PATH_MAX, '\0');
  const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
  return target.substr(0, length < 0 ? 0 : static_cast<std::size_t>(length));
}

std::string folder_of(pid_t pid) { return "/proc/" + std::to_string(pid); }

std::string behind(pid_t pid, std::uint64_t descriptor) {
  const int number = static_cast<int>(descriptor);
  if (number == AT_FDCWD) return link_of(folder_of(pid) + "/cwd");
  return link_of(folder_of(pid) + "/fd/" + std::to_string(number));
}

std::string joined(const std::string& folder, const std::string& path) {
  if (path.starts_with('/')) return path;
  return path.empty() ? folder : folder + "/" + path;
}

}  // namespace

std::string name_of(const Call& call) {
  const Row* row = row_of(call);
  return row != nullptr ? std::string(row->name) : "call " + std::to_string(call.number);
}

std::string file_of(pid_t pid, const Call& call) {
  const Row* row = row_of(call);
  const auto& [first, second, third, fourth, fifth, sixth] = call.arguments;
  switch (row != nullptr ? row->names : Names::nothing) {
    case Names::nothing: return {};
    case Names::descriptor: return behind(pid, first);
    case Names::path: return joined(link_of(folder_of(pid) + "/cwd"), text_at(pid, first));
    case Names::at: return joined(behind(pid, first), text_at(pid, second));
  }
  return {};
}

}  // namespace gird::inject
