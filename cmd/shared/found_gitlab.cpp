// Findings as a report of code quality for GitLab.
// Source: docs.gitlab.com, "Code Quality", "Code Quality report format".
#include "base/json.hpp"
#include "shared/found_report.hpp"

namespace gird {
namespace {

constexpr std::array<std::string_view, 5> severity_names{"info", "minor", "major", "critical",
                                                         "blocker"};

/// 64 bits of FNV-1a in digits: the same finding at the same place is known again.
std::string fingerprint_of(const Found& found) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto mix = [&](std::string_view text) {
    for (const char c : text) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
  };
  mix(found.file);
  mix(found.rule);
  mix(std::to_string(found.record));
  mix(found.text);
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += digits[hash >> unsigned(shift) & 15U];
  return text;
}

std::string entry_of(const Found& found) {
  JsonObject lines;
  lines.add("begin", found.spot ? found.spot->line : found.record);
  JsonObject location;
  location.bytes("path", found.file).raw("lines", lines.text());
  JsonObject entry;
  return entry.add("description", std::string(found.class_name) + ": " + found.about)
      .add("check_name", found.rule)
      .add("fingerprint", fingerprint_of(found))
      .add("severity", severity_names.at(static_cast<std::size_t>(found.severity)))
      .raw("location", location.text())
      .text();
}

class GitlabReport final : public FoundListener {
 public:
  explicit GitlabReport(FoundOutputPtr output) : output_(std::move(output)) { output_->write("["); }

  void found(const Found& found) override {
    output_->write((first_ ? "" : ",") + entry_of(found));
    first_ = false;
  }
  Result<void> finish(const FoundTotals&) override {
    output_->write("]\n");
    return output_->close();
  }

 private:
  FoundOutputPtr output_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<FoundListener> found_gitlab(FoundOutputPtr output) {
  return std::make_unique<GitlabReport>(std::move(output));
}

}  // namespace gird
