// Which calls to the system name a file, and how.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <string>

namespace gird::inject {

/// A call as it is entered.
struct Call {
  std::uint64_t number = 0;
  std::array<std::uint64_t, 6> arguments = {};
};

/// "openat", or "call 123" for those that gird has no business with.
std::string name_of(const Call& call);

/// The file that a call of process `pid` is about: the path that it names, made absolute, or the
/// file behind its descriptor; empty: none. To be asked while the process is stopped.
std::string file_of(pid_t pid, const Call& call);

}  // namespace gird::inject
