// From repair to repair and edit to edit.
#include "shared/repair_merge.hpp"

#include <algorithm>
#include <limits>

#include "json/repair.hpp"

namespace gird {
namespace {

constexpr std::uint64_t nowhere = std::numeric_limits<std::uint64_t>::max();

class Merge {
 public:
  Merge(const RepairedText& repaired, const std::function<void(Stretch)>& pass, json::Sink& sink)
      : all_(repaired), pass_(pass), sink_(sink) {}

  /// `next`: where the edit behind this one is.
  void edit(const TextEdit& edit, std::uint64_t next) {
    const std::uint64_t end = edit.at + edit.repair.removed;
    while (told_ < all_.repairs.size() && behind(all_.repairs[told_]) <= edit.at) give_repair();
    copy(starts_before(edit.at) ? all_.repairs[told_].output_offset : edit.at);
    json::Repair merged = edit.repair;
    merged.offset = input_;
    std::string inserted(all_.text.substr(at_, edit.at - at_));
    inserted += edit.inserted;
    while (starts_before(end)) {
      merged.confidence = std::max(merged.confidence, all_.repairs[told_].confidence);
      skip_repair();
    }
    go_on(std::max(at_, end));
    const std::uint64_t rest = std::clamp(written_, end, std::max(end, next));
    inserted += all_.text.substr(end, rest - end);
    at_ = rest;
    tell(std::move(merged), inserted);
    sink_.text(inserted);
    given_ += inserted.size();
  }

  void finish() {
    while (told_ < all_.repairs.size()) give_repair();
    copy(all_.text.size());
  }

 private:
  static std::uint64_t behind(const json::Repair& repair) {
    return repair.output_offset + repair.inserted;
  }
  [[nodiscard]] bool starts_before(std::uint64_t at) const {
    return told_ < all_.repairs.size() && all_.repairs[told_].output_offset < at;
  }

  /// The text up to `at` is dealt with: the input is, too, but for what repairs wrote.
  void go_on(std::uint64_t at) {
    const std::uint64_t own = std::max(at_, written_);
    if (at > own) input_ += at - own;
    at_ = at;
  }
  void skip_repair() {
    const json::Repair& repair = all_.repairs[told_++];
    go_on(std::max(at_, repair.output_offset));
    input_ = repair.offset + repair.removed;
    written_ = behind(repair);
    at_ = std::max(at_, written_);
  }
  void copy(std::uint64_t to) {
    if (to <= at_) return;
    pass_({at_, to});
    given_ += to - at_;
    go_on(to);
  }
  void give_repair() {
    const json::Repair& repair = all_.repairs[told_];
    copy(repair.output_offset);
    json::Repair as_told = repair;
    as_told.output_offset = given_;
    sink_.repaired(as_told);
    if (repair.inserted > 0) pass_({repair.output_offset, behind(repair)});
    given_ += repair.inserted;
    skip_repair();
  }
  void tell(json::Repair repair, std::string_view inserted) {
    repair.removed = input_ - repair.offset;
    repair.inserted = inserted.size();
    repair.output_offset = given_;
    repair.before = json::excerpt(all_.input.substr(repair.offset, repair.removed));
    repair.after = json::excerpt(inserted);
    sink_.repaired(repair);
  }

  const RepairedText& all_;
  const std::function<void(Stretch)>& pass_;
  json::Sink& sink_;
  std::size_t told_ = 0;       ///< so many of the text's own repairs
  std::uint64_t at_ = 0;       ///< so much of the text is dealt with
  std::uint64_t written_ = 0;  ///< up to here the last of those repairs wrote it
  std::uint64_t input_ = 0;    ///< so much of the input
  std::uint64_t given_ = 0;
};

}  // namespace

void give_merged(const RepairedText& repaired, std::span<const TextEdit> edits,
                 const std::function<void(Stretch)>& pass, json::Sink& sink) {
  Merge merge(repaired, pass, sink);
  for (std::size_t i = 0; i < edits.size(); ++i)
    merge.edit(edits[i], i + 1 < edits.size() ? edits[i + 1].at : nowhere);
  merge.finish();
}

}  // namespace gird
