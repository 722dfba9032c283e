// Packing and unpacking.
#include "shared/line_record.hpp"

namespace gird {

void LineRecord::add(What what, std::size_t from, std::size_t size) {
  size_ += sizeof(Step);
  steps_.push_back({what, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(size)});
}

void LineRecord::text(std::string_view bytes) {
  const auto at = reinterpret_cast<std::uintptr_t>(bytes.data());
  const auto begin = reinterpret_cast<std::uintptr_t>(lines_.data());
  if (at >= begin && at + bytes.size() <= begin + lines_.size()) {
    add(What::lines, at - begin, bytes.size());
    return;
  }
  add(What::own, own_.size(), bytes.size());
  own_ += bytes;
  size_ += bytes.size();
}

void LineRecord::repaired(const json::Repair& repair) {
  add(What::repair, 0, 0);
  repairs_.push_back({.offset = repair.offset,
                      .removed = repair.removed,
                      .inserted = repair.inserted,
                      .output_offset = repair.output_offset,
                      .texts = static_cast<std::uint32_t>(own_.size()),
                      .before = static_cast<std::uint16_t>(repair.before.size()),
                      .after = static_cast<std::uint16_t>(repair.after.size()),
                      .kind = repair.kind,
                      .confidence = repair.confidence});
  own_ += repair.before;
  own_ += repair.after;
  size_ += sizeof(PackedRepair) + repair.before.size() + repair.after.size();
}

void LineRecord::rejected(std::string_view line, const json::Refusal& refusal) {
  add(What::rejected, 0, 0);
  rejected_.push_back(
      {static_cast<std::size_t>(line.data() - lines_.data()), line.size(), refusal});
  size_ += sizeof(Rejected) + refusal.what.size();
}

void LineRecord::violated(const json::Violation& violation) {
  add(What::violation, 0, 0);
  violations_.push_back(violation);
  size_ += sizeof(json::Violation) + violation.instance.size() + violation.schema.size() +
           violation.message.size();
}

json::Repair LineRecord::unpacked(const PackedRepair& packed) const {
  return {.kind = packed.kind,
          .confidence = packed.confidence,
          .offset = packed.offset,
          .removed = packed.removed,
          .inserted = packed.inserted,
          .output_offset = packed.output_offset,
          .before = own_.substr(packed.texts, packed.before),
          .after = own_.substr(packed.texts + packed.before, packed.after)};
}

void LineRecord::replay(std::string_view lines, FittedLineSink& sink) const {
  auto repair = repairs_.begin();
  auto rejected = rejected_.begin();
  auto violation = violations_.begin();
  for (const Step& step : steps_) {
    switch (step.what) {
      case What::lines: sink.text(lines.substr(step.from, step.size)); break;
      case What::own: sink.text(std::string_view(own_).substr(step.from, step.size)); break;
      case What::repair: sink.repaired(unpacked(*repair++)); break;
      case What::rejected:
        sink.rejected(lines.substr(rejected->from, rejected->size), rejected->refusal);
        ++rejected;
        break;
      case What::violation: sink.violated(*violation++); break;
    }
  }
}

}  // namespace gird
