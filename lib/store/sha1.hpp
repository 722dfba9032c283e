// The digest by which Redis knows a script.
#pragma once

#include <string>
#include <string_view>

namespace gird::store {

/// SHA-1 of `text` as 40 hexadecimal digits. A name for a text, and no protection against anybody.
/// Source: RFC 3174.
std::string sha1(std::string_view text);

}  // namespace gird::store
