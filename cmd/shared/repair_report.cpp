// The formats of reports.
#include "shared/repair_report.hpp"

#include <array>

#include "base/json.hpp"
#include "base/nearest.hpp"
#include "base/quoting.hpp"
#include "shared/repair_fit.hpp"
#include "shared/repair_github.hpp"
#include "sys/files.hpp"

namespace gird {
namespace {

constexpr std::array<Choice<RepairFormat>, 4> formats{{
    {"text", RepairFormat::text, "a line for each repair"},
    {"json", RepairFormat::json, "one document"},
    {"jsonl", RepairFormat::jsonl, "an object for each repair, one a line"},
    {"github", RepairFormat::github, "annotations, and a table in $GITHUB_STEP_SUMMARY"},
}};

JsonObject head_of(std::string_view file) {
  JsonObject object;
  object.add("v", 1).bytes("file", file);
  return object;
}

JsonObject& add_place(JsonObject& object, const json::Spot& at) {
  return object.add("line", at.line).add("column", at.column).add("offset", at.offset);
}

JsonObject& add_repair(JsonObject& object, const Located& located) {
  const json::Repair& repair = located.repair;
  const json::KindFacts& facts = json::facts_of(repair.kind);
  add_place(object, located.at)
      .add("kind", facts.name)
      .add("confidence", json::to_text(repair.confidence))
      .add("message", facts.what)
      .add("removed", located.removed)
      .add("inserted", repair.inserted)
      .add("output_offset", repair.output_offset)
      .bytes("before", located.removed == 0 ? "" : repair.before)
      .bytes("after", repair.after);
  if (is_note(repair)) object.add("note", true);
  return object;
}

JsonObject& add_refusal(JsonObject& object, const Refused& refused) {
  add_place(object, refused.at);
  const Error error = error_of(refused);
  object.add("error", error.code).bytes("message", refused.refusal.what);
  if (refused.refusal.kind) object.add("kind", json::facts_of(*refused.refusal.kind).name);
  return object;
}

JsonObject& add_violation(JsonObject& object, const Violated& violated) {
  const json::Violation& violation = violated.violation;
  return add_place(object, violated.at)
      .add("violation", violation.keyword)
      .bytes("pointer", violation.instance)
      .bytes("schema", violation.schema)
      .bytes("message", violation.message);
}

/// An object for each repair, refusal and failure.
class LinesReport final : public RepairListener {
 public:
  explicit LinesReport(ReportFile file) : file_(std::move(file)) {}

  void repaired(const Located& repair) override {
    JsonObject object = head_of(repair.file);
    file_.write(add_repair(object, repair).text() + "\n");
  }
  void refused(const Refused& refused) override {
    JsonObject object = head_of(refused.file);
    file_.write(add_refusal(object, refused).text() + "\n");
  }
  void rejected(const Refused& refused) override {
    JsonObject object = head_of(refused.file);
    file_.write(add_refusal(object, refused).add("rejected", true).text() + "\n");
  }
  void violated(const Violated& violated) override {
    JsonObject object = head_of(violated.file);
    file_.write(add_violation(object, violated).text() + "\n");
  }
  void failed(std::string_view file, const Error& error) override {
    JsonObject object = head_of(file);
    file_.write(object.add("error", error.code).bytes("message", error.why).text() + "\n");
  }
  Result<void> finish(Exit) override { return file_.close(); }

 private:
  ReportFile file_;
};

/// One document, written as it grows: {"v":1,"files":[{...,"repairs":[...]}],...}.
class DocumentReport final : public RepairListener {
 public:
  explicit DocumentReport(ReportFile file) : file_(std::move(file)) {
    file_.write("{\"v\":1,\"files\":[");
  }

  void begin(std::string_view file) override {
    JsonObject object;
    std::string text = object.bytes("file", file).text();
    text.pop_back();
    file_.write((first_file_ ? "" : ",") + text + ",\"repairs\":[");
    first_file_ = false;
    first_repair_ = true;
    refusal_.clear();
    violations_.clear();
  }
  void repaired(const Located& repair) override {
    JsonObject object;
    file_.write((first_repair_ ? "" : ",") + add_repair(object, repair).text());
    first_repair_ = false;
  }
  void refused(const Refused& refused) override {
    JsonObject object;
    refusal_ = add_refusal(object, refused).text();
  }
  void rejected(const Refused& refused) override {
    JsonObject object;
    const std::string text = add_refusal(object, refused).add("rejected", true).text();
    file_.write((first_repair_ ? "" : ",") + text);
    first_repair_ = false;
  }
  void violated(const Violated& violated) override {
    JsonObject object;
    violations_ += (violations_.empty() ? "" : ",") + add_violation(object, violated).text();
  }
  void failed(std::string_view, const Error& error) override {
    JsonObject object;
    refusal_ = object.add("error", error.code).bytes("message", error.why).text();
  }
  void end(std::string_view, const RepairCounts& counts, bool written) override {
    repairs_ += counts.all;
    JsonObject kinds;
    for (const json::KindFacts& facts : json::all_kinds()) {
      const std::uint64_t count = counts.by_kind[static_cast<std::size_t>(facts.kind)];
      if (count > 0) kinds.add(facts.name, count);
    }
    std::string text = "],\"count\":" + std::to_string(counts.all) + ",\"kinds\":" + kinds.text();
    if (!refusal_.empty()) text += ",\"refused\":" + refusal_;
    if (!violations_.empty()) text += ",\"violations\":[" + violations_ + "]";
    file_.write(text + ",\"written\":" + (written ? "true" : "false") + "}");
  }
  Result<void> finish(Exit exit) override {
    file_.write("],\"count\":" + std::to_string(repairs_) +
                ",\"exit\":" + std::to_string(exit.code) + "}\n");
    return file_.close();
  }

 private:
  ReportFile file_;
  bool first_file_ = true;
  bool first_repair_ = true;
  std::uint64_t repairs_ = 0;
  std::string refusal_;
  std::string violations_;
};

/// "FILE:LINE:COL: kind: what".
class TextReport final : public RepairListener {
 public:
  explicit TextReport(ReportFile file) : file_(std::move(file)) {}

  void repaired(const Located& located) override {
    const json::KindFacts& facts = json::facts_of(located.repair.kind);
    file_.write(place_text(located.file, located.at) + ": " + std::string(facts.name) + " (" +
                std::string(json::to_text(located.repair.confidence)) +
                "): " + std::string(facts.what) + "; " + deed_of(located.repair) + "\n");
  }
  void refused(const Refused& refused) override {
    const Error error = error_of(refused);
    file_.write(error.what + ": " + std::string(error.code) + ": " + error.why + "\n");
  }
  void rejected(const Refused& line) override {
    const Error error = error_of(line);
    file_.write(error.what + ": line not repaired: " + error.why + "\n");
  }
  void violated(const Violated& violated) override {
    file_.write(place_text(violated.file, violated.at) + ": " + violation_text(violated.violation) +
                "\n");
  }
  void failed(std::string_view, const Error& error) override {
    file_.write(error.what + ": " + error.why + "\n");
  }
  Result<void> finish(Exit) override { return file_.close(); }

 private:
  ReportFile file_;
};

Result<ReportFile> open(const RepairReportTarget& target) {
  if (target.path.empty()) return ReportFile(2);
  if (target.path == "-") return ReportFile(1);
  return ReportFile(TRY(sys::create_file(target.path)), target.path);
}

}  // namespace

std::span<const Choice<RepairFormat>> choices(RepairFormat) { return formats; }

std::vector<std::pair<std::string_view, std::string_view>> words_of(const RepairReportTarget*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const auto& format : formats) words.emplace_back(format.name, format.help);
  return words;
}

Result<void> from_text(std::string_view text, RepairReportTarget& target) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const std::string shown = "'" + std::string(text) + "'";
  std::vector<std::string_view> names;
  std::optional<RepairFormat> format;
  for (const auto& known : formats) {
    names.push_back(known.name);
    if (known.name == name) format = known.value;
  }
  if (!format) {
    return misuse("value-report", shown, "must be text, json, jsonl or github, with =FILE or not",
                  did_you_mean(nearest(name, names)));
  }
  target = {*format, equals == text.npos ? "" : std::string(text.substr(equals + 1))};
  if (equals != text.npos && *format == RepairFormat::github) {
    return misuse("value-report", shown, "github takes no file: it writes to $GITHUB_STEP_SUMMARY");
  }
  if (equals != text.npos && target.path.empty())
    return misuse("value-report", shown, "the name of the file is empty");
  return {};
}

std::string to_text(const RepairReportTarget& target) {
  std::string text(formats[static_cast<std::size_t>(target.format)].name);
  return target.path.empty() ? text : text + "=" + target.path;
}

Result<std::vector<std::unique_ptr<RepairListener>>> open_reports(
    const std::vector<RepairReportTarget>& targets, World& world) {
  std::vector<std::unique_ptr<RepairListener>> reports;
  for (const RepairReportTarget& target : targets) {
    switch (target.format) {
      case RepairFormat::text:
        reports.push_back(std::make_unique<TextReport>(TRY(open(target))));
        break;
      case RepairFormat::json:
        reports.push_back(std::make_unique<DocumentReport>(TRY(open(target))));
        break;
      case RepairFormat::jsonl:
        reports.push_back(std::make_unique<LinesReport>(TRY(open(target))));
        break;
      case RepairFormat::github: reports.push_back(TRY(github_report(world))); break;
    }
  }
  return reports;
}

void ReportFile::write(std::string_view text) {
  constexpr std::size_t room = 64 << 10;
  buffer_ += text;
  // What goes to a terminal or a log is seen at once.
  if (number_ != standard_error && buffer_.size() < room) return;
  if (fault_ == 0) fault_ = sys::write_all(number_, buffer_);
  buffer_.clear();
}

Result<void> ReportFile::close() {
  if (fault_ == 0) fault_ = sys::write_all(number_, buffer_);
  buffer_.clear();
  if (number_ == standard_error) return {};  // which has nowhere to complain to
  const int closed = owned_ ? sys::close_checked(owned_.release()) : 0;
  if (fault_ == 0) fault_ = closed;
  const std::string what = path_.empty() ? "write error" : "write " + shell_quoted(path_);
  if (fault_ != 0) return system_error("write-failed", what, fault_);
  return {};
}

}  // namespace gird
