// Regular expressions over bytes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace re2 {
class RE2;
}

namespace gird::text {

/// A compiled RE2 pattern. Bytes are bytes: text need not be UTF-8. Time is linear in the text.
class Pattern {
 public:
  /// Fault::usage, value-pattern; the message shows the pattern with the place of the mistake.
  static Result<Pattern> compile(std::string_view pattern);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  [[nodiscard]] bool found_in(std::string_view line) const;
  /// The leftmost place where it is found: a part of `line`.
  [[nodiscard]] std::optional<std::string_view> first_in(std::string_view line) const;
  /// What the first group caught, where the pattern is found.
  [[nodiscard]] std::optional<std::string> caught_in(std::string_view line) const;
  /// How many (groups) the pattern has.
  [[nodiscard]] int groups() const;
  [[nodiscard]] const std::string& text() const;

 private:
  explicit Pattern(std::unique_ptr<re2::RE2> compiled);
  std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace gird::text
