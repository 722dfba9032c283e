// The control functions of a terminal, one by one.
#pragma once

#include <cstdint>
#include <string_view>

#include "detect/sign.hpp"

namespace gird::detect {

struct Sequence {
  enum class Kind : std::uint8_t {
    none,     ///< printable, or broken off
    control,  ///< one byte of C0 (or DEL), in `final`
    escape,   ///< ESC, `between`, `final`
    csi,      ///< `parameters`, `between`, `final`
    osc,      ///< `text`
    dcs,      ///< `parameters`, `between`, `final`, `text`
    unshown,  ///< APC, PM or SOS: `text`
  };
  Kind kind = Kind::none;
  char final = '\0';
  std::string_view parameters = {};  ///< with `?`, `>` and the like at their head
  std::string_view between = {};
  std::string_view text =
      {};  ///< of a string, to its terminator, to what cancels it, or to the end
  Span where = {};
};

/// The control function that starts at `at`, or none: then `where` is what was passed. Tabs, line
/// ends and form feeds are none; a carriage return is one inside of a line.
Sequence sequence_at(std::string_view text, std::size_t at);

}  // namespace gird::detect
