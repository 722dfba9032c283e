// What a text must be before it is taken at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/charset.hpp"
#include "text/value_type.hpp"

namespace gird::text {

/// The length that is taken where nothing else is said, in characters.
inline constexpr std::uint64_t usual_length = 10'000;

/// Requirements that a text fulfils or breaks. What is empty requires nothing.
struct Requirements {
  std::optional<std::uint64_t> least_length;  ///< in characters; an invalid byte counts as one
  std::optional<std::uint64_t> most_length;
  std::optional<std::uint64_t> most_bytes;
  const Charset* charset = nullptr;
  const ValueType* type = nullptr;
};

/// The first requirement that a text breaks.
struct Breach {
  std::string_view requirement;  ///< "type", "charset", "min-length", "max-length" or "max-bytes"
  std::string why;
};

/// Nothing if `text` fulfils all of them.
std::optional<Breach> breach_of(const Requirements& required, std::string_view text);

}  // namespace gird::text
