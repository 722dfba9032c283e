// --report github: annotations, and a table for the summary of a job.
#pragma once

#include <memory>

#include "shared/repair_listener.hpp"
#include "sys/world.hpp"

namespace gird {

/// Writes annotations to standard error, the first ten of each level, and a table of all files to
/// $GITHUB_STEP_SUMMARY where that is set. Fault::system, file-unwritable.
Result<std::unique_ptr<RepairListener>> github_report(World& world);

}  // namespace gird
