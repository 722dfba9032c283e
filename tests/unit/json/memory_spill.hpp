// A spill in memory, for tests.
#pragma once

#include <algorithm>

#include "json/spill.hpp"

namespace gird::json::tests {

struct MemorySpill final : Spill {
  std::string bytes;
  std::uint64_t appended = 0;                              ///< bytes in all
  std::uint64_t full_at = static_cast<std::uint64_t>(-1);  ///< appended bytes at which it fails

  Result<void> append(std::string_view more) override {
    appended += more.size();
    if (appended > full_at) return system_error("spool-failed", "keep the text", 28);
    bytes += more;
    return {};
  }
  Result<void> read(std::uint64_t at, std::span<char> into) override {
    std::ranges::copy(bytes.substr(at, into.size()), into.begin());
    return {};
  }
  Result<void> clear() override {
    bytes.clear();
    return {};
  }
};

}  // namespace gird::json::tests
