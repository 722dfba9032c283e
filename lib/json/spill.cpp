// Memory first, then the spill.
#include "json/spill.hpp"

#include <algorithm>
#include <cstring>

namespace gird::json {

std::uint64_t Hoard::append(std::string_view bytes) {
  const std::uint64_t at = size_;
  if (!state_) return at;
  size_ += bytes.size();
  const std::string_view near = bytes.substr(0, budget_ - memory_.size());
  memory_ += near;
  bytes.remove_prefix(near.size());
  if (!bytes.empty()) state_ = spill_->append(bytes);
  return at;
}

std::string_view Hoard::read(std::uint64_t at, std::size_t most, std::string& buffer) {
  if (!state_) return {};
  most = std::min<std::uint64_t>(most, size_ - at);
  if (at < memory_.size()) return std::string_view(memory_).substr(at, most);
  buffer.resize(most);
  state_ = spill_->read(at - memory_.size(), buffer);
  if (!state_) return {};
  return buffer;
}

bool Hoard::read_all(std::uint64_t at, std::span<char> into) {
  std::string buffer;
  while (!into.empty()) {
    const std::string_view some = read(at, into.size(), buffer);
    if (some.empty()) return false;
    std::memcpy(into.data(), some.data(), some.size());
    into = into.subspan(some.size());
    at += some.size();
  }
  return true;
}

void Hoard::clear() {
  if (size_ > memory_.size() && state_) state_ = spill_->clear();
  memory_.clear();
  size_ = 0;
}

}  // namespace gird::json
