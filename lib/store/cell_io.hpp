// Files of cells: opening, reading and writing them as a stranger might have prepared them.
#pragma once

#include <fcntl.h>

#include "store/block.hpp"
#include "store/folder.hpp"

namespace gird::store {

/// Never through a link, never waiting for the other end of a FIFO.
constexpr int safely = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

/// All of the file but the journal, which no step reads.
constexpr std::size_t slots_end = offsetof(Block, journal);

/// That the cell is not to be touched: Fault::system, store-newer.
std::unexpected<Error> newer_cell(const std::string& path);

/// Whether it is a regular file of `user` that nobody else can write.
/// Fault::system, store-unusable, names `path`.
Result<void> check_regular(const struct stat& info, uid_t user, const std::string& path);

/// Reads up to `size` bytes of the file; what it has not got is zero. 0 or an errno.
int read_block(int file, Block& block, std::size_t size);

/// 0 or an errno.
int write_at(int file, std::size_t offset, const void* bytes, std::size_t size);

/// Whether the user's limit on the size of files lets us write cells. Beyond that limit a write is
/// not refused: it is a signal that kills.
bool may_write_blocks();

/// Makes room for all that a cell will ever need, so that a full disk does not stop it later.
/// 0 or an errno.
int preallocate(int file);

/// Whether `name` in `folder` is the file that is open as `file`.
bool same_file(const Folder& folder, const std::string& name, int file);

}  // namespace gird::store
