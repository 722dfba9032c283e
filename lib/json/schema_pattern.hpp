// Patterns of schemas: ECMA-262 written for RE2.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace gird::json {

/// `pattern`, an ECMA-262 expression in Unicode mode, as RE2 writes it; or why RE2 has no such
/// thing (look-around, back references, an escape that means nothing). Source: ECMA-262,
/// section 22.2.
std::expected<std::string, std::string> re2_pattern(std::string_view pattern);

class SchemaPattern {
 public:
  /// An error says what is wrong with the pattern.
  static std::expected<SchemaPattern, std::string> compile(std::string_view pattern);
  SchemaPattern(SchemaPattern&&) noexcept;
  SchemaPattern& operator=(SchemaPattern&&) noexcept;
  ~SchemaPattern();

  /// Anywhere in `text`, which is UTF-8. May be asked from several threads.
  [[nodiscard]] bool found_in(std::string_view text) const;
  /// As the schema has it.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  SchemaPattern(std::string text, std::unique_ptr<re2::RE2> compiled);

  std::string text_;
  std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace gird::json
