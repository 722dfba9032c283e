// Names that people give to shared state.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gird {

/// The longest name, in bytes.
inline constexpr std::size_t longest_name = 128;

/// A name as it may be typed: 1 to 128 bytes of A-Z a-z 0-9 . _ : @ -, the first neither `.` nor
/// `-`, so that it is a file's name, an option's value and a word of a shell as it is.
struct Name {
  std::string text;
  friend bool operator==(const Name&, const Name&) = default;
};

/// Fault::usage, value-name.
Result<void> from_text(std::string_view text, Name& name);
inline std::string to_text(const Name& name) { return name.text; }

/// The name nearest to any `text`: bytes that may not stand in one become `_`; what is too long is
/// cut, and a hash of the whole text keeps it apart from its like.
Name name_made_of(std::string_view text);

}  // namespace gird
