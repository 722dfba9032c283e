// The processes below this one.
#pragma once

#include <sys/types.h>

#include <vector>

namespace gird::sys {

/// Every living descendant of this process, children before their own children, without zombies
/// and without those in `except` and what is below them. As a sub-reaper's this is complete: a
/// process whose parent died is handed up to us, whatever session it made for itself.
std::vector<pid_t> descendants(const std::vector<pid_t>& except);

/// The direct children of this process.
std::vector<pid_t> children_of_ours();

/// Whether no shell above us could wake this process group: nobody up the line of parents is in
/// our session and in another group. The kernel lets such a group not be stopped from a keyboard.
bool in_orphaned_group();

/// The process group of `pid`, or -1.
pid_t group_of(pid_t pid);

}  // namespace gird::sys
