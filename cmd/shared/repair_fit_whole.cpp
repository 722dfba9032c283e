// Holding a repaired text until a schema has judged it.
#include "shared/repair_fit_whole.hpp"

#include <memory>
#include <optional>
#include <vector>

#include "json/duplicates.hpp"
#include "json/origin.hpp"
#include "shared/repair_fit.hpp"
#include "shared/repair_judging.hpp"
#include "shared/spool_spill.hpp"

namespace gird {
namespace {

/// The text that a repairer made. What is as it was in the input is given as a part of that, so
/// that it need not be kept twice, and a diff can tell.
class Held final : public json::Sink {
 public:
  explicit Held(std::string_view input) : input_(input) {}

  void text(std::string_view bytes) override { whole += bytes; }
  void repaired(const json::Repair& repair) override {
    if (is_note(repair)) {
      notes.push_back(repair);
      return;
    }
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
  std::vector<json::Repair> notes;  ///< of equal keys; in any order
  std::vector<Stretch> documents;
  bool many = false;

 private:
  std::string_view input_;
  json::Origin origin_;
  std::size_t ended_ = 0;
};

/// `held` without `parts` of its text, which are members of objects.
std::unique_ptr<Held> without(const Held& held, std::span<const json::FindDuplicates::Part> parts,
                              std::string_view input) {
  constexpr json::Kind kind = json::Kind::duplicate_key;
  std::vector<TextEdit> edits;
  for (const auto& part : parts) {
    edits.push_back({.at = part.start,
                     .inserted = {},
                     .repair = {.kind = kind,
                                .confidence = json::facts_of(kind).confidence,
                                .removed = part.end - part.start}});
  }
  auto left = std::make_unique<Held>(input);
  left->many = held.many;
  const std::string_view whole = held.whole;
  give_merged(
      {.input = input, .text = whole, .repairs = held.repairs}, edits,
      [&](Stretch own) { left->text(whole.substr(own.from, own.to - own.from)); }, *left);
  std::uint64_t gone = 0;
  auto part = parts.begin();
  for (const Stretch document : held.documents) {
    const std::uint64_t from = document.from - gone;
    for (; part != parts.end() && part->end <= document.to; ++part) gone += part->end - part->start;
    left->documents.push_back({from, document.to - gone});
  }
  return left;
}

/// What the repairer makes of `all`, with its keys seen to; nothing where that is refused, which
/// `judging` is told.
Result<std::unique_ptr<Held>> repaired(std::string_view all, const RepairTask& task,
                                       Judging& judging) {
  auto held = std::make_unique<Held>(all);
  SpoolSpill spill;
  std::optional<json::FindDuplicates> keys;
  if (task.keys) keys.emplace(*held, task.keys->duplicate, spill, task.keys->secret, stage_memory);
  json::Sink& first = keys ? static_cast<json::Sink&>(*keys) : *held;
  json::Repairer repairer(task.settings, first);
  auto taken = repairer.push(all);
  if (taken) taken = repairer.finish();
  if (!taken) {
    judging.refused(taken.error());
    return nullptr;
  }
  if (!keys) return held;
  TRY(keys->finish());
  for (const json::Repair& note : held->notes) judging.repaired(note);
  if (judging.exit != yes) return nullptr;
  return task.shape.content.drops() ? without(*held, keys->dropped(), all) : std::move(held);
}

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
  const std::unique_ptr<Held> made = TRY(repaired(all, task, judging));
  if (!made) {
    judging.settle();
    return {};
  }
  const Held& held = *made;
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
