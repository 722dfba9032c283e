// Shares of a whole, as options take them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gird {

/// A part of a whole, 0 to 1.
struct Share {
  double part = 0;
  friend bool operator==(const Share&, const Share&) = default;
};

/// Reads "50%", "12.5%" or a ratio, "0.5". Fault::usage, value-share: over 100 %, negative, "50".
Result<void> from_text(std::string_view text, Share& share);

/// In percent: "50%".
std::string to_text(const Share& share);

}  // namespace gird
