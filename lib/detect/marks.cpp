#include "detect/marks.hpp"

#include <array>

namespace gird::detect {

Marks Marks::of(std::string_view text) {
  static constexpr auto bits = [] {
    std::array<std::uint64_t, 256> table{};
    for (unsigned byte = 0; byte < 256; ++byte) table.at(byte) = bit_of(byte);
    return table;
  }();
  Marks marks;
  for (const char c : text) marks.bits_ |= bits[static_cast<unsigned char>(c)];
  return marks;
}

}  // namespace gird::detect
