// This process: how it begins and how it leaves.
#pragma once

#include <sys/stat.h>

#include <span>
#include <string>

#include "base/exit.hpp"

namespace gird::sys {

/// Puts placeholders where descriptors 0, 1 or 2 are closed, so that no file of ours lands there.
/// A child finds them closed, as we did; writing to a placeholder fails as writing to nothing does.
void guard_standard_descriptors();

/// Whether `file`, of which `info` was found out, is the program that runs here and could be run
/// again: the same inode, by whatever name. Set-user-ID files never are, as exec does more then.
bool is_this_program(const std::string& file, const struct stat& info);

/// Ends the process: with the code, or by dying of the signal, so that a shell sees what it would
/// have seen of the command itself. PID 1 cannot die of a signal and exits with 128 + N.
[[noreturn]] void leave(Exit exit);

/// Says that gird itself is at fault, and ends with 125.
[[noreturn]] void leave_for_bug(const char* what);

/// Becomes the program `name`, found on PATH, with `args` after its name; returns if there is none.
void become_program(const std::string& name, std::span<const char* const> args);

}  // namespace gird::sys
