#include "shared/sanitizer.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "detect/compiled.hpp"

namespace gird {
namespace {

/// What became of a record, for the reports.
std::string_view deed(Action action, bool rejected) {
  if (action == Action::check) return "checked";
  if (!rejected) return "written";
  return action == Action::quarantine ? "quarantined" : "left-out";
}

Found found_by(const rules::Book& book, const detect::Finding& finding) {
  const rules::Rule rule = book.rule(finding.rule);
  Found found;
  found.class_name = rule.class_name;
  found.rule = rule.id;
  found.about = rule.about;
  found.severity = rule.severity;
  found.confidence = rule.confidence;
  found.sensitivity = rule.sensitivity;
  found.cwe = rule.cwe;
  found.capec = rule.capec;
  found.raw = finding.raw;
  found.view = finding.view;
  found.steps = finding.steps.words();
  return found;
}

}  // namespace

Sanitizer::Sanitizer(Plan plan, TextRoute route, Quarantine quarantine,
                     std::vector<std::unique_ptr<FoundListener>> reports, World& world)
    : plan_(std::move(plan)),
      route_(std::move(route)),
      quarantine_(std::move(quarantine)),
      reports_(std::move(reports)),
      world_(world) {
  if (plan_.detection) scanner_.emplace(detect::compiled_rules(), *plan_.detection);
}

void Sanitizer::take(std::string_view file, const text::RecordText& record) {
  Case one;
  one.file = file;
  one.number = record.number;
  one.raw = record.text;
  ++totals_.records;
  totals_.bytes += record.text.size();
  if (record.cut) {
    const std::string limit = "longer than " + to_text(plan_.most_record);
    if (!plan_.cuts) {
      require(one, "max-record", limit);
      settle(one);
      return;
    }
    if (plan_.action != Action::check && !plan_.quiet) tell(one, limit + ", so it was cut");
  }
  auto text = route_.text_of(body(record));
  if (!text) {
    require(one, "context", std::move(text).error());
    settle(one);
    return;
  }
  one.text = *std::move(text);
  judge(one);
}

/// Without a character that was cut in two, and without the line feed that was written behind what
/// is read back whole.
std::string_view Sanitizer::body(const text::RecordText& record) const {
  std::string_view text = record.text;
  if (plan_.strip_line && text.ends_with('\n')) text.remove_suffix(1);
  return record.cut ? whole_characters(text) : text;
}

void Sanitizer::judge(Case& one) {
  if (const auto breach = route_.breach_of(one.text)) {
    require(one, breach->requirement, breach->why);
  }
  scan(one);
  std::string out;
  if (one.why.empty()) {
    auto written = route_.written(one.text);
    if (written) {
      out = *std::move(written);
    } else {
      require(one, "context", std::move(written).error());
    }
  }
  const bool rejected = !one.why.empty();
  settle(one);
  if (!rejected && plan_.action != Action::check) write(out);
}

void Sanitizer::scan(Case& one) {
  if (!scanner_) return;
  for (const detect::Finding& finding : scanner_->scan(one.text)) {
    one.found.push_back(found_by(scanner_->book(), finding));
    const Found& found = one.found.back();
    if (one.why.empty() && counts(found.severity, plan_.fail_on)) {
      one.why = std::string(found.class_name) + " (" + std::string(found.rule) + ")";
    }
  }
}

/// Notes that a record is not as it must be.
void Sanitizer::require(Case& one, std::string_view requirement, std::string why) const {
  Found found;
  found.class_name = "invalid";
  found.rule = requirement;
  found.about = why;
  one.found.push_back(std::move(found));
  if (one.why.empty()) one.why = std::move(why);
}

/// Tells what was found, and that a record is rejected.
void Sanitizer::settle(Case& one) {
  const bool rejected = !one.why.empty();
  const auto is_serious = [](const Found& f) { return f.severity != rules::Severity::info; };
  if (std::ranges::any_of(one.found, is_serious)) ++totals_.flagged;
  for (Found& found : one.found) {
    found.file = one.file;
    found.record = one.number;
    found.text = one.text;
    found.spot = spot_of(one, found.raw.begin);
    found.action = deed(plan_.action, rejected);
    totals_.add(found);
    for (const auto& report : reports_) report->found(found);
  }
  if (!rejected) return;
  ++totals_.rejected;
  quarantine_.take(one.raw);
  if (plan_.action != Action::check && !plan_.quiet && totals_.rejected <= most_told) {
    tell(one, one.why + "; left out");
  }
}

void Sanitizer::write(const std::string& text) {
  world_.out(text);
  if (plan_.framing == Framing::nulls) {
    world_.out({"\0", 1});
  } else if (plan_.framing == Framing::lines || plan_.is_written) {
    world_.out("\n");
  }
}

void Sanitizer::tell(const Case& one, const std::string& what) {
  world_.say(std::string(one.file) + ":" + std::to_string(one.number) + ": " + what);
}

std::optional<TextSpot> Sanitizer::spot_of(const Case& one, std::size_t offset) const {
  if (plan_.framing == Framing::nulls) return std::nullopt;
  const std::string_view before = std::string_view(one.text).substr(0, offset);
  if (plan_.framing == Framing::lines) return TextSpot{one.number, characters_in(before) + 1};
  const std::size_t line_end = before.rfind('\n');
  const std::string_view line = line_end == before.npos ? before : before.substr(line_end + 1);
  const auto lines = static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
  return TextSpot{lines + 1, characters_in(line) + 1};
}

Result<void> Sanitizer::finish() {
  if (plan_.action != Action::check && !plan_.quiet && totals_.rejected > most_told) {
    world_.say(std::to_string(totals_.rejected) + " records were left out");
  }
  for (const auto& report : reports_) TRY(report->finish(totals_));
  return quarantine_.finish();
}

}  // namespace gird
