// JSON Pointer: the way to one value in a document.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace gird::json {

/// The keys and indices from the top down; none of them means the whole document.
struct Pointer {
  std::vector<std::string> steps;
};

/// Reads `/key/0/a~1b`. What is wrong with it otherwise, as a clause for people. Source: RFC 6901.
std::expected<Pointer, std::string_view> parse_pointer(std::string_view text);

}  // namespace gird::json
