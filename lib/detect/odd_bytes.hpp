// Where a text leaves printable ASCII: most do nowhere, and that is to be seen fast.
#pragma once

#include <cstddef>
#include <string_view>

namespace gird::detect {

/// Where the first byte from `at` on is that is above ASCII. The size of `text` if there is none.
std::size_t next_wide(std::string_view text, std::size_t at);

/// The same, or a control: below 0x20 but no tab, or 0x7f.
std::size_t next_odd(std::string_view text, std::size_t at);

}  // namespace gird::detect
