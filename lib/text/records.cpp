// Cutting a stream at the ends of records.
#include "text/records.hpp"

#include <algorithm>

namespace gird::text {

void Records::feed(std::string_view bytes) {
  while (end_ && !bytes.empty()) {
    const std::size_t end = bytes.find(*end_);
    if (end == bytes.npos) break;
    const std::string_view head = bytes.substr(0, end);
    if (part_.empty() && !cut_ && head.size() <= most_) {
      hand_out(head, true);
    } else {
      keep(head);
      hand_out(part_, true);
    }
    bytes.remove_prefix(end + 1);
  }
  keep(bytes);
}

void Records::finish() {
  if (!end_ || !part_.empty() || cut_) hand_out(part_, false);
}

void Records::keep(std::string_view bytes) {
  const std::size_t room = most_ - part_.size();
  cut_ = cut_ || bytes.size() > room;
  part_ += bytes.substr(0, std::min(room, bytes.size()));
}

void Records::hand_out(std::string_view text, bool ended) {
  take_({.text = text, .number = ++count_, .ended = ended, .cut = cut_});
  part_.clear();
  cut_ = false;
}

}  // namespace gird::text
