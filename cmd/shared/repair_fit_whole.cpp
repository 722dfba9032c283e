// Holding a repaired text until a schema has judged it.
#include "shared/repair_fit_whole.hpp"

#include <vector>

#include "json/origin.hpp"
#include "shared/repair_fit.hpp"
#include "shared/repair_judging.hpp"

namespace gird {
namespace {

/// The text that a repairer made. What is as it was in the input is given as a part of that, so
/// that it need not be kept twice, and a diff can tell.
class Held final : public json::Sink {
 public:
  explicit Held(std::string_view input) : input_(input) {}

  void text(std::string_view bytes) override { whole += bytes; }
  void repaired(const json::Repair& repair) override {
    repairs.push_back(repair);
    origin_.add(repair);
  }
  void completed(std::size_t depth) override {
    if (depth != 0) return;
    // Between documents there are blanks, and commas where they become an array.
    const std::size_t from = whole.find_first_not_of(" \t\r\n,", ended_);
    if (from != whole.npos) documents.push_back({from, whole.size()});
    ended_ = whole.size();
  }
  void several() override { many = true; }

  void give(Stretch stretch, json::Sink& sink) const {
    const std::size_t count = stretch.to - stretch.from;
    const std::string_view own = std::string_view(whole).substr(stretch.from, count);
    const std::uint64_t at = origin_.of(stretch.from);
    const bool same = at <= input_.size() && input_.substr(at, count) == own;
    sink.text(same ? input_.substr(at, count) : own);
  }

  std::string whole;
  std::vector<json::Repair> repairs;
  std::vector<Stretch> documents;
  bool many = false;

 private:
  std::string_view input_;
  json::Origin origin_;
  std::size_t ended_ = 0;
};

Result<std::string> read_all(TextInput& input) {
  std::string text;
  while (true) {
    const std::string_view piece = TRY(input.next());
    if (piece.empty()) return text;
    text += piece;
  }
}

}  // namespace

Result<void> repair_to_schema(TextInput& input, const RepairTask& task, Judging& judging,
                              json::Sink& next) {
  const std::string all = TRY(read_all(input));
  judging.pass(all, 0);
  Held held(all);
  json::Repairer repairer(task.settings, held);
  auto taken = repairer.push(all);
  if (taken) taken = repairer.finish();
  if (!taken) {
    judging.refused(taken.error());
    judging.settle();
    return {};
  }
  Fitter fitter(*task.schema, task.settings);
  const auto fitted = fitter.fit(held.whole, held.documents, held.repairs);
  if (!fitted) {
    judging.refused(fitted.error());
    judging.settle();
    return {};
  }
  if (held.many) next.several();
  give_merged(
      {.input = all, .text = held.whole, .repairs = held.repairs}, fitted->edits,
      [&](Stretch stretch) { held.give(stretch, next); }, next);
  // Violations may stand in front of repairs that were told: their places are counted anew.
  Where where(input);
  where.pass(all);
  for (const json::Violation& violation : fitted->violations) judging.violated(violation, where);
  judging.counts.more_violations = judging.counts.more_violations || fitted->more;
  judging.settle();
  return {};
}

}  // namespace gird
