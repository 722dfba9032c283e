// The parts of path_signs, one a file.
#pragma once

#include <string_view>

#include "detect/path_lexer.hpp"
#include "detect/sign.hpp"

namespace gird::detect {

/// Where a word stands in its text.
struct Place {
  bool whole = false;      ///< the text is this word, but for quotes and blanks
  bool parameter = false;  ///< behind a `=`, or the value of a member of JSON
  [[nodiscard]] bool value() const { return whole || parameter; }
};

Place place_of(std::string_view text, const Span& word);

/// `path/device` (`\\.\`, `\\?\`), `path/admin-share`, `path/share`, `path/stream` (`::$DATA`),
/// `path/reserved` (NUL, COM1), `path/short-name` (`PROGRA~1`), `path/trailing` (`x.php....`).
void windows_path_signs(std::string_view text, const Path& path, const Place& place, Signs& signs);

/// Schemes that a file function follows, at each `:` of the text: `path/php-stream`,
/// `path/wrapper`, `path/wrapper-mention`, `path/data-url`, `path/file-url`, `path/file-plain`,
/// `path/file-secret`, `path/java-url`, `path/remote-include`.
void wrapper_signs(std::string_view text, Signs& signs);

}  // namespace gird::detect
