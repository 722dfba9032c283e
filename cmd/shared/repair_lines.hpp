// NDJSON: each line on its own, on several threads.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/choice.hpp"
#include "base/result.hpp"
#include "cli/rows.hpp"
#include "json/lines.hpp"
#include "shared/text_input.hpp"
#include "sys/fd.hpp"

namespace gird::json {

std::span<const Choice<BadLines>> choices(BadLines);

}  // namespace gird::json

namespace gird {

class Judging;
struct RepairTask;

struct LineChoice {
  std::optional<json::BadLines> bad;
  std::optional<std::string> rejects;
  std::optional<std::int64_t> jobs;

  [[nodiscard]] bool given() const { return bad || rejects || jobs; }
};

cli::Rows line_rows(LineChoice& choice);

/// Fault::usage, value-integer, options-contradict.
Result<void> check(const LineChoice& choice);

/// Where lines go that were rejected. Made when an input is there: a mistake in the name of that
/// empties nothing.
class Rejects {
 public:
  explicit Rejects(std::string path) : path_(std::move(path)) {}

  /// Fault::system, file-unwritable. Once it is open, nothing is done.
  Result<void> open();
  /// Fault::system, write-failed.
  Result<void> write(std::string_view line) const;

 private:
  std::string path_;
  sys::Fd file_;
  int number_ = -1;
};

/// What `--sequence ndjson` asks for.
struct LineTask {
  json::BadLines bad = json::BadLines::repair;
  std::size_t jobs = 1;
  std::shared_ptr<Rejects> rejects;
};

LineTask line_task(const LineChoice& choice);

/// Repairs all of `input` line by line: what comes of it is given to `judging`, in the order of the
/// input. Fault::system: file-unreadable, spool-failed, file-unwritable and write-failed (of the
/// rejects), json-line-limit.
Result<void> repair_by_lines(TextInput& input, const RepairTask& task, Judging& judging);

}  // namespace gird
