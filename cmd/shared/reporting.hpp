// --events and --report: what a wrapper tells of itself besides its messages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/rows.hpp"
#include "shared/story.hpp"
#include "sys/fd.hpp"
#include "sys/world.hpp"

namespace gird {

/// One --report: "json=FILE", "junit=FILE" or "github".
struct ReportTarget {
  std::string format;
  std::string path;
};

Result<void> from_text(std::string_view text, ReportTarget& target);
std::string to_text(const ReportTarget& target);
std::span<const std::pair<std::string_view, std::string_view>> words_of(const ReportTarget*);

struct Reporting {
  std::optional<std::string> events;
  std::vector<ReportTarget> reports;
};

cli::Rows reporting_rows(Reporting& reporting);

/// The reports of one run, their files open from the start: a report that cannot be written is
/// told before the command runs.
class Reports {
 public:
  /// Fault::system, file-unwritable.
  static Result<Reports> open(const std::vector<ReportTarget>& targets, World& world);

  /// Fault::system, write-failed.
  Result<void> write(const Story& story, World& world);
  [[nodiscard]] bool wanted() const { return !open_.empty(); }

 private:
  struct Open {
    std::string format;
    std::string path;
    sys::Fd file;
  };
  std::vector<Open> open_;
};

}  // namespace gird
