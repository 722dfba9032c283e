// Line by line, by a schema.
#include "shared/repair_fit_lines.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "shared/repair_fit.hpp"

namespace gird {
namespace {

/// The documents of what a line became: each is on a line of its own.
std::vector<Stretch> documents_of(std::string_view text) {
  std::vector<Stretch> documents;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t from = text.find_first_not_of(" \t\r", at);
    if (from < end) documents.push_back({from, end});
    at = end + 1;
  }
  return documents;
}

/// What a coerced line becomes, until all of it is known.
class OneLine final : public json::Sink {
 public:
  void text(std::string_view bytes) override { out += bytes; }
  void repaired(const json::Repair& repair) override { repairs.push_back(repair); }

  std::string out;
  std::vector<json::Repair> repairs;
};

/// Between the repairer of lines and the one who takes them.
class FittedLines final : public json::LineSink {
 public:
  FittedLines(std::string_view all, const RepairTask& task, json::Unrepairable unrepairable,
              FittedLineSink& sink)
      : all_(all),
        bad_(task.lines->bad),
        unrepairable_(unrepairable),
        sink_(sink),
        fitter_(*task.schema, task.settings) {}

  void text(std::string_view bytes) override {
    if (over_) return;
    if (kept_) {
      kept_ = false;
      sink_.text(bytes);
      return;
    }
    if (!pending_.empty()) {
      repaired_line(bytes);
      return;
    }
    const std::size_t end = at_ + bytes.size();
    std::size_t given = at_;
    while (at_ < end && !over_) valid_line(given);
    give_until(given, at_);
  }
  void repaired(const json::Repair& repair) override {
    pending_.push_back(repair);
    pending_.back().offset -= at_;
  }
  void rejected(std::string_view line, const json::Refusal& refusal) override {
    if (over_) return;
    sink_.rejected(line, refusal);
    at_ = behind_line();
    kept_ = bad_ == json::BadLines::keep;
  }
  [[nodiscard]] bool wants_whole_lines() const override { return true; }

  /// A line was the end of all.
  [[nodiscard]] bool over() const { return over_; }
  [[nodiscard]] const std::optional<json::Refusal>& refusal() const { return refusal_; }

 private:
  [[nodiscard]] std::size_t behind_line() const {
    return std::min(all_.find('\n', at_), all_.size() - 1) + 1;
  }
  void give_until(std::size_t& given, std::size_t end) {
    if (end > given) sink_.text(all_.substr(given, end - given));
    given = end;
  }

  /// The line at `at_` is valid; what stands between `given` and it has not left.
  void valid_line(std::size_t& given) {
    const std::size_t next = behind_line();
    const std::string_view text = all_.substr(at_, next - at_);
    auto fitted = fitter_.fit(text, documents_of(text), {});
    const bool fits = fitted && fitted->violations.empty();
    if (!fits || !fitted->edits.empty()) {
      give_until(given, at_);
      given = next;
      take(text, {}, fitted);
    }
    at_ = next;
  }

  void repaired_line(std::string_view text) {
    const std::vector<json::Repair> repairs = std::move(pending_);
    pending_.clear();
    auto fitted = fitter_.fit(text, documents_of(text), repairs);
    take(text, repairs, fitted);
    at_ = behind_line();
  }

  void take(std::string_view text, std::span<const json::Repair> repairs,
            std::expected<Fitted, json::Refusal>& fitted) {
    if (!fitted) {
      bad_line({}, std::move(fitted.error()));
      return;
    }
    if (!fitted->violations.empty()) {
      bad_line(fitted->violations, refusal_of(fitted->violations.front()));
      return;
    }
    OneLine made;
    const RepairedText repaired{.input = all_.substr(at_), .text = text, .repairs = repairs};
    give_merged(
        repaired, fitted->edits,
        [&](Stretch part) { made.text(text.substr(part.from, part.to - part.from)); }, made);
    for (json::Repair& repair : made.repairs) {
      repair.offset += at_;
      sink_.repaired(repair);
    }
    sink_.text(made.out);
  }

  void bad_line(std::span<json::Violation> violations, json::Refusal refusal) {
    const std::size_t next = behind_line();
    const std::string_view whole = all_.substr(at_, next - at_);
    refusal.offset += at_;
    const bool rejects =
        bad_ == json::BadLines::skip || bad_ == json::BadLines::keep ||
        (bad_ == json::BadLines::repair && unrepairable_ == json::Unrepairable::reject);
    if (rejects) {
      sink_.rejected(whole.substr(0, whole.find('\n')), refusal);
      if (bad_ == json::BadLines::keep) sink_.text(whole);
      return;
    }
    over_ = true;
    for (json::Violation& violation : violations) {
      violation.offset += at_;
      sink_.violated(violation);
    }
    if (violations.empty()) refusal_ = std::move(refusal);
  }

  std::string_view all_;
  json::BadLines bad_;
  json::Unrepairable unrepairable_;
  FittedLineSink& sink_;
  Fitter fitter_;
  std::size_t at_ = 0;                 ///< where the next line begins
  std::vector<json::Repair> pending_;  ///< of that line; offsets are in it
  bool kept_ = false;                  ///< that line is bad and stays
  bool over_ = false;
  std::optional<json::Refusal> refusal_;
};

}  // namespace

std::expected<void, json::Refusal> repair_lines_to_schema(std::string_view lines,
                                                          const RepairTask& task,
                                                          json::Unrepairable unrepairable,
                                                          FittedLineSink& sink) {
  FittedLines fitted(lines, task, unrepairable, sink);
  auto done = json::repair_lines(lines, task.settings, task.lines->bad, unrepairable, fitted);
  if (fitted.refusal()) return std::unexpected(*fitted.refusal());
  if (fitted.over()) return {};
  return done;
}

}  // namespace gird
