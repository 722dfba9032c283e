// Locks on bytes of a file, which the kernel frees when their owner dies.
#pragma once

#include <sys/types.h>

#include <functional>

#include "base/duration.hpp"

namespace gird::store {

// They belong to the open file description (F_OFD_SETLK), not to the process: two stores in one
// process exclude each other as two processes do, and closing some other descriptor of the file
// frees nothing. A length of 0 reaches to the end of all files.

/// Locks without waiting: 0, EAGAIN when somebody else has it, or another errno.
int try_lock(int file, off_t from, off_t length);

/// Waits in the kernel's queue for at most `limit`: 0, EAGAIN when that was not enough, or another
/// errno. From the 20th millisecond on `remind` is called every five: whoever comes just when the
/// lock is free gets it before the queue, so those who never rest could keep the others out.
/// SIGRTMAX is this function's while it waits, blocked or not before.
int lock_within(int file, off_t from, off_t length, Duration limit,
                const std::function<void()>& remind);

void unlock(int file, off_t from, off_t length);

/// Whether another description has a lock in the range.
bool is_locked(int file, off_t from, off_t length);

}  // namespace gird::store
