// Published messages.
#include "store/redis_changes.hpp"

#include <algorithm>

namespace gird::store {

Result<std::unique_ptr<Changes>> RedisChanges::open(std::unique_ptr<RedisConnection> connection,
                                                    const std::string& prefix, std::string_view key,
                                                    const RedisAddress& address, Instant deadline) {
  // The rights of a user name patterns word for word, so there is one for all machines.
  const std::string name = key.empty() ? "gird:*" : prefix + std::string(key);
  const Reply reply =
      TRY(connection->ask({key.empty() ? "PSUBSCRIBE" : "SUBSCRIBE", name}, deadline));
  if (reply.is_error()) return std::unexpected(error_of(reply, address));
  return std::unique_ptr<Changes>(new RedisChanges(std::move(connection), prefix));
}

Result<std::vector<std::string>> RedisChanges::take() {
  std::vector<std::string> keys;
  while (const auto message = TRY(connection_->message())) {
    // message CHANNEL TEXT, or pmessage PATTERN CHANNEL TEXT.
    const auto& parts = message->list;
    if (parts.size() < 3) continue;
    const std::string& channel = parts[parts.size() - 2].text;
    if (!channel.starts_with(prefix_)) continue;
    keys.push_back(channel.substr(prefix_.size()));
  }
  std::ranges::sort(keys);
  const auto again = std::ranges::unique(keys);
  keys.erase(again.begin(), again.end());
  return keys;
}

}  // namespace gird::store
