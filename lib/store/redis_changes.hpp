// Watching cells in Redis.
#pragma once

#include <memory>
#include <string>

#include "store/redis_connection.hpp"
#include "store/store.hpp"

namespace gird::store {

/// Messages of the channel of each cell (SUBSCRIBE), or of all of a machine's (PSUBSCRIBE).
class RedisChanges final : public Changes {
 public:
  /// `prefix` is what the names of a machine's cells begin with; `key` may be empty: all of them.
  static Result<std::unique_ptr<Changes>> open(std::unique_ptr<RedisConnection> connection,
                                               const std::string& prefix, std::string_view key,
                                               const RedisAddress& address, Instant deadline);

  [[nodiscard]] int descriptor() const override { return connection_->descriptor(); }
  Result<std::vector<std::string>> take() override;

 private:
  RedisChanges(std::unique_ptr<RedisConnection> connection, std::string prefix)
      : connection_(std::move(connection)), prefix_(std::move(prefix)) {}

  std::unique_ptr<RedisConnection> connection_;
  std::string prefix_;
};

}  // namespace gird::store
