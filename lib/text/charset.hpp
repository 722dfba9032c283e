// The characters that a text may be made of.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace gird::text {

/// A set of characters by its name.
struct Charset {
  std::string_view name;   ///< as in `--charset NAME`
  std::string_view about;  ///< which characters are in it
  bool (*has)(char32_t point);
};

/// All there are.
std::span<const Charset> charsets();

/// Null if there is none of that name.
const Charset* charset_named(std::string_view name);

/// The offset of the first byte of `text` that belongs to no character of the set; invalid UTF-8
/// belongs to none. Nothing if all do.
std::optional<std::size_t> first_outside(const Charset& set, std::string_view text);

}  // namespace gird::text
