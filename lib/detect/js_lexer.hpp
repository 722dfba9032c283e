// Places in a text that may be JavaScript, read forwards and backwards.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect::js {

/// The first place from `at` on that is neither blank nor in a comment. At most 64 bytes are
/// stepped over, so that a look around each byte of a text keeps the whole linear.
std::size_t skip_space(std::string_view text, std::size_t at);
std::size_t skip_space_back(std::string_view text, std::size_t at);

/// The name that starts at `at`, or ends there. Longer names than any of a table are cut.
std::string_view name_at(std::string_view text, std::size_t at);
std::string_view name_before(std::string_view text, std::size_t at);

/// What is called by the `(` or the backtick at `at`.
struct Callee {
  std::string_view name;      ///< the last part of what stands in front
  std::string_view receiver;  ///< what stands in front of its dot; empty if there is none
  bool member = false;        ///< there is a dot
  bool wrapped = false;       ///< in parentheses, as `(alert)(1)`
  std::size_t begin = 0;      ///< where it starts
};
Callee callee_before(std::string_view text, std::size_t at);

enum class Argument : std::uint8_t {
  none,     ///< `()`
  literal,  ///< a number, a pattern, a template, a text of one word
  message,  ///< a text of several words: what a program says to its user
  page,     ///< document, location, ...
  other,
};
/// What the first argument is, whose list opens at `at`.
Argument argument_at(std::string_view text, std::size_t at);

/// Is what stands in front of `begin` the end of a text or a statement that was broken out of: a
/// quote and an operator, as in `'-`, `";`, `'+`?
bool breaks_before(std::string_view text, std::size_t begin);

}  // namespace gird::detect::js
