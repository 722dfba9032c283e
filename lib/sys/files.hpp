// Opening files by name.
#pragma once

#include <string>

#include "sys/fd.hpp"

namespace gird::sys {

/// A file to be written from its beginning, made or emptied. Fault::system, file-unwritable.
Result<Fd> create_file(const std::string& path);

/// A file to be added to, made if need be. Fault::system, file-unwritable.
Result<Fd> append_file(const std::string& path);

/// Whether both name one regular file that is there; as `b`, "-" is standard input.
bool same_file(const std::string& a, const std::string& b);

/// An empty input. Fault::system, file-unreadable.
Result<Fd> null_input();

/// Closes descriptor `number` and tells what only closing reveals (a quota, a full network disk):
/// 0 or an errno. It is closed in any case.
int close_checked(int number);

/// What closing descriptor `number` would reveal, though it stays open: a guard around this one may
/// go on with it.
int settle_checked(int number);

}  // namespace gird::sys
