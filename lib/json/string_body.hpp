// The inside of a string, made such as JSON has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/editor.hpp"
#include "json/quote.hpp"

namespace gird::json {

/// What stands behind the bytes of a body.
enum class BodyEnd : std::uint8_t {
  string,  ///< something else
  input,   ///< nothing: an escape that is not whole goes
  piece,   ///< more of the string: an escape may go on there
};

struct BodyRules {
  QuoteStyle style = QuoteStyle::straight;
  bool escaped = false;  ///< one level of backslashes is taken off
  BodyEnd end = BodyEnd::string;
};

/// Passes `size` bytes of a string, with repairs where JSON does not allow them. Goes on behind
/// `size` where it is a piece and ends in an escape. Returns how many bytes were used.
std::size_t write_body(Editor& editor, std::size_t size, const BodyRules& rules);

/// Whether the bytes need no repair.
bool plain_body(std::string_view bytes);

}  // namespace gird::json
