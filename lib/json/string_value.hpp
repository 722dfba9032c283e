// What a string of JSON says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/tape.hpp"

namespace gird::json {

/// `inside` (what stands between the quotes) without escapes, in UTF-8; half a surrogate pair
/// becomes the three bytes that encode it.
std::string unescaped(std::string_view inside);

/// The value of the string or key at `index`: a view of the text, or of `room` where it has
/// escapes.
std::string_view string_at(const Tape& tape, std::size_t index, std::string& room);

/// How many code points `text`, in UTF-8, has.
std::size_t code_points(std::string_view text);

}  // namespace gird::json
