// The tokenizers: each reads a text as its language would, and tells the signs that it saw.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "detect/marks.hpp"
#include "detect/sign.hpp"

namespace gird::detect {

/// Takes any bytes, in time linear in their number and without allocation by their number.
using Look = void (*)(std::string_view text, Signs& signs);

/// What an escape of source code in front of a sign makes of it, `\x1b[31m` say.
enum class Escapes : std::uint8_t {
  count,      ///< nothing: whoever reads the text may read escapes
  of_source,  ///< no sign: it is about bytes, and code without those bytes is honest
};

struct Family {
  std::string_view name;  ///< the first part of the names of its signs
  Look look;
  /// A text that lacks all the bytes of one of these has no sign of the family.
  std::array<Marks, 2> needs = {Marks::all(), Marks::all()};
  /// Two bytes each: a text without any of them has no sign of the family. A small letter is a
  /// capital too. None: there is no need for a pair.
  std::string_view pairs = {};
  Escapes escapes = Escapes::count;
};

/// All there are.
std::span<const Family> families();

}  // namespace gird::detect
