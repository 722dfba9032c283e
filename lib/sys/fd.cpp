// Descriptors: pipes and whole writes.
#include "sys/fd.hpp"

#include <fcntl.h>
#include <poll.h>

#include <cerrno>

namespace gird::sys {

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return system_error("pipe-failed", "make a pipe", errno);
  return Pipe{Fd(ends[0]), Fd(ends[1])};
}

int write_all(int number, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(number, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd ready{number, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

void never_block(int number) { ::fcntl(number, F_SETFL, ::fcntl(number, F_GETFL) | O_NONBLOCK); }

}  // namespace gird::sys
