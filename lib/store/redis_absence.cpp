// The time of a file as a memory.
#include "store/redis_absence.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "store/sha1.hpp"
#include "sys/fd.hpp"

namespace gird::store {

RedisAbsence::RedisAbsence(const std::string& directory, const std::string& address) {
  if (!directory.empty()) path_ = directory + "/redis-" + sha1(address).substr(0, 16) + ".away";
}

bool RedisAbsence::holds(Duration pause) const {
  using std::chrono::nanoseconds;
  using std::chrono::seconds;
  struct stat info{};
  if (path_.empty() || ::lstat(path_.c_str(), &info) != 0) return false;
  const nanoseconds then = seconds(info.st_mtim.tv_sec) + nanoseconds(info.st_mtim.tv_nsec);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  // A clock that was set back must not make this last.
  if (std::chrono::abs(now - then) < pause) return true;
  begin();
  return false;
}

void RedisAbsence::begin() const {
  if (path_.empty()) return;
  const sys::Fd file(
      ::open(path_.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
  if (file) ::futimens(file.get(), nullptr);
}

void RedisAbsence::end() const {
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace gird::store
