// A Redis server for a test, in a folder of its own.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "store/redis_address.hpp"
#include "unit/sys/scratch.hpp"

namespace gird::store {

/// It is stopped by its number at the end, however the test ends.
class RedisServer {
 public:
  /// Whether there is a redis-server to be started; without one its tests are skipped.
  static bool exists();

  /// A port that nobody listens on now; a cluster wants the one 10000 above it too.
  static std::uint16_t free_port();

  /// Starts one with `options` besides those that every test wants. It listens on a Unix socket and
  /// on a port of 127.0.0.1, and answers when this returns.
  explicit RedisServer(std::vector<std::string> options = {});
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  ~RedisServer();

  [[nodiscard]] std::string socket_url() const;
  [[nodiscard]] std::string port_url() const;
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] RedisAddress address() const;
  [[nodiscard]] const sys::Scratch& scratch() const { return scratch_; }

  /// What redis-cli says to `words`, with its last line end.
  std::string cli(const std::string& words) const;
  void start();
  void send(int signal) const;  ///< SIGSTOP and SIGCONT make it slow
  void kill();                  ///< as a crash would; `start` starts it again in the same folder
  void become_replica_of(const RedisServer& other) const;

 private:
  sys::Scratch scratch_;
  std::vector<std::string> options_;
  std::uint16_t port_;
  pid_t pid_ = -1;
};

}  // namespace gird::store
