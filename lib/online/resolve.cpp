// getaddrinfo(3) and connect(2).
#include "online/resolve.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>

#include "base/result.hpp"

namespace gird::online {
namespace {

struct Free {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

}  // namespace

std::expected<sys::Fd, Refusal> connect_by_name(const Connect& request) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int fault =
      ::getaddrinfo(request.host.c_str(), std::to_string(request.port).c_str(), &hints, &found);
  if (fault != 0) {
    const std::string why = fault == EAI_SYSTEM ? errno_text(errno) : ::gai_strerror(fault);
    return std::unexpected(Refusal{"away", "find " + request.host + ": " + why});
  }
  const std::unique_ptr<addrinfo, Free> list(found);
  int last = EADDRNOTAVAIL;
  for (const addrinfo* it = list.get(); it != nullptr; it = it->ai_next) {
    sys::Fd socket(::socket(it->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket && ::connect(socket.get(), it->ai_addr, it->ai_addrlen) == 0) {
      const int one = 1;
      ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      return socket;
    }
    last = errno;
  }
  return std::unexpected(Refusal{"away", errno_text(last)});
}

}  // namespace gird::online
