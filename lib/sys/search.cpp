// Along PATH, one file after the other.
#include "sys/search.hpp"

#include <cerrno>
#include <cstring>

namespace gird::sys {

Search::Search(std::string_view name, const char* path)
    : name_(name), rest_(path != nullptr ? path : "/bin:/usr/bin") {
  if (!name.contains('/')) {
    look();
    return;
  }
  rest_ = nullptr;
  file_ = name;
  found_ = ::stat(file_.c_str(), &info_) == 0;
  if (!found_) fault_ = errno;
}

void Search::look() {
  found_ = false;
  while (rest_ != nullptr && !found_) {
    const char* end = ::strchrnul(rest_, ':');
    file_.assign(rest_, end);
    if (end != rest_) file_ += '/';  // an empty element is the working directory
    file_ += name_;
    rest_ = *end == ':' ? end + 1 : nullptr;
    found_ = ::stat(file_.c_str(), &info_) == 0;
    if (!found_ && !pass_over(errno)) return;
  }
}

void Search::next(int fault) {
  found_ = false;
  if (pass_over(fault)) look();
}

/// Notes why a file could not be run; whether the files after it count.
bool Search::pass_over(int fault) {
  if (fault == EACCES) denied_ = true;
  fault_ = denied_ ? EACCES : fault;
  const bool elsewhere = fault == EACCES || fault == ENOENT || fault == ESTALE ||
                         fault == ENOTDIR || fault == ENODEV || fault == ETIMEDOUT;
  if (!elsewhere) fault_ = fault;
  return elsewhere;
}

const char* path_among(std::span<const char* const> environment) {
  for (const char* entry : environment) {
    if (std::strncmp(entry, "PATH=", 5) == 0) return entry + 5;
  }
  return nullptr;
}

}  // namespace gird::sys
