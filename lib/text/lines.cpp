// Cutting a stream into lines.
#include "text/lines.hpp"

#include <algorithm>

namespace gird::text {

void Lines::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    if (part_.empty() && newline < longest) {
      take_(bytes.substr(0, newline));
      bytes.remove_prefix(newline + 1);
      continue;
    }
    const std::size_t room = longest - part_.size();
    const std::size_t count = std::min({newline, room, bytes.size()});
    part_ += bytes.substr(0, count);
    bytes.remove_prefix(count);
    if (count == newline) {
      bytes.remove_prefix(1);
      take_(part_);
      part_.clear();
    } else if (part_.size() == longest) {
      take_(part_);
      part_.erase(0, longest - overlap);
    }
  }
}

void Lines::end() {
  if (!part_.empty()) take_(part_);
  part_.clear();
}

}  // namespace gird::text
