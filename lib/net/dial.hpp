// Connections to servers.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "base/time.hpp"
#include "sys/fd.hpp"

namespace gird {
class World;
}

namespace gird::net {

/// A server: a socket of this machine, or a host and a port.
struct Endpoint {
  std::string path;  ///< of a Unix socket; empty: there is a host
  std::string host;  ///< a name or a number
  std::uint16_t port = 0;
  bool tls = false;
};

/// Why there is no connection.
struct DialFault {
  enum class What : std::uint8_t {
    away,       ///< nobody there, or not in time: it may be there later
    untrusted,  ///< somebody is there, and not whom the certificate should name
    broken,     ///< gird-net is missing or speaks another language
  };
  What what = What::away;
  std::string why;
};

/// A connection that neither blocks nor outlives an exec, made before `deadline`. Numbers,
/// "localhost" and Unix sockets are connected to here; names and TLS are the work of gird-net,
/// since this program has neither a name service nor OpenSSL. With TLS the descriptor leads to
/// gird-net, which ends when it is closed.
std::expected<sys::Fd, DialFault> dial(const Endpoint& endpoint, Instant deadline, World& world);

/// Waits until `number` is ready for `events` of poll(2) or the deadline has passed; whether it is.
bool ready(int number, short events, Instant deadline);

}  // namespace gird::net
