// Numbers of any length, read as they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gird::json {

/// Reads one number of JSON in pieces. Source: RFC 8259, section 6.
class NumberReader {
 public:
  /// How many bytes at the start of `text` carry the number on.
  std::size_t take(std::string_view text);
  /// Whether what was taken is a number; if not, a digit makes it one.
  [[nodiscard]] bool complete() const;

 private:
  enum class State : std::uint8_t { start, minus, zero, whole, point, fraction, e, sign, exponent };

  [[nodiscard]] bool step(char c);
  bool become(State state) {
    state_ = state;
    return true;
  }

  State state_ = State::start;
};

}  // namespace gird::json
