// Spilling into a spool.
#include "shared/spool_spill.hpp"

#include <unistd.h>

#include <cerrno>

#include "sys/spool.hpp"

namespace gird {

Result<void> SpoolSpill::append(std::string_view bytes) {
  if (!file_) file_ = TRY(sys::make_spool());
  const int fault = sys::write_all(file_.get(), bytes);
  if (fault != 0) return system_error("spool-failed", "write a temporary file", fault);
  return {};
}

Result<void> SpoolSpill::read(std::uint64_t at, std::span<char> into) {
  while (!into.empty()) {
    const ssize_t got = ::pread(file_.get(), into.data(), into.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      return system_error("spool-failed", "read a temporary file", got == 0 ? EIO : errno);
    at += static_cast<std::uint64_t>(got);
    into = into.subspan(static_cast<std::size_t>(got));
  }
  return {};
}

Result<void> SpoolSpill::clear() {
  if (file_ && ::ftruncate(file_.get(), 0) != 0)
    return system_error("spool-failed", "empty a temporary file", errno);
  return {};
}

}  // namespace gird
