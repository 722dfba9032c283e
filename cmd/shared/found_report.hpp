// --report: findings for people and programs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/found.hpp"
#include "sys/world.hpp"

namespace gird {

enum class FoundFormat : std::uint8_t { text, jsonl, sarif, github, gitlab };

/// One --report: "jsonl", "sarif=FILE".
struct FoundReportTarget {
  FoundFormat format = FoundFormat::text;
  std::string path;  ///< empty: where the command writes what it has to say
};
/// Fault::usage, value-report.
Result<void> from_text(std::string_view text, FoundReportTarget& target);
std::string to_text(const FoundReportTarget& target);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const FoundReportTarget*);

/// Takes the text of a report as it grows, and closes what it was written to.
class FoundOutput {
 public:
  FoundOutput() = default;
  FoundOutput(const FoundOutput&) = delete;
  FoundOutput& operator=(const FoundOutput&) = delete;
  virtual ~FoundOutput() = default;
  virtual void write(std::string_view text) = 0;
  /// Fault::system, write-failed.
  virtual Result<void> close() = 0;
};
using FoundOutputPtr = std::unique_ptr<FoundOutput>;

/// How much reports tell of what strangers wrote.
enum class Redact : std::uint8_t { no, yes };

std::unique_ptr<FoundListener> found_text(FoundOutputPtr output, Redact redact, bool colour);
std::unique_ptr<FoundListener> found_lines(FoundOutputPtr output, Redact redact);
std::unique_ptr<FoundListener> found_sarif(FoundOutputPtr output);
std::unique_ptr<FoundListener> found_github(FoundOutputPtr output);
std::unique_ptr<FoundListener> found_gitlab(FoundOutputPtr output);

struct FoundReportPlan {
  std::vector<FoundReportTarget> targets;
  bool to_output = false;  ///< standard output is free for reports without a file
  bool colour = false;
  Redact redact = Redact::no;
};

/// The reports that were asked for, their files open. Fault::system, file-unwritable.
Result<std::vector<std::unique_ptr<FoundListener>>> open_found_reports(const FoundReportPlan& plan,
                                                                       World& world);

}  // namespace gird
