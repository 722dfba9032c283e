// The bytes inside a string: how far they are what RFC 8259 allows there.
#pragma once

#include <cstddef>
#include <string_view>

namespace gird::json {

/// How many bytes the one well-formed character of UTF-8 at the start of `bytes` has (1 to 4), or
/// 0: it is none (a surrogate, an overlong form, above U+10FFFF, a byte that begins nothing), or is
/// cut off by the end. Source: the Unicode standard, table 3-7.
std::size_t character_length(std::string_view bytes);

/// How many bytes an escape that RFC 8259 knows has at the start of `bytes`, which is a backslash:
/// 2 or 6. 0 when it is none or is cut off. Half of a surrogate pair is one: the grammar lets it
/// pass.
std::size_t escape_length(std::string_view bytes);

/// How many bytes from the start of `bytes` are plain: no quotation mark, backslash, control
/// character (below 0x20) nor byte beyond ASCII. 16 at a time where the processor can.
std::size_t plain_length(std::string_view bytes);

/// How many bytes from the start of `bytes` can stand inside a string of JSON as they are: up to
/// the quotation mark that ends it, the first byte that is not allowed, the first escape that is
/// not known, the first that is no UTF-8, or the end; never into the middle of an escape or a
/// character.
std::size_t body_length(std::string_view bytes);

}  // namespace gird::json
