// Cutting at line feeds.
#include "shared/line_blocks.hpp"

#include <algorithm>

namespace gird {

/// Where the next block ends; `npos` when more has to be read first.
std::size_t LineBlocks::end_of_lines(std::size_t most) const {
  const std::size_t end = std::min(pending_.size(), at_ + most);
  if (end > std::max(at_, looked_)) {
    const std::size_t last = pending_.rfind('\n', end - 1);
    if (last != std::string::npos && last >= at_) return last + 1;
  }
  const std::size_t first = pending_.find('\n', std::max(end, looked_));
  if (first != std::string::npos) return first + 1;
  return ended_ ? pending_.size() : std::string::npos;
}

Result<void> LineBlocks::more() {
  pending_.erase(0, at_);
  at_ = 0;
  looked_ = pending_.size();
  if (looked_ > longest_line) {
    return std::unexpected(Error{Fault::system,
                                 "json-line-limit",
                                 "read the line at byte " + std::to_string(taken_),
                                 "it is longer than " + std::to_string(longest_line >> 20) + " MiB",
                                 {"--sequence auto"}});
  }
  const std::string_view piece = TRY(input_.next());
  ended_ = piece.empty();
  pending_ += piece;
  return {};
}

/// The pending bytes up to `end`.
std::string LineBlocks::taken(std::size_t end) {
  std::string bytes;
  if (at_ > 0 || end < pending_.size() / 2) {
    bytes = pending_.substr(at_, end - at_);
    at_ = looked_ = end;
  } else {
    // The rest is shorter to copy.
    bytes = std::move(pending_);
    pending_ = bytes.substr(end);
    bytes.resize(end);
    looked_ = 0;
  }
  return bytes;
}

Result<bool> LineBlocks::next(LineBlock& block, std::size_t most) {
  std::size_t end = end_of_lines(most);
  while (end == std::string::npos) {
    TRY(more());
    end = end_of_lines(most);
  }
  block = {taken(end), taken_, blocks_};
  if (block.bytes.empty()) return false;
  taken_ += block.bytes.size();
  ++blocks_;
  return true;
}

}  // namespace gird
