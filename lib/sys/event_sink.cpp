// Opening and feeding event streams.
#include "sys/event_sink.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/number.hpp"
#include "base/quoting.hpp"

namespace gird::sys {
namespace {

std::unexpected<Error> unusable(std::string_view destination, int fault) {
  return system_error("events-unusable", "--events " + shell_quoted(destination), fault);
}

Result<Fd> connect_to(std::string_view destination, std::string_view path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return unusable(destination, ENAMETOOLONG);
  std::memcpy(address.sun_path, path.data(), path.size());
  for (const int kind : {SOCK_STREAM, SOCK_DGRAM}) {
    Fd socket(::socket(AF_UNIX, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) return unusable(destination, errno);
    const auto* raw = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket.get(), raw, sizeof address) == 0) return socket;
    if (errno != EPROTOTYPE) return unusable(destination, errno);
  }
  return unusable(destination, EPROTOTYPE);
}

}  // namespace

Result<EventSink> EventSink::open(std::string_view destination) {
  // A reader that goes away must not take us with it. Children start with the default action.
  ::signal(SIGPIPE, SIG_IGN);
  if (destination == "stderr") return EventSink(2);
  if (destination.starts_with("fd:")) {
    const auto number = parse_integer(destination.substr(3), 0, 1 << 20);
    if (!number) {
      return misuse("value-events", "--events " + shell_quoted(destination), number.error().why);
    }
    const int fd = static_cast<int>(*number);
    if (fd == 1) return misuse("value-events", "--events fd:1", "standard output is the command's");
    const int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0) return unusable(destination, errno);
    // What we were started with is not closed by exec: this is a file that gird opened itself.
    if ((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0) return unusable(destination, EBADF);
    if ((flags & O_ACCMODE) == O_RDONLY) return unusable(destination, EBADF);
    return EventSink(fd);
  }
  if (destination.starts_with("file:") && destination.size() > 5) {
    const std::string path(destination.substr(5));
    // Non-blocking, so that a FIFO without a reader is an error and not a wait.
    Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0666));
    if (!file) return unusable(destination, errno);
    return EventSink(std::move(file));
  }
  if (destination.starts_with("unix:") && destination.size() > 5) {
    return EventSink(TRY(connect_to(destination, destination.substr(5))));
  }
  return misuse("value-events", "--events " + shell_quoted(destination),
                "must be stderr, fd:N, file:PATH or unix:PATH");
}

void EventSink::write(std::string_view line) {
  // A description that others share is not made non-blocking; poll says whether a whole line fits
  // (a pipe is writable when PIPE_BUF bytes are free, and a line is no longer than that).
  pollfd ready{number_, POLLOUT, 0};
  if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return;
  // A line is whole or it is lost: a second write could interleave with another process.
  static_cast<void>(::write(number_, line.data(), line.size()) < 0);
}

}  // namespace gird::sys
