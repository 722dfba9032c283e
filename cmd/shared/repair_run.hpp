// One input through the repairer: judged first, given afterwards.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "json/duplicates.hpp"
#include "json/settings.hpp"
#include "shared/repair_lines.hpp"
#include "shared/repair_listener.hpp"
#include "shared/repair_progress.hpp"
#include "shared/repair_schema.hpp"
#include "shared/repair_shape.hpp"
#include "shared/text_input.hpp"
#include "sys/draft.hpp"
#include "sys/world.hpp"

namespace gird {

using RepairListeners = std::vector<std::unique_ptr<RepairListener>>;

/// How keys that stand twice in their object are looked for.
struct KeyTask {
  json::Duplicate duplicate = json::Duplicate::keep;
  json::KeyHash::Secret secret = {};  ///< random
};

/// What is asked of every input of a call.
struct RepairTask {
  json::Settings settings;
  RepairShape shape;
  std::optional<LineTask> lines = {};     ///< line by line, and how
  std::optional<KeyTask> keys = {};       ///< asked only of documents one after the other
  std::optional<SchemaTask> schema = {};  ///< what the documents have to be
  bool output = true;                     ///< else what comes out is not kept
  bool lasting = false;                   ///< the input is kept, so that it can be read again
  Progress* progress = nullptr;           ///< never null where a file is judged
  bool follow = false;                    ///< what is complete leaves at once, to standard output
};

/// What came of an input. `draft` holds its output and reads from `input`.
struct Judged {
  TextInput input;
  sys::Draft draft;
  RepairCounts counts;
  bool kept_bad;  ///< a line of the output is no document
  Exit exit;      ///< `yes`, or why there is no output

  /// Whether the output is the input, byte for byte.
  [[nodiscard]] bool unchanged();
};

/// Reads all of `file` and tells `listeners` what is repaired or refused in it.
/// Fault::system: file-unreadable, spool-failed; with `follow` also write-failed.
Result<Judged> judge(const std::string& file, const RepairTask& task,
                     const RepairListeners& listeners);

}  // namespace gird
