// What a chain of our own guards runs in the end.
#pragma once

#include <span>
#include <string>

namespace gird {

/// The COMMAND of `argv` when that is one of our wrappers, as `gird NAME ...` or by a link with its
/// name, behind all of them where there are several: `curl URL` for `gird retry -n 3 -- gird
/// rate-limit -r 1/s -- curl URL`. Empty: it is none, or its options cannot be read.
/// It goes by the words alone, so that nothing is looked for and a missing program has a name too.
std::span<const std::string> guarded_command(std::span<const std::string> argv);

}  // namespace gird
