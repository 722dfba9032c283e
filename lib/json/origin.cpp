// The edits, by their place in the output.
#include "json/origin.hpp"

#include <algorithm>

namespace gird::json {

void Origin::add(const Repair& repair) {
  edits_.push_back({.output = repair.output_offset,
                    .inserted = repair.inserted,
                    .input = repair.offset,
                    .removed = repair.removed});
}

std::uint64_t Origin::of(std::uint64_t output) const {
  const auto behind = std::ranges::upper_bound(edits_, output, {}, &Edit::output);
  if (behind == edits_.begin()) return output;
  const Edit& edit = *(behind - 1);
  const std::uint64_t distance = output - edit.output;
  if (distance < edit.inserted) return edit.input + std::min(distance, edit.removed);
  return edit.input + edit.removed + (distance - edit.inserted);
}

void Origin::forget_before(std::uint64_t output) {
  // The last edit in front of the place is what the places behind it count from.
  while (edits_.size() > 1 && edits_[1].output <= output) edits_.pop_front();
}

}  // namespace gird::json
