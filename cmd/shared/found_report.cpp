// Formats of reports, and where they go.
#include "shared/found_report.hpp"

#include <algorithm>
#include <array>

#include "base/choice.hpp"
#include "base/nearest.hpp"
#include "base/quoting.hpp"
#include "sys/fd.hpp"
#include "sys/files.hpp"

namespace gird {
namespace {

constexpr std::array<Choice<FoundFormat>, 5> formats{{
    {"text", FoundFormat::text, "a line for each finding, and the place in the text"},
    {"jsonl", FoundFormat::jsonl, "an object for each finding, one a line, and a summary"},
    {"sarif", FoundFormat::sarif, "SARIF 2.1.0"},
    {"github", FoundFormat::github, "annotations of GitHub"},
    {"gitlab", FoundFormat::gitlab, "a report of code quality for GitLab"},
}};

/// Through the world, where messages or answers go.
class WorldOutput final : public FoundOutput {
 public:
  WorldOutput(World& world, bool to_output) : world_(world), to_output_(to_output) {}
  void write(std::string_view text) override { to_output_ ? world_.out(text) : world_.err(text); }
  Result<void> close() override { return {}; }

 private:
  World& world_;
  bool to_output_;
};

class FileOutput final : public FoundOutput {
 public:
  FileOutput(sys::Fd file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

  void write(std::string_view text) override {
    buffer_ += text;
    if (buffer_.size() >= room) flush();
  }
  Result<void> close() override {
    flush();
    const int closed = sys::close_checked(file_.release());
    if (fault_ == 0) fault_ = closed;
    if (fault_ == 0) return {};
    return system_error("write-failed", "write " + shell_quoted(path_), fault_);
  }

 private:
  static constexpr std::size_t room = 64 << 10;

  void flush() {
    if (fault_ == 0) fault_ = sys::write_all(file_.get(), buffer_);
    buffer_.clear();
  }

  sys::Fd file_;
  std::string path_;
  std::string buffer_;
  int fault_ = 0;
};

Result<FoundOutputPtr> open(const FoundReportTarget& target, const FoundReportPlan& plan,
                            World& world) {
  const bool to_output = target.path == "-" || (target.path.empty() && plan.to_output);
  // A runner of GitHub reads commands from either stream; errors belong to the second.
  if (target.path.empty() || target.path == "-") {
    return std::make_unique<WorldOutput>(world, to_output && target.format != FoundFormat::github);
  }
  return std::make_unique<FileOutput>(TRY(sys::create_file(target.path)), target.path);
}

std::unique_ptr<FoundListener> listener(const FoundReportTarget& target,
                                        const FoundReportPlan& plan, FoundOutputPtr output) {
  switch (target.format) {
    case FoundFormat::text:
      return found_text(std::move(output), plan.redact, plan.colour && target.path.empty());
    case FoundFormat::jsonl: return found_lines(std::move(output), plan.redact);
    case FoundFormat::sarif: return found_sarif(std::move(output));
    case FoundFormat::github: return found_github(std::move(output));
    case FoundFormat::gitlab: return found_gitlab(std::move(output));
  }
  return nullptr;
}

}  // namespace

Result<void> from_text(std::string_view text, FoundReportTarget& target) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const auto format = std::ranges::find(formats, name, &Choice<FoundFormat>::name);
  const std::string shown = "'" + std::string(text) + "'";
  if (format == formats.end()) {
    std::vector<std::string_view> names;
    for (const auto& known : formats) names.push_back(known.name);
    return misuse("value-report", shown,
                  "must be text, jsonl, sarif, github or gitlab, with =FILE or not",
                  did_you_mean(nearest(name, names)));
  }
  target = {format->value, equals == text.npos ? "" : std::string(text.substr(equals + 1))};
  if (equals != text.npos && target.path.empty())
    return misuse("value-report", shown, "the name of the file is empty");
  return {};
}

std::string to_text(const FoundReportTarget& target) {
  const std::string text(formats.at(static_cast<std::size_t>(target.format)).name);
  return target.path.empty() ? text : text + "=" + target.path;
}

std::vector<std::pair<std::string_view, std::string_view>> words_of(const FoundReportTarget*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const auto& format : formats) words.emplace_back(format.name, format.help);
  return words;
}

Result<std::vector<std::unique_ptr<FoundListener>>> open_found_reports(const FoundReportPlan& plan,
                                                                       World& world) {
  std::vector<std::unique_ptr<FoundListener>> reports;
  for (const FoundReportTarget& target : plan.targets) {
    reports.push_back(listener(target, plan, TRY(open(target, plan, world))));
  }
  return reports;
}

}  // namespace gird
