// connect(2) without waiting for longer than allowed.
#include "net/dial.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "net/helper_line.hpp"
#include "sys/world.hpp"

namespace gird::net {
namespace {

using What = DialFault::What;
using Dialled = std::expected<sys::Fd, DialFault>;

std::unexpected<DialFault> away(int number) {
  return std::unexpected(DialFault{What::away, errno_text(number)});
}

std::unexpected<DialFault> too_late() {
  return std::unexpected(DialFault{What::away, "no connection in time"});
}

Dialled connect_to(const sockaddr* address, socklen_t size, Instant deadline) {
  const int family = address->sa_family;
  sys::Fd socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return away(errno);
  const int one = 1;
  if (family != AF_UNIX) ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (::connect(socket.get(), address, size) == 0) return socket;
  // EAGAIN: the queue of a Unix socket is full.
  if (errno != EINPROGRESS && errno != EINTR) return away(errno);
  if (!ready(socket.get(), POLLOUT, deadline)) return too_late();
  int fault = 0;
  socklen_t length = sizeof fault;
  ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &fault, &length);
  if (fault != 0) return away(fault);
  return socket;
}

Dialled connect_local(const std::string& path, Instant deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return away(ENAMETOOLONG);
  std::memcpy(address.sun_path, path.data(), path.size());
  return connect_to(reinterpret_cast<const sockaddr*>(&address), sizeof address, deadline);
}

/// A host that is a number; nothing for one that is not.
std::optional<Dialled> connect_number(const std::string& host, std::uint16_t port,
                                      Instant deadline) {
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(port);
  if (::inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
    return connect_to(reinterpret_cast<const sockaddr*>(&four), sizeof four, deadline);
  }
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(port);
  if (::inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) == 1) {
    return connect_to(reinterpret_cast<const sockaddr*>(&six), sizeof six, deadline);
  }
  return std::nullopt;
}

Dialled connect_by_helper(const Endpoint& endpoint, Instant deadline, World& world) {
  const auto broken = [](const Error& error) {
    return std::unexpected(DialFault{What::broken, error.what + ": " + error.why});
  };
  const auto program = sys::net_program(world.variable("GIRD_NET").value_or(""));
  if (!program) return broken(program.error());
  auto helper = world.start_helper(*program);
  if (!helper) return broken(helper.error());
  sys::never_block(helper->socket.get());
  const std::string line = connect_request(endpoint) + "\n";
  if (::send(helper->socket.get(), line.data(), line.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(line.size())) {
    return std::unexpected(DialFault{What::broken, "gird-net takes no request"});
  }
  HelperLine answer = read_line(helper->socket.get(), deadline);
  if (answer.end == HelperLine::End::late) return too_late();
  if (const auto fault = fault_in(answer.text)) return std::unexpected(*fault);
  if (endpoint.tls) return std::move(helper->socket);
  if (!answer.passed) return std::unexpected(DialFault{What::broken, "gird-net passed nothing on"});
  sys::never_block(answer.passed.get());
  return std::move(answer.passed);
}

}  // namespace

bool ready(int number, short events, Instant deadline) {
  while (true) {
    const Duration left = deadline - std::chrono::steady_clock::now();
    if (left <= Duration::zero()) return false;
    const timespec span{left / std::chrono::seconds(1), (left % std::chrono::seconds(1)).count()};
    pollfd polled{number, events, 0};
    const int count = ::ppoll(&polled, 1, &span, nullptr);
    if (count > 0) return true;
    if (count < 0 && errno != EINTR) return false;
  }
}

Dialled dial(const Endpoint& endpoint, Instant deadline, World& world) {
  if (!endpoint.path.empty()) return connect_local(endpoint.path, deadline);
  if (endpoint.tls) return connect_by_helper(endpoint, deadline, world);
  if (auto done = connect_number(endpoint.host, endpoint.port, deadline)) return std::move(*done);
  if (endpoint.host != "localhost") return connect_by_helper(endpoint, deadline, world);
  auto four = connect_number("127.0.0.1", endpoint.port, deadline);
  if (*four) return std::move(*four);
  auto six = connect_number("::1", endpoint.port, deadline);
  // What IPv4 said is what most people mean by localhost.
  return *six ? std::move(*six) : std::move(*four);
}

}  // namespace gird::net
