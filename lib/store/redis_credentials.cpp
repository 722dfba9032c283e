// Secrets, by file or environment.
#include "store/redis_credentials.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "base/quoting.hpp"
#include "sys/fd.hpp"
#include "sys/world.hpp"

namespace gird::store {
namespace {

constexpr std::size_t longest = 4096;

Result<std::string> read_secret(const std::string& path) {
  const auto unreadable = [&](std::string why) {
    return misuse("store-refused", "read the password of Redis in " + shell_quoted(path),
                  std::move(why));
  };
  // Non-blocking, so that a FIFO is no trap.
  const sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return unreadable(errno_text(errno));
  std::string secret(longest + 1, '\0');
  const ssize_t count = ::read(file.get(), secret.data(), secret.size());
  if (count < 0) return unreadable(errno_text(errno));
  secret.resize(static_cast<std::size_t>(count));
  if (secret.size() > longest) return unreadable("it is longer than 4096 bytes");
  while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
  if (secret.empty()) return unreadable("it is empty");
  return secret;
}

Result<std::string> password(const World& world) {
  if (auto given = world.variable("GIRD_REDIS_PASSWORD")) return *given;
  if (const auto file = world.variable("GIRD_REDIS_PASSWORD_FILE")) return read_secret(*file);
  if (const auto folder = world.variable("CREDENTIALS_DIRECTORY")) {
    const std::string file = *folder + "/gird-redis-password";
    // A unit may have other credentials than this one.
    if (::access(file.c_str(), F_OK) == 0) return read_secret(file);
  }
  return std::string();
}

}  // namespace

Result<RedisCredentials> redis_credentials(const World& world) {
  RedisCredentials credentials{world.variable("GIRD_REDIS_USER").value_or(""),
                               TRY(password(world))};
  if (!credentials.user.empty() && credentials.password.empty()) {
    return misuse("store-refused", "GIRD_REDIS_USER", "there is a user, but no password",
                  {"set GIRD_REDIS_PASSWORD_FILE=FILE or GIRD_REDIS_PASSWORD"});
  }
  return credentials;
}

}  // namespace gird::store
