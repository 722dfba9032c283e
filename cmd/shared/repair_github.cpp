// Workflow commands of GitHub. Source: docs.github.com, "Workflow commands for GitHub Actions".
#include "shared/repair_github.hpp"

#include <array>

#include "shared/github_escaped.hpp"
#include "shared/repair_fit.hpp"
#include "shared/repair_report.hpp"
#include "sys/files.hpp"

namespace gird {
namespace {

enum class Level : std::uint8_t { notice, warning, error };

constexpr std::array<std::string_view, 3> level_names{"notice", "warning", "error"};

/// Ten a level are shown by GitHub; the tenth says how many there are besides.
constexpr std::uint64_t most_shown = 10;

class GithubReport final : public RepairListener {
 public:
  GithubReport(World& world, sys::Fd summary)
      : world_(world),
        summary_wanted_(summary),
        summary_(std::move(summary), "GITHUB_STEP_SUMMARY") {
    if (summary_wanted_)
      summary_.write("| file | repairs | guesses | written |\n|---|---|---|---|\n");
  }

  void repaired(const Located& located) override {
    const json::KindFacts& facts = json::facts_of(located.repair.kind);
    const bool guess = located.repair.confidence == json::Confidence::guess;
    annotate(guess ? Level::warning : Level::notice, located.file, located.at, facts.name,
             std::string(facts.what) + "; " + deed_of(located.repair));
  }
  void refused(const Refused& refused) override {
    annotate(Level::error, refused.file, refused.at, error_of(refused).code, refused.refusal.what);
  }
  void rejected(const Refused& refused) override {
    annotate(Level::warning, refused.file, refused.at, error_of(refused).code,
             refused.refusal.what);
  }
  void violated(const Violated& violated) override {
    annotate(Level::error, violated.file, violated.at, "schema-violated",
             violation_text(violated.violation));
  }
  void failed(std::string_view file, const Error& error) override {
    annotate(Level::error, file, {}, error.code, error.why);
  }
  void end(std::string_view file, const RepairCounts& counts, bool written) override {
    if (!summary_wanted_) return;
    std::string name;
    for (const char byte : file) name.append(byte == '|' ? "\\" : "") += byte == '\n' ? ' ' : byte;
    summary_.write("| " + name + " | " + std::to_string(counts.all) + " | " +
                   std::to_string(counts.by_confidence[2]) + " | " + (written ? "yes" : "no") +
                   " |\n");
  }
  Result<void> finish(Exit) override {
    for (std::size_t i = 0; i < held_.size(); ++i) {
      if (held_[i].empty()) continue;
      const std::uint64_t more = counts_[i] - most_shown;
      if (more == 0) {
        world_.err(held_[i]);
      } else {
        world_.err("::" + std::string(level_names[i]) + " ::" + std::to_string(more + 1) +
                   " more\n");
      }
    }
    return summary_wanted_ ? summary_.close() : Result<void>();
  }

 private:
  void annotate(Level level, std::string_view file, const json::Spot& at, std::string_view title,
                std::string_view message) {
    const auto index = static_cast<std::size_t>(level);
    const std::string line =
        "::" + std::string(level_names[index]) + " file=" + github_escaped(file, true) +
        ",line=" + std::to_string(at.line) + ",col=" + std::to_string(at.column) +
        ",title=" + github_escaped(title, true) + "::" + github_escaped(message, false) + "\n";
    const std::uint64_t number = ++counts_[index];
    if (number < most_shown) world_.err(line);
    if (number == most_shown) held_[index] = line;
  }

  World& world_;
  bool summary_wanted_;
  ReportFile summary_;
  std::array<std::uint64_t, 3> counts_{};
  std::array<std::string, 3> held_;
};

}  // namespace

Result<std::unique_ptr<RepairListener>> github_report(World& world) {
  sys::Fd summary;
  if (const auto path = world.variable("GITHUB_STEP_SUMMARY"))
    summary = TRY(sys::append_file(*path));
  return std::make_unique<GithubReport>(world, std::move(summary));
}

}  // namespace gird
