// Findings as annotations of GitHub. What strangers wrote is not in them.
// Source: docs.github.com, "Workflow commands for GitHub Actions".
#include "shared/found_report.hpp"
#include "shared/github_escaped.hpp"

namespace gird {
namespace {

enum class Level : std::uint8_t { notice, warning, error };

constexpr std::array<std::string_view, 3> level_names{"notice", "warning", "error"};

Level level_of(rules::Severity severity) {
  if (severity >= rules::Severity::high) return Level::error;
  return severity == rules::Severity::info ? Level::notice : Level::warning;
}

std::string annotation(const Found& found) {
  std::string line =
      "::" + std::string(level_names.at(static_cast<std::size_t>(level_of(found.severity))));
  line += " file=" + github_escaped(found.file, true);
  if (found.spot) {
    line +=
        ",line=" + std::to_string(found.spot->line) + ",col=" + std::to_string(found.spot->column);
  }
  line += ",title=" + github_escaped(found.rule, true) + "::";
  return line + github_escaped(std::string(found.class_name) + ": " + found.about, false) + "\n";
}

class GithubReport final : public FoundListener {
 public:
  explicit GithubReport(FoundOutputPtr output) : output_(std::move(output)) {}

  void found(const Found& found) override {
    const auto level = static_cast<std::size_t>(level_of(found.severity));
    const std::uint64_t count = ++counts_.at(level);
    if (count < most_shown) output_->write(annotation(found));
    if (count == most_shown) last_.at(level) = annotation(found);
  }
  Result<void> finish(const FoundTotals&) override {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      const std::uint64_t count = counts_.at(i);
      if (count > most_shown) {
        last_.at(i) = "::" + std::string(level_names.at(i)) +
                      " ::" + std::to_string(count - most_shown + 1) + " more\n";
      }
      output_->write(last_.at(i));
    }
    return output_->close();
  }

 private:
  /// Ten a level are shown by GitHub; where there are more, the tenth says how many.
  static constexpr std::uint64_t most_shown = 10;

  FoundOutputPtr output_;
  std::array<std::uint64_t, 3> counts_{};
  std::array<std::string, 3> last_;
};

}  // namespace

std::unique_ptr<FoundListener> found_github(FoundOutputPtr output) {
  return std::make_unique<GithubReport>(std::move(output));
}

}  // namespace gird
