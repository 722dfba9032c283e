// What gird says to gird-net, and what it hears: lines of JSON over a socket pair.
//
//   {"v":1,"connect":{"host":"db.example.org","port":6379,"tls":true}}
//   {"v":1,"connected":true}                      without TLS the descriptor comes with it
//   {"v":1,"error":"away","why":"..."}            or "untrusted", or "request"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/dial.hpp"
#include "sys/fd.hpp"

namespace gird::net {

std::string connect_request(const Endpoint& endpoint);

/// A line, without its end, and the descriptor that came with it. Nothing behind it is read.
struct HelperLine {
  enum class End : std::uint8_t { whole, late, closed };
  End end = End::closed;
  std::string text;
  sys::Fd passed;
};
HelperLine read_line(int socket, Instant deadline);

/// What `line` says went wrong; nothing when there is a connection.
std::optional<DialFault> fault_in(std::string_view line);

}  // namespace gird::net
