// Leases and their renewal.
#include "store/redis_lease.hpp"

#include <algorithm>

#include "base/quoting.hpp"
#include "policy/machine.hpp"

namespace gird::store {
namespace {

Instant now() { return std::chrono::steady_clock::now(); }

}  // namespace

RedisLease::RedisLease(std::shared_ptr<RedisSession> session, const Kind& kind,
                       std::string_view key, std::string token, Instant since)
    : session_(std::move(session)), kind_(kind), key_(key), token_(std::move(token)) {
  renewed(since);
}

void RedisLease::renewed(Instant since) {
  ends_ = since + session_->terms().lease;
  next_ = since + session_->terms().lease / 3;
}

std::optional<Duration> RedisLease::renew_within() const {
  return std::max(next_ - now(), Duration::zero());
}

Result<void> RedisLease::renew() {
  const Instant since = now();
  const std::string lease = std::to_string(policy::micros(session_->terms().lease));
  const auto reply = session_->step(kind_, key_, {"renew", token_, lease});
  const bool away = !reply && reply.error().code == "store-unreachable";
  if (reply && reply->list.front().text == "ok") {
    renewed(since);
    return {};
  }
  if (!reply && !away) return std::unexpected(reply.error());
  if (away && now() < ends_) {
    next_ = now() + session_->terms().pause;
    return {};
  }
  return std::unexpected(Error{Fault::system, "store-failed",
                               shell_quoted(to_text(session_->address())),
                               "the hold on " + std::string(kind_.name) + " " + key_ + " is over"});
}

}  // namespace gird::store
