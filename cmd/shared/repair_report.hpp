// --report: repairs for programs to read.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/rows.hpp"
#include "shared/repair_listener.hpp"
#include "sys/fd.hpp"
#include "sys/world.hpp"

namespace gird {

enum class RepairFormat { text, json, jsonl, github };
std::span<const Choice<RepairFormat>> choices(RepairFormat);

/// One --report: "jsonl", "jsonl=FILE".
struct RepairReportTarget {
  RepairFormat format = RepairFormat::text;
  std::string path;  ///< empty: standard error, "-": standard output; for github the summary file
};
Result<void> from_text(std::string_view text, RepairReportTarget& target);
std::string to_text(const RepairReportTarget& target);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const RepairReportTarget*);

/// The reports that were asked for, their files open. Fault::system, file-unwritable.
Result<std::vector<std::unique_ptr<RepairListener>>> open_reports(
    const std::vector<RepairReportTarget>& targets, World& world);

/// Collects what a report writes.
class ReportFile {
 public:
  ReportFile(sys::Fd owned, std::string path)
      : owned_(std::move(owned)), number_(owned_.get()), path_(std::move(path)) {}
  /// Standard output (1) or error (2).
  explicit ReportFile(int stream) : number_(stream) {}

  void write(std::string_view text);
  /// Fault::system, write-failed.
  Result<void> close();

 private:
  static constexpr int standard_error = 2;

  sys::Fd owned_;
  int number_;
  std::string path_;
  std::string buffer_;
  int fault_ = 0;
};

}  // namespace gird
