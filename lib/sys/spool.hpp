// Files without a name, for bytes that have to wait.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string_view>

#include "sys/fd.hpp"

namespace gird::sys {

/// An unlinked file in TMPDIR (default /tmp), or memory where none can be made there. Opened for
/// reading and appending. Fault::system, spool-failed.
Result<Fd> make_spool();

/// The bytes in `spool`.
off_t spool_size(int spool);

/// Whether there is still room behind what `spool` holds. When there is none, what was last
/// written may have been cut short. 0, or the errno that says why.
int spool_full(int spool);

/// Is called when a pipe is full, and waits until it is not; false to give up.
using AwaitRoom = std::function<bool(int target)>;

/// Waits in poll(2), whatever comes.
bool poll_for_room(int target);

/// Copies all of `spool` to `target`, without going through this process where the kernel can do
/// that; 0, or the errno of the write that failed, EINTR where `await_room` gave up.
int copy_spool(int spool, int target, const AwaitRoom& await_room = poll_for_room);

/// Copies the `count` bytes at `from` of the file `source` to `target`, as above. ESTALE where the
/// file is shorter.
int copy_range(int source, std::uint64_t from, std::uint64_t count, int target,
               const AwaitRoom& await_room = poll_for_room);

/// A descriptor of its own, at offset `from`, for the file behind `number`; invalid when the
/// system cannot give one.
Fd reopened(int number, off_t from);

}  // namespace gird::sys
