// What gird asks gird-net for, and what it hears.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace gird::online {

/// A connection that is wanted.
struct Connect {
  std::string host;
  std::uint16_t port = 0;
  bool tls = false;
  std::string ca_file;  ///< certificates to be trusted instead of the usual ones; empty: those
};

/// Why there is none. `error` is "away" (nobody there), "untrusted" (not who it should be) or
/// "request" (not understood).
struct Refusal {
  std::string error;
  std::string why;
};

/// Reads {"v":1,"connect":{"host":"h","port":6379,"tls":true,"ca_file":"..."}}; tls and ca_file may
/// be left out, and other keys are passed over.
std::expected<Connect, Refusal> parse_request(std::string_view line);

/// {"v":1,"connected":true} and {"v":1,"error":"away","why":"..."}, each with its line end. The
/// words are printable ASCII.
std::string connected_line();
std::string refusal_line(const Refusal& refusal);

}  // namespace gird::online
