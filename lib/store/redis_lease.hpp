// A hold on a cell in Redis.
#pragma once

#include <memory>
#include <string>

#include "store/grip.hpp"
#include "store/redis_session.hpp"

namespace gird::store {

/// Ends by itself unless it is renewed; after that its token is worth nothing.
class RedisLease final : public Hold::Grip {
 public:
  /// `since`: when the step began that took it.
  RedisLease(std::shared_ptr<RedisSession> session, const Kind& kind, std::string_view key,
             std::string token, Instant since);

  [[nodiscard]] bool is_of(const RedisSession& session) const { return session_.get() == &session; }
  [[nodiscard]] const std::string& token() const { return token_; }
  /// A step with the token has renewed it too.
  void renewed(Instant since);

  [[nodiscard]] std::optional<Duration> renew_within() const override;
  /// A server that is away is tried again next time, as long as the lease may still be there.
  Result<void> renew() override;

 private:
  std::shared_ptr<RedisSession> session_;
  const Kind& kind_;
  std::string key_;
  std::string token_;
  Instant ends_;  ///< not later than the server thinks
  Instant next_;  ///< when it should be renewed
};

}  // namespace gird::store
