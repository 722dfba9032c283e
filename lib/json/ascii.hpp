// Text in which every character is ASCII.
#pragma once

#include <string>

#include "json/stage.hpp"

namespace gird::json {

/// Writes each character that is not ASCII as \uXXXX, those beyond U+FFFF as a surrogate pair; the
/// rest is given byte for byte. Stands before or behind any layout. (In valid JSON such characters
/// are in strings only.) Source: RFC 8259, section 7.
class Ascii final : public Stage {
 public:
  using Stage::Stage;

  void text(std::string_view bytes) override;

 private:
  std::string cut_;  ///< the beginning of a character that the end of a piece cut off
};

}  // namespace gird::json
