// Bytes that are no UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace gird::json {

/// The size of what one U+FFFD stands for at the head of `bytes`, which are not empty: the longest
/// start of a well-formed character, or one byte. 0 where a whole character stands there. A
/// character that `bytes` cut off gives all of them: ask again where the text goes on behind.
/// Source: The Unicode Standard, version 15.0, section 3.9, tables 3-7 and 3-8.
std::size_t ill_formed_size(std::string_view bytes);

/// How many bytes from the head on are well-formed UTF-8. ASCII goes by 16 bytes at a time.
std::size_t well_formed_size(std::string_view bytes);

}  // namespace gird::json
