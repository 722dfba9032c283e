// A text in its parts.
#pragma once

#include <string_view>
#include <vector>

namespace gird::text {

/// The parts of `text` between `mark`s: one more than there are marks, and empty ones too.
inline std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t end = text.find(mark); end != std::string_view::npos;
       end = text.find(mark, start)) {
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  parts.push_back(text.substr(start));
  return parts;
}

}  // namespace gird::text
