// Waking up when a cell's file changes.
#pragma once

#include "store/folder.hpp"
#include "store/store.hpp"

namespace gird::store {

/// Every write wakes, and so does the closing of a file, which is all that a killed holder leaves.
/// A folder that is deleted or moved away is watched anew as soon as there is one of its name.
/// Where the user has no further inotify instance to be had (128 of them by default), it wakes
/// twenty times a second. Fault::system, store-failed.
Result<std::unique_ptr<Changes>> watch_files(const Folder& folder, std::string_view key);

}  // namespace gird::store
