// --diff: what a repair changes, as a patch.
#pragma once

#include <string>

#include "base/exit.hpp"
#include "base/result.hpp"
#include "shared/repair_run.hpp"

namespace gird {

/// Writes a unified diff from the input of `judged`, which must be lasting, to its output, with
/// three lines around each change, to descriptor `target`; nothing where they are the same. Made of
/// what was changed, not by comparing: time is linear and memory constant.
/// The exit is that of a pipe that nobody reads, or `yes`. Fault::system: spool-failed,
/// write-failed.
Result<Exit> write_diff(const std::string& file, Judged& judged, int target);

}  // namespace gird
