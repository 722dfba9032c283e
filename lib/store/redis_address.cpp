// Addresses of Redis: scheme, host, port and database.
#include "store/redis_address.hpp"

#include <arpa/inet.h>
#include <sys/un.h>

#include <algorithm>
#include <optional>

#include "base/number.hpp"
#include "base/quoting.hpp"

namespace gird::store {
namespace {

using Way = RedisAddress::Way;

constexpr std::string_view tcp_scheme = "redis://";
constexpr std::string_view tls_scheme = "rediss://";
constexpr std::string_view local_scheme = "redis+unix://";

/// More than any server is configured for, and far below what would overflow.
constexpr std::int64_t most_databases = 1'000'000;

/// `text` without what stands before its last `@`: that may be a password.
std::string shown(std::string_view text) {
  const std::size_t at = text.rfind('@');
  const std::size_t slashes = text.find("//");
  if (at == text.npos) return shell_quoted(text);
  const std::string_view scheme =
      text.substr(0, slashes == text.npos || slashes > at ? 0 : slashes + 2);
  return shell_quoted(std::string(scheme) + "...@" + std::string(text.substr(at + 1)));
}

/// Reads one address.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<RedisAddress> read() {
    if (text_.starts_with(local_scheme)) return read_local(text_.substr(local_scheme.size()));
    const bool tls = text_.starts_with(tls_scheme);
    if (!tls && !text_.starts_with(tcp_scheme)) {
      return wrong("not an address of Redis", "redis://HOST:6379/0");
    }
    address_.way = tls ? Way::tls : Way::tcp;
    return read_remote(text_.substr((tls ? tls_scheme : tcp_scheme).size()));
  }

 private:
  [[nodiscard]] std::unexpected<Error> wrong(std::string why, std::string hint = {}) const {
    std::vector<std::string> hints;
    if (!hint.empty()) hints.push_back(std::move(hint));
    return misuse("value-store", "store " + shown(text_), std::move(why), std::move(hints));
  }

  [[nodiscard]] std::unexpected<Error> no_credentials() const {
    return wrong("an address holds no user and no password, for others can read a command line",
                 "set GIRD_REDIS_USER, and GIRD_REDIS_PASSWORD_FILE=FILE or GIRD_REDIS_PASSWORD");
  }

  Result<RedisAddress> read_remote(std::string_view rest) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view authority = rest.substr(0, slash);
    if (rest.contains('@')) return no_credentials();
    if (rest.find_first_of("?#") != rest.npos) {
      return wrong("there is nothing after the number of the database", "redis://HOST:6379/0");
    }
    TRY(read_authority(authority));
    const std::string_view database = rest.substr(std::min(slash + 1, rest.size()));
    if (!database.empty()) TRY(read_database(database));
    return address_;
  }

  Result<void> read_authority(std::string_view authority) {
    std::string_view port;
    if (authority.starts_with('[')) {
      const std::size_t close = authority.find(']');
      if (close == authority.npos) return wrong("the bracket is not closed");
      address_.host = authority.substr(1, close - 1);
      port = authority.substr(close + 1);
      in6_addr number{};
      if (::inet_pton(AF_INET6, address_.host.c_str(), &number) != 1) {
        return wrong(shell_quoted(address_.host) + " is no IPv6 address");
      }
      if (!port.empty() && !port.starts_with(':'))
        return wrong("only a port can follow the bracket");
    } else {
      if (std::ranges::count(authority, ':') > 1)
        return wrong("IPv6 stands in brackets", "redis://[::1]:6379/0");
      const std::size_t colon = std::min(authority.find(':'), authority.size());
      address_.host = authority.substr(0, colon);
      port = authority.substr(colon);
      TRY(check_name());
    }
    if (port.size() == 1) return wrong("there is no port after the colon");
    if (port.empty()) return {};
    const std::int64_t number = TRY(parse_whole(port.substr(1), 1, 65535, "port"));
    address_.port = static_cast<std::uint16_t>(number);
    return {};
  }

  /// Letters, digits, hyphens, dots and underscores, up to 253 of them (RFC 1123; the underscore is
  /// in names that containers give).
  Result<void> check_name() {
    const std::string& host = address_.host;
    if (host.empty()) return wrong("there is no host", "redis://localhost:6379/0");
    const auto fits = [](char letter) {
      return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
             (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_';
    };
    if (host.size() > 253 || !std::ranges::all_of(host, fits) || host.front() == '.' ||
        host.front() == '-') {
      return wrong(shell_quoted(host) + " is no name of a host");
    }
    return {};
  }

  Result<void> read_database(std::string_view text) {
    address_.database = TRY(parse_whole(text, 0, most_databases, "database"));
    return {};
  }

  Result<std::int64_t> parse_whole(std::string_view text, std::int64_t least, std::int64_t most,
                                   std::string_view what) const {
    auto number = parse_integer(text, least, most);
    if (!number)
      return wrong(std::string(what) + " " + shell_quoted(text) + ": " + number.error().why);
    return *number;
  }

  Result<RedisAddress> read_local(std::string_view rest) {
    address_.way = Way::local;
    const std::size_t question = std::min(rest.find('?'), rest.size());
    const std::string_view path = rest.substr(0, question);
    if (!path.starts_with('/')) {
      // What stands here may be user:password@host.
      if (path.contains('@')) return no_credentials();
      return wrong("the path of a socket begins with a slash",
                   "redis+unix:///run/redis/redis.sock?db=0");
    }
    address_.path = TRY(decoded(path));
    if (address_.path.size() >= sizeof(sockaddr_un::sun_path)) {
      return wrong("the path of a socket has at most 107 bytes");
    }
    if (question == rest.size()) return address_;
    const std::string_view query = rest.substr(question + 1);
    if (!query.starts_with("db=")) return wrong("after the path only ?db=N may stand");
    TRY(read_database(query.substr(3)));
    return address_;
  }

  [[nodiscard]] Result<std::string> decoded(std::string_view text) const {
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\0' || text[at] == '#')
        return wrong("a path holds %23 and not #, and no NUL");
      if (text[at] != '%') {
        bytes += text[at];
        continue;
      }
      const int high = at + 2 < text.size() ? digit(text[at + 1]) : -1;
      const int low = high >= 0 ? digit(text[at + 2]) : -1;
      if (low < 0 || (high == 0 && low == 0)) return wrong("after % two hexadecimal digits stand");
      bytes += static_cast<char>(high * 16 + low);
      at += 2;
    }
    return bytes;
  }

  static int digit(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return -1;
  }

  std::string_view text_;
  RedisAddress address_;
};

std::string encoded(std::string_view path) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char letter : path) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte > ' ' && byte < 0x7f && letter != '%' && letter != '?' && letter != '#') {
      text += letter;
    } else {
      text += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return text;
}

}  // namespace

bool names_redis(std::string_view text) {
  return text.starts_with("redis:") || text.starts_with("rediss:") || text.starts_with("redis+");
}

Result<RedisAddress> parse_redis_address(std::string_view text) { return Reader(text).read(); }

std::string to_text(const RedisAddress& address) {
  const std::string database = std::to_string(address.database);
  if (address.way == Way::local) {
    return std::string(local_scheme) + encoded(address.path) + "?db=" + database;
  }
  const bool brackets = address.host.contains(':');
  return std::string(address.way == Way::tls ? tls_scheme : tcp_scheme) +
         (brackets ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port) +
         "/" + database;
}

}  // namespace gird::store
