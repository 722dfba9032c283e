// One dot, separator or other byte of a path, however a decoder was told to find it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gird::detect {

enum class PathUnit : std::uint8_t {
  dot,
  separator,
  wild,     ///< `?`, which the Windows file search takes for any byte, a dot as well
  nothing,  ///< a byte that a decoder drops: a control, a `%` without digits
  nul,      ///< the end of a C string
  other,
};

struct PathSpelling {
  PathUnit unit = PathUnit::other;
  char byte = 0;           ///< what it means, in lower case; `/` for every separator
  std::size_t length = 1;  ///< bytes of the text, at least 1
  bool hidden = false;     ///< it is not written as the byte itself
  bool broken = false;     ///< only a decoder that does not check its input reads it so
};

/// Reads the unit at `at`, which is before the end of `text`. Known are percent encoding, nested
/// to any depth and of its own digits (`%252e`, `%%32%65`), `%u002e`, `0x2e`, UTF-8 of two to six
/// bytes where one would do (`%c0%ae`, raw bytes as well), the look-alikes that code pages fit to
/// ASCII (U+FF0E, U+2215), and the digits behind `f` that an unchecked hexadecimal reader adds up
/// to the same bytes (`%c0%9v` is C0 AF).
PathSpelling read_path_unit(std::string_view text, std::size_t at);

}  // namespace gird::detect
