// Records read one after the other.
#include "json/sorted_runs.hpp"

#include <utility>

namespace gird::json {

bool RunReader::next() {
  from_ += std::exchange(size_, 0);
  if (!fill(sizeof(std::uint32_t))) return false;
  const std::uint32_t size = record_size(window_.data() + from_);
  if (!fill(size)) return false;
  size_ = size;
  return true;
}

bool RunReader::fill(std::size_t size) {
  static constexpr std::size_t ahead = 4096;
  if (window_.size() - from_ >= size) return true;
  window_.erase(0, from_);
  from_ = 0;
  std::string buffer;
  while (window_.size() < size) {
    const std::size_t most = std::min<std::uint64_t>(std::max(ahead, size), run_.size);
    const std::string_view some = most == 0 ? "" : hoard_->read(run_.at, most, buffer);
    if (some.empty()) return false;
    window_ += some;
    run_.at += some.size();
    run_.size -= some.size();
  }
  return true;
}

}  // namespace gird::json
