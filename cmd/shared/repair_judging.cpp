// Keeping and telling.
#include "shared/repair_judging.hpp"

namespace gird {
namespace {

json::Refusal already_there(const json::Repair& key) {
  return {.why = json::Refusal::Why::forbidden,
          .offset = key.offset,
          .what = std::string(json::facts_of(key.kind).what),
          .kind = key.kind};
}

}  // namespace

void Outlet::put(std::string_view bytes) {
  constexpr std::size_t room = 64 << 10;
  buffer_ += bytes;
  if (buffer_.size() >= room) flush();
}

void Outlet::flush() {
  if (fault == 0 && !buffer_.empty()) fault = sys::write_all(1, buffer_);
  buffer_.clear();
}

Judging::Judging(std::string_view file, const RepairTask& task, const TextInput& input,
                 const RepairListeners& listeners)
    : draft(input.lasting() ? input.number() : -1),
      where(input),
      file_(file),
      task_(task),
      input_(input),
      listeners_(listeners) {}

void Judging::pass(std::string_view piece, std::uint64_t offset) {
  piece_ = piece;
  piece_at_ = input_.start() + offset;
  where.pass(piece);
  task_.progress->show(file_, offset + piece.size(), input_.size());
}

void Judging::settle() {
  piece_ = {};
  where.settle();
}

void Judging::text(std::string_view bytes) {
  if (!task_.output) return;
  if (task_.follow) {
    outlet.put(bytes);
    return;
  }
  if (!input_.lasting()) {
    draft.bytes(bytes);
    return;
  }
  // Up to the first repair the output is the input. Later what the repairer hands on of the piece
  // that it was given is in the file, too, and need not be kept: its address says where.
  if (!told_ && task_.shape.keeps()) {
    draft.range(input_.start() + draft.size(), bytes.size());
    return;
  }
  const auto at = reinterpret_cast<std::uintptr_t>(bytes.data());
  const auto begin = reinterpret_cast<std::uintptr_t>(piece_.data());
  if (at >= begin && at + bytes.size() <= begin + piece_.size()) {
    draft.range(piece_at_ + (at - begin), bytes.size());
  } else {
    draft.bytes(bytes);
  }
}

void Judging::repaired(const json::Repair& repair) {
  if (repair.kind == json::Kind::duplicate_key &&
      task_.shape.content.duplicate == json::Duplicate::error) {
    // One is enough to refuse the file.
    if (exit == yes) refused(already_there(repair));
    return;
  }
  counts.add(repair);
  told_ = told_ || !is_note(repair);
  for (const auto& listener : listeners_) {
    if (listener->wants(repair)) listener->repaired(located(repair));
  }
}

Located Judging::located(const json::Repair& repair) {
  const json::Spot at = where.place_of(repair.offset);
  const std::uint64_t removed =
      input_.transcoded() ? where.place_of(repair.offset + repair.removed).offset - at.offset
                          : repair.removed;
  return {file_, at, removed, repair, where};
}

void Judging::several() {
  if (task_.settings.sequence != json::Sequence::array) return;
  told_ = true;
  draft.front("[\n");
}

void Judging::completed(std::size_t) {
  if (task_.follow) outlet.flush();
}

void Judging::rejected(const json::Refusal& refusal) {
  told_ = true;
  ++counts.rejected;
  const Refused told{file_, where.place_of(refusal.offset), refusal, where};
  for (const auto& listener : listeners_) listener->rejected(told);
}

void Judging::refused(const json::Refusal& refusal) {
  const Refused told{file_, where.place_of(refusal.offset), refusal, where};
  for (const auto& listener : listeners_) listener->refused(told);
  exit = error_of(told).fault == Fault::input ? no : unable;
}

void Judging::violated(const json::Violation& violation, Where& at) {
  ++counts.violations;
  const Violated told{file_, at.place_of(violation.offset), violation, at};
  for (const auto& listener : listeners_) listener->violated(told);
  exit = no;
}

}  // namespace gird
