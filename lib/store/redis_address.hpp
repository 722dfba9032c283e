// Where a Redis server is, as an address says it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gird::store {

struct RedisAddress {
  enum class Way : std::uint8_t { tcp, tls, local };
  Way way = Way::tcp;
  std::string host;  ///< a name or a number; that of IPv6 without its brackets
  std::uint16_t port = 6379;
  std::string path;  ///< local: of the socket
  std::int64_t database = 0;
};

/// Whether `text` begins as an address of Redis does, right or wrong.
bool names_redis(std::string_view text);

/// Reads redis://HOST:PORT/DB, rediss://HOST:PORT/DB (with TLS) or redis+unix:///PATH?db=N. PORT is
/// 6379 and DB 0 where they are left out; IPv6 stands in brackets; %XX in a PATH is a byte.
/// Fault::usage, value-store; no message shows what stands before an `@`, for that may be a
/// password.
Result<RedisAddress> parse_redis_address(std::string_view text);

/// The address in full, as it reads back.
std::string to_text(const RedisAddress& address);

}  // namespace gird::store
