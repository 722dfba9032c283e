// --no-fuse: whether a wrapper may run another one of ours inside its own process.
#pragma once

#include "cli/rows.hpp"

namespace gird {

/// `apart` is set by --no-fuse; `Job::fuse` is its opposite.
cli::Rows fuse_rows(bool& apart);

}  // namespace gird
