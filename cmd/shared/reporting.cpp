// Reports into files.
#include "shared/reporting.hpp"

#include <array>

#include "base/nearest.hpp"
#include "base/quoting.hpp"
#include "sys/files.hpp"

namespace gird {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

constexpr std::array<Named, 3> formats{{
    {"json=", "one object with every attempt"},
    {"junit=", "a JUnit test suite; flaky runs are marked"},
    {"github", "an annotation, and a table in $GITHUB_STEP_SUMMARY"},
}};

/// To create one of these cuts off what the command has written to a file.
bool names_output(std::string_view path) {
  return path == "/dev/stdout" || path == "/dev/fd/1" || path == "/proc/self/fd/1";
}

}  // namespace

std::span<const Named> words_of(const ReportTarget*) { return formats; }

Result<void> from_text(std::string_view text, ReportTarget& target) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const std::string_view path = equals == text.npos ? "" : text.substr(equals + 1);
  const std::string shown = "'" + std::string(text) + "'";
  if (name != "json" && name != "junit" && name != "github") {
    constexpr std::array<std::string_view, 3> names{"json", "junit", "github"};
    return misuse("value-report", shown, "must be json=FILE, junit=FILE or github",
                  did_you_mean(nearest(name, names)));
  }
  if (name == "github" && equals != text.npos) {
    return misuse("value-report", shown, "github takes no file: it writes to $GITHUB_STEP_SUMMARY");
  }
  if (name != "github" && (path.empty() || path == "-" || names_output(path))) {
    return misuse("value-report", shown, "needs a file: standard output is the command's",
                  {"write --report " + std::string(name) + "=FILE"});
  }
  target = {std::string(name), std::string(path)};
  return {};
}

std::string to_text(const ReportTarget& target) {
  return target.path.empty() ? target.format : target.format + "=" + target.path;
}

cli::Rows reporting_rows(Reporting& reporting) {
  return {
      cli::Row("--events", reporting.events, "DEST",
               "report events as JSON Lines to stderr, fd:N, file:PATH or unix:PATH"),
      cli::Row("--report", reporting.reports, "FORMAT[=FILE]",
               "write a report at the end: json=FILE, junit=FILE or github"),
  };
}

Result<Reports> Reports::open(const std::vector<ReportTarget>& targets, World& world) {
  Reports reports;
  for (const ReportTarget& target : targets) {
    Open open{target.format, target.path, {}};
    if (target.format == "github") {
      const auto summary = world.variable("GITHUB_STEP_SUMMARY");
      open.path = summary.value_or("");
      if (summary) open.file = TRY(sys::append_file(*summary));
    } else {
      open.file = TRY(sys::create_file(target.path));
    }
    reports.open_.push_back(std::move(open));
  }
  return reports;
}

Result<void> Reports::write(const Story& story, World& world) {
  Result<void> all;
  for (Open& report : open_) {
    std::string text;
    if (report.format == "github") {
      world.err(as_github_annotation(story));
      text = as_github_summary(story);
    } else {
      text = report.format == "json" ? as_json(story) : as_junit(story);
    }
    if (!report.file) continue;
    int fault = sys::write_all(report.file.get(), text);
    const int closed = sys::close_checked(report.file.release());
    if (fault == 0) fault = closed;
    // The others are written all the same.
    if (fault != 0 && all)
      all = system_error("write-failed", "write " + shell_quoted(report.path), fault);
  }
  return all;
}

}  // namespace gird
