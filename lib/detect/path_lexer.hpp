// A path, read segment by segment: how far it climbs, how it is spelled, and what it names.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "detect/bytes.hpp"
#include "detect/sign.hpp"

namespace gird::detect {

/// The last named segments of a path, in lower case, each behind a `/`.
class PathNames {
 public:
  void add(char c) {
    if (size_ == bytes_.size()) forget();
    bytes_.at(size_++) = c;
  }
  void drop_last();
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  void forget();

  std::array<char, 192> bytes_{};
  std::size_t size_ = 0;
};

struct Path {
  Span where;
  std::size_t ups = 0;          ///< segments that go up, in any spelling
  std::size_t hidden_ups = 0;   ///< of these: spelled with encoded bytes
  std::size_t mangled = 0;      ///< of these: `..;`, `....` and what else is `..` after a filter
  std::size_t wild = 0;         ///< segments like `.?`
  std::size_t currents = 0;     ///< `.` segments
  std::size_t empties = 0;      ///< `//`
  std::size_t named = 0;        ///< segments with a name
  std::size_t named_first = 0;  ///< named segments before the first that goes up
  std::size_t above = 0;        ///< how far above its start it gets
  std::size_t last_up = 0;      ///< where the last segment that goes up ends
  std::size_t longest = 0;      ///< bytes of the longest name
  bool absolute = false;        ///< starts with a separator
  bool slash = false;
  bool backslash = false;
  bool hidden_separator = false;
  bool broken = false;     ///< a spelling that only an unchecking decoder reads
  bool parameter = false;  ///< a `..;` is among its segments
  bool cut = false;        ///< a NUL ends it before its last byte
  PathNames names;
};

/// Whether a path ends before this byte: blanks, quotes, brackets and what separates parameters.
constexpr bool ends_path(char c) {
  constexpr ByteSet ends(" \t\n\v\f\r\"'`<>|()[]{}=&,");
  return ends.has(c);
}

/// The path that starts at `at` and goes on to a byte that ends it.
Path read_path(std::string_view text, std::size_t at);

}  // namespace gird::detect
