// Tags and attributes, read as a browser reads them.
#pragma once

#include <string_view>

namespace gird::detect {

struct Attribute {
  std::string_view name;   ///< as written, with whatever junk the standard lets stand in a name
  std::string_view value;  ///< without its quotes, entities not decoded
  bool valued = false;     ///< a `=` follows the name
};

/// The attributes of a tag, from behind its name up to `>` or the end of the text. Blanks, form
/// feeds and slashes separate them, a quoted value runs to the next quote of its kind, and one that
/// is never closed to the end.
/// Source: WHATWG HTML, 13.2.5.32 to 13.2.5.39.
class Attributes {
 public:
  Attributes(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  /// False where the tag ends.
  bool next(Attribute& attribute);
  /// Behind the attribute that was read last; on the `>` after the last.
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  void read_name(Attribute& attribute);
  void read_value(Attribute& attribute);

  std::string_view text_;
  std::size_t at_;
};

/// What a tag is called: letters, digits and `:-_.`, from `at` on. An empty name is no tag.
std::string_view tag_name(std::string_view text, std::size_t at);

/// The letters of the event handler in an attribute's name, as "onload" in `\x0Bonload!#$`;
/// empty where there is none.
std::string_view handler_in(std::string_view name);

}  // namespace gird::detect
