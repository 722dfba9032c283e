// From so many to so many.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gird {

struct CountRange {
  std::int64_t least = 0;  ///< 1 or more
  std::int64_t most = 0;   ///< not below `least`
  friend bool operator==(const CountRange&, const CountRange&) = default;
};

/// Reads "10..120", each at most a billion. Fault::usage, value-range.
Result<void> from_text(std::string_view text, CountRange& range);
std::string to_text(const CountRange& range);

}  // namespace gird
