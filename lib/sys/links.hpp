// Symbolic links to this program.
#pragma once

#include <string>

#include "base/result.hpp"

namespace gird::sys {

/// The absolute path of the running program. Fault::system, program-unknown.
Result<std::string> own_program();

/// Fails when anything stands at `path`, a dangling link included, or when its directory cannot be
/// looked into. Fault::usage, link-exists; Fault::system, link-failed.
Result<void> check_free(const std::string& path);

/// Makes `path` a symbolic link to `target`; never replaces anything. Faults as of `check_free`.
Result<void> make_link(const std::string& path, const std::string& target);

}  // namespace gird::sys
