// Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format).
#include <map>

#include "base/json.hpp"
#include "base/letters.hpp"
#include "shared/found_report.hpp"

namespace gird {
namespace {

std::string_view level_of(rules::Severity severity) {
  if (severity >= rules::Severity::high) return "error";
  return severity == rules::Severity::info ? "note" : "warning";
}

/// A file's name as a reference of RFC 3986.
std::string uri_of(std::string_view file) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri;
  for (const char c : file) {
    if (is_alnum(c) || std::string_view("-._~/").contains(c)) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += digits[byte >> 4U];
      uri += digits[byte & 15U];
    }
  }
  return uri;
}

std::string message_of(std::string_view text) {
  JsonObject message;
  return message.add("text", text).text();
}

std::string location_of(const Found& found) {
  JsonObject artifact;
  artifact.add("uri", uri_of(found.file == "-" ? "stdin" : found.file));
  JsonObject physical;
  physical.raw("artifactLocation", artifact.text());
  if (found.spot) {
    JsonObject region;
    physical.raw(
        "region",
        region.add("startLine", found.spot->line).add("startColumn", found.spot->column).text());
  }
  JsonObject logical;
  logical.add("name", "record " + std::to_string(found.record));
  JsonObject location;
  return location.raw("physicalLocation", physical.text())
      .raw("logicalLocations", "[" + logical.text() + "]")
      .text();
}

std::string result_of(const Found& found) {
  JsonObject properties;
  properties.add("class", found.class_name)
      .add("severity", name_of(found.severity))
      .add("confidence", found.confidence)
      .add("views", std::span(found.steps))
      .add("action", found.action);
  JsonObject result;
  return result.add("ruleId", found.rule)
      .add("level", level_of(found.severity))
      .raw("message", message_of(found.about))
      .raw("locations", "[" + location_of(found) + "]")
      .raw("properties", properties.text())
      .text();
}

std::string rule_of(const Found& found) {
  JsonObject properties;
  properties.add("class", found.class_name);
  if (found.cwe != 0) {
    properties.raw("tags", json_array(std::vector<std::string>{
                               json_quoted("external/cwe/cwe-" + std::to_string(found.cwe))}));
  }
  JsonObject rule;
  return rule.add("id", found.rule)
      .raw("shortDescription",
           message_of(found.sensitivity ? std::string_view(found.about) : "a requirement"))
      .raw("properties", properties.text())
      .text();
}

/// The results are written as they come, and the rules that they name behind them.
class SarifReport final : public FoundListener {
 public:
  explicit SarifReport(FoundOutputPtr output) : output_(std::move(output)) {
    output_->write(
        R"({"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json",)"
        R"("runs":[{"columnKind":"unicodeCodePoints","results":[)");
  }

  void found(const Found& found) override {
    output_->write((rules_.empty() ? "" : ",") + result_of(found));
    rules_.try_emplace(std::string(found.rule), rule_of(found));
  }
  Result<void> finish(const FoundTotals&) override {
    std::vector<std::string> rules;
    for (const auto& [id, text] : rules_) rules.push_back(text);
    JsonObject driver;
    driver.add("name", "gird sanitize").raw("rules", json_array(rules));
    JsonObject tool;
    tool.raw("driver", driver.text());
    output_->write("],\"tool\":" + tool.text() + "}]}\n");
    return output_->close();
  }

 private:
  FoundOutputPtr output_;
  std::map<std::string, std::string> rules_;
};

}  // namespace

std::unique_ptr<FoundListener> found_sarif(FoundOutputPtr output) {
  return std::make_unique<SarifReport>(std::move(output));
}

}  // namespace gird
