// The tokenizers: each reads a text as its language would, and tells the signs that it saw.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "detect/marks.hpp"
#include "detect/sign.hpp"

namespace gird::detect {

/// Takes any bytes, in time linear in their number and without allocation by their number.
using Look = void (*)(std::string_view text, Signs& signs);

struct Family {
  std::string_view name;  ///< the first part of the names of its signs
  Look look;
  /// A text that lacks all the bytes of one of these has no sign of the family.
  std::array<Marks, 2> needs = {Marks::all(), Marks::all()};
};

/// All there are.
std::span<const Family> families();

}  // namespace gird::detect
