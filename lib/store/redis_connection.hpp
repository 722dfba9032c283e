// One connection to a Redis server.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "store/redis_address.hpp"
#include "store/redis_credentials.hpp"
#include "store/resp.hpp"
#include "sys/fd.hpp"

namespace gird {
class World;
}

namespace gird::store {

/// Every error of a connection has one of three codes: store-unreachable (it may be there later: no
/// connection, no answer in time, loading, a replica, no memory), store-refused (credentials,
/// rights, certificates) and store-failed (no Redis, a cluster, a script that does not run).
class RedisConnection {
 public:
  /// Connects before `deadline`, by the clock of the process. What the server has to be told first
  /// goes out together with the first question, so that both take one turn.
  static Result<std::unique_ptr<RedisConnection>> open(const RedisAddress& address,
                                                       const RedisCredentials& credentials,
                                                       Instant deadline, World& world);

  /// Sends `words` as one command and returns its reply, which may be an error of the server.
  Result<Reply> ask(std::initializer_list<std::string_view> words, Instant deadline);
  Result<Reply> ask_raw(std::string_view command, Instant deadline);
  /// Sends a command whose reply nobody waits for, if it can be sent at once.
  void leave_behind(std::string_view command);

  /// Whether the server has closed it, or said something that nobody asked for.
  [[nodiscard]] bool stale() const;
  [[nodiscard]] int descriptor() const { return socket_.get(); }
  /// What the server has sent by itself, without waiting: one message, or nothing.
  Result<std::optional<Reply>> message();

 private:
  RedisConnection(const RedisAddress& address, const RedisCredentials& credentials, sys::Fd socket);
  Result<void> send(std::string_view bytes, Instant deadline);
  Result<Reply> receive(Instant deadline);
  Result<bool> take_what_is_there();
  Result<void> greet(Instant deadline);
  [[nodiscard]] std::unexpected<Error> away(std::string why) const;

  RedisAddress address_;
  sys::Fd socket_;
  ReplyReader reader_;
  std::string greeting_;  ///< not yet sent
  bool says_who_ = false;
  bool selects_ = false;
};

/// The error of gird for what the server said to a command: its code tells whether it may be better
/// later.
Error error_of(const Reply& reply, const RedisAddress& address);

}  // namespace gird::store
