// A whole input that a schema is to accept.
#pragma once

#include "base/result.hpp"
#include "json/sink.hpp"
#include "shared/repair_run.hpp"

namespace gird {

class Judging;

/// Repairs all of `input`, judges each of its documents by `task.schema` and gives `next` what
/// comes of them; the input and the repaired text are held in memory. What is refused, `judging` is
/// told. Fault::system: file-unreadable, spool-failed.
Result<void> repair_to_schema(TextInput& input, const RepairTask& task, Judging& judging,
                              json::Sink& next);

}  // namespace gird
