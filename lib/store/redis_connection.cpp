// Talking to a Redis server within a span of time.
#include "store/redis_connection.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/quoting.hpp"
#include "net/dial.hpp"

namespace gird::store {
namespace {

/// What a server says that may be otherwise in a moment.
constexpr std::array<std::string_view, 9> passing{
    "LOADING",    "READONLY",   "OOM",
    "BUSY",       "MISCONF",    "TRYAGAIN",
    "MASTERDOWN", "NOREPLICAS", "ERR max number of clients"};
// The second is what a stranger hears who says more than ten words at once.
constexpr std::array<std::string_view, 2> wants_password{"NOAUTH",
                                                         "ERR Protocol error: unauthenticated"};
constexpr std::array<std::string_view, 4> unwelcome{"WRONGPASS", "NOPERM", "DENIED",
                                                    "ERR The user executing the script"};
constexpr std::array<std::string_view, 4> clustered{"MOVED", "ASK ", "CLUSTERDOWN", "CROSSSLOT"};

bool begins_with_one(std::string_view text, std::span<const std::string_view> beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view it) { return text.starts_with(it); });
}

std::string where(const RedisAddress& address) { return shell_quoted(to_text(address)); }

/// The first line of what a server said, not too long and without what a terminal would act on.
std::string said(std::string_view text) {
  std::string line(text.substr(0, std::min<std::size_t>(text.find_first_of("\r\n"), 200)));
  for (char& letter : line) {
    if (static_cast<unsigned char>(letter) < ' ' || letter == '\x7f') letter = '?';
  }
  return line;
}

std::string without_prefix(std::string text) {
  if (text.starts_with("ERR ")) text.erase(0, 4);
  return text;
}

net::Endpoint endpoint_of(const RedisAddress& address) {
  return {address.path, address.host, address.port, address.way == RedisAddress::Way::tls};
}

}  // namespace

Error error_of(const Reply& reply, const RedisAddress& address) {
  const std::string_view text = reply.text;
  if (begins_with_one(text, passing)) {
    return {Fault::system, "store-unreachable", where(address), said(text)};
  }
  const bool stranger = begins_with_one(text, wants_password);
  if (stranger || begins_with_one(text, unwelcome)) {
    return {Fault::usage,
            "store-refused",
            where(address),
            stranger ? "it wants a password" : without_prefix(said(text)),
            {"set GIRD_REDIS_USER, and GIRD_REDIS_PASSWORD_FILE=FILE or GIRD_REDIS_PASSWORD"}};
  }
  if (begins_with_one(text, clustered)) {
    return {Fault::usage,
            "store-failed",
            where(address),
            "it is part of a Redis Cluster, where a cell has no fixed place",
            {"use a server of its own, or one with replicas"}};
  }
  return {Fault::system, "store-failed", where(address), without_prefix(said(text))};
}

RedisConnection::RedisConnection(const RedisAddress& address, const RedisCredentials& credentials,
                                 sys::Fd socket)
    : address_(address), socket_(std::move(socket)) {
  if (!credentials.user.empty()) {
    greeting_ = command({"AUTH", credentials.user, credentials.password});
  } else if (!credentials.password.empty()) {
    greeting_ = command({"AUTH", credentials.password});
  }
  says_who_ = !greeting_.empty();
  selects_ = address.database != 0;
  if (selects_) greeting_ += command({"SELECT", std::to_string(address.database)});
}

Result<std::unique_ptr<RedisConnection>> RedisConnection::open(const RedisAddress& address,
                                                               const RedisCredentials& credentials,
                                                               Instant deadline, World& world) {
  auto socket = net::dial(endpoint_of(address), deadline, world);
  if (socket) {
    return std::unique_ptr<RedisConnection>(
        new RedisConnection(address, credentials, std::move(*socket)));
  }
  const std::string& why = socket.error().why;
  switch (socket.error().what) {
    case net::DialFault::What::away:
      return std::unexpected(Error{Fault::system, "store-unreachable", where(address), why});
    case net::DialFault::What::untrusted:
      return misuse("store-refused", where(address), why,
                    {"SSL_CERT_FILE=FILE names the certificates that are trusted"});
    case net::DialFault::What::broken: break;
  }
  return std::unexpected(Error{Fault::system, "store-failed", where(address), why});
}

std::unexpected<Error> RedisConnection::away(std::string why) const {
  return std::unexpected(
      Error{Fault::system, "store-unreachable", where(address_), std::move(why)});
}

Result<Reply> RedisConnection::ask(std::initializer_list<std::string_view> words,
                                   Instant deadline) {
  return ask_raw(command(words), deadline);
}

Result<Reply> RedisConnection::ask_raw(std::string_view command, Instant deadline) {
  const bool first = !greeting_.empty();
  TRY(send(std::exchange(greeting_, {}) + std::string(command), deadline));
  if (first) TRY(greet(deadline));
  return receive(deadline);
}

/// Takes the replies to who we are and which database we want. What the server says of a password
/// is not shown: one that does not know AUTH repeats its words.
Result<void> RedisConnection::greet(Instant deadline) {
  if (says_who_) {
    const Reply reply = TRY(receive(deadline));
    const bool passes = reply.is_error() && begins_with_one(reply.text, passing);
    if (passes) return std::unexpected(error_of(reply, address_));
    if (reply.is_error()) {
      return misuse("store-refused", where(address_), "it does not take this user or password");
    }
  }
  if (!selects_) return {};
  const Reply reply = TRY(receive(deadline));
  if (!reply.is_error()) return {};
  Error error = error_of(reply, address_);
  if (error.code == "store-failed") {
    error.fault = Fault::usage;
    error.why = "it has no database " + std::to_string(address_.database);
  }
  return std::unexpected(std::move(error));
}

Result<void> RedisConnection::send(std::string_view bytes, Instant deadline) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      if (!net::ready(socket_.get(), POLLOUT, deadline)) return away("no answer in time");
    } else if (errno != EINTR) {
      return away(errno_text(errno));
    }
  }
  return {};
}

/// Feeds the reader; false when there was nothing.
Result<bool> RedisConnection::take_what_is_there() {
  char buffer[16384];
  const ssize_t count = ::recv(socket_.get(), buffer, sizeof buffer, MSG_DONTWAIT);
  if (count > 0) {
    reader_.feed({buffer, static_cast<std::size_t>(count)});
    return true;
  }
  if (count == 0) return away("it closed the connection");
  if (errno == EAGAIN || errno == EINTR) return false;
  return away(errno_text(errno));
}

Result<Reply> RedisConnection::receive(Instant deadline) {
  while (true) {
    if (auto reply = TRY(reader_.next())) return std::move(*reply);
    if (TRY(take_what_is_there())) continue;
    if (!net::ready(socket_.get(), POLLIN, deadline)) return away("no answer in time");
  }
}

Result<std::optional<Reply>> RedisConnection::message() {
  while (true) {
    if (auto reply = TRY(reader_.next())) return reply;
    if (!TRY(take_what_is_there())) return std::nullopt;
  }
}

void RedisConnection::leave_behind(std::string_view command) {
  static_cast<void>(
      ::send(socket_.get(), command.data(), command.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
}

bool RedisConnection::stale() const {
  pollfd polled{socket_.get(), POLLIN, 0};
  return ::poll(&polled, 1, 0) != 0;
}

}  // namespace gird::store
