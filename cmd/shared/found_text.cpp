// Findings for people.
#include "base/quoting.hpp"
#include "shared/found_report.hpp"
#include "shared/marked_excerpt.hpp"

namespace gird {
namespace {

constexpr std::string_view red = "\x1b[31m";
constexpr std::string_view yellow = "\x1b[33m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

/// "app.log:3:8"; standard input is "-".
std::string place_of(const Found& found) {
  std::string place = found.file == "-" ? "-" : shell_quoted(found.file);
  place += ":" + std::to_string(found.spot ? found.spot->line : found.record);
  if (found.spot) place += ":" + std::to_string(found.spot->column);
  return place;
}

/// " (behind url, url+html)".
std::string behind(const std::vector<std::string>& steps) {
  if (steps.empty()) return "";
  std::string text = " (behind ";
  for (std::size_t i = 0; i < steps.size(); ++i) text += (i == 0 ? "" : ", ") + steps[i];
  return text + ")";
}

class TextReport final : public FoundListener {
 public:
  TextReport(FoundOutputPtr output, Redact redact, bool colour)
      : output_(std::move(output)), redact_(redact), colour_(colour) {}

  void found(const Found& found) override {
    const std::string_view color = found.severity >= rules::Severity::high ? red : yellow;
    std::string text = paint(bold, place_of(found)) + ": " + paint(color, name_of(found.severity)) +
                       " " + std::string(found.class_name) + " " + std::string(found.rule) + ": " +
                       found.about + behind(found.steps) + "\n";
    if (redact_ == Redact::no && found.raw.end > found.raw.begin) {
      const MarkedExcerpt excerpt = marked_excerpt(found.text, found.raw);
      text +=
          "    " + excerpt.line + "\n    " + excerpt.blanks + paint(color, excerpt.carets) + "\n";
    }
    output_->write(text);
  }
  Result<void> finish(const FoundTotals&) override { return output_->close(); }

 private:
  [[nodiscard]] std::string paint(std::string_view color, std::string_view text) const {
    if (!colour_) return std::string(text);
    return std::string(color) + std::string(text) + std::string(plain);
  }

  FoundOutputPtr output_;
  Redact redact_;
  bool colour_;
};

}  // namespace

std::unique_ptr<FoundListener> found_text(FoundOutputPtr output, Redact redact, bool colour) {
  return std::make_unique<TextReport>(std::move(output), redact, colour);
}

}  // namespace gird
