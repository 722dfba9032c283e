// Who we are for a Redis server.
#pragma once

#include <string>

#include "base/result.hpp"

namespace gird {
class World;
}

namespace gird::store {

/// Both may be empty. A password is never part of a message.
struct RedisCredentials {
  std::string user;
  std::string password;
};

/// $GIRD_REDIS_USER; and $GIRD_REDIS_PASSWORD, the file $GIRD_REDIS_PASSWORD_FILE, or the file
/// gird-redis-password in $CREDENTIALS_DIRECTORY (systemd.exec(5)), the first of them that is set,
/// without the line end behind it. Fault::usage, store-refused: the file that is named cannot be
/// read, or there is a user without a password.
Result<RedisCredentials> redis_credentials(const World& world);

}  // namespace gird::store
