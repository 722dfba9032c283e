// Findings as JSON Lines.
#include "base/json.hpp"
#include "shared/found_report.hpp"
#include "text/encode.hpp"

namespace gird {
namespace {

std::string span_text(detect::Span span) {
  return "[" + std::to_string(span.begin) + "," + std::to_string(span.end) + "]";
}

std::string json_ascii(std::string_view text) {
  static const text::Context* const context = text::context_named("json-ascii");
  return context->encode(text, text::OnUnsafe::replace).value();
}

JsonObject& add_rule(JsonObject& object, const Found& found) {
  object.add("class", found.class_name)
      .add("rule", found.rule)
      .add("severity", name_of(found.severity))
      .add("confidence", found.confidence);
  if (found.sensitivity) {
    object.add("sensitivity",
               rules::sensitivities.at(static_cast<std::size_t>(*found.sensitivity)).name);
  }
  return object.add("message", found.about);
}

std::string line_of(const Found& found, Redact redact) {
  JsonObject object;
  object.add("v", 1).add("type", "finding").bytes("file", found.file).add("record", found.record);
  if (found.spot) object.add("line", found.spot->line).add("column", found.spot->column);
  add_rule(object, found);
  JsonObject span;
  span.raw("raw", span_text(found.raw));
  if (found.view) span.raw("view", span_text(*found.view));
  object.raw("span", span.text()).add("views", std::span(found.steps));
  if (redact == Redact::no) object.raw("match", json_ascii(match_of(found)));
  if (found.cwe != 0) object.add("cwe", found.cwe);
  if (found.capec != 0) object.add("capec", found.capec);
  return object.add("action", found.action).text() + "\n";
}

std::string summary_of(const FoundTotals& totals) {
  JsonObject severities;
  for (std::size_t i = 0; i < totals.by_severity.size(); ++i) {
    severities.add(rules::severities.at(i).name, totals.by_severity.at(i));
  }
  JsonObject classes;
  for (const auto& [name, count] : totals.by_class) classes.add(name, count);
  JsonObject object;
  return object.add("v", 1)
             .add("type", "summary")
             .add("records", totals.records)
             .add("bytes", totals.bytes)
             .add("flagged", totals.flagged)
             .add("rejected", totals.rejected)
             .add("findings", totals.findings)
             .raw("severities", severities.text())
             .raw("classes", classes.text())
             .text() +
         "\n";
}

class LinesReport final : public FoundListener {
 public:
  LinesReport(FoundOutputPtr output, Redact redact) : output_(std::move(output)), redact_(redact) {}

  void found(const Found& found) override { output_->write(line_of(found, redact_)); }
  Result<void> finish(const FoundTotals& totals) override {
    output_->write(summary_of(totals));
    return output_->close();
  }

 private:
  FoundOutputPtr output_;
  Redact redact_;
};

}  // namespace

std::unique_ptr<FoundListener> found_lines(FoundOutputPtr output, Redact redact) {
  return std::make_unique<LinesReport>(std::move(output), redact);
}

}  // namespace gird
