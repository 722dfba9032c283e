// A part of a text, also where there is none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gird::detect {

/// At most `length` bytes from `at` on; none behind the end. Tokenizers look behind what they have
/// read, and must not have to ask each time whether there is anything.
constexpr std::string_view part(std::string_view text, std::size_t at,
                                std::size_t length = std::string_view::npos) {
  return text.substr(std::min(at, text.size()), length);
}

}  // namespace gird::detect
