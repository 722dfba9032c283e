// Numbers of bytes as people write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gird {

/// A number of bytes.
struct Size {
  std::int64_t bytes = 0;
  friend auto operator<=>(const Size&, const Size&) = default;
};

/// Reads "65536", "64K", "64KiB" (powers of 1024), "64KB" (powers of 1000), up to T, "1.5M". The
/// letters may be small.
/// Fault::usage, value-size: no number, unknown unit, 2^63 or more.
Result<void> from_text(std::string_view text, Size& size);

/// "64MiB", "1000": the shortest exact text, which reads back as the same size.
std::string to_text(const Size& size);

}  // namespace gird
