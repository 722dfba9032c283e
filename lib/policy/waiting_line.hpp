// The line of those who wait for a place.
#pragma once

#include <array>
#include <cstdint>

#include "policy/machine.hpp"

namespace gird::policy {

/// Who waits, in order of arrival. A ticket is a number in the line. Numbers go round after a
/// million; those in use span at most `longest_line`.
struct WaitingLine {
  static constexpr std::int64_t first_ticket = 65'536;  ///< of number 0
  static constexpr std::int64_t numbers = 1'048'576;
  static constexpr std::int64_t longest_line = 256;
  static constexpr std::size_t words = 8;

  std::uint32_t head = 0;  ///< the number that is next
  std::uint16_t span = 0;  ///< numbers from the head to the last one, with those who left between
  std::array<std::uint32_t, words> waiting = {};  ///< a bit for each number modulo longest_line

  [[nodiscard]] bool has(std::int64_t ticket) const;      ///< does `ticket` wait?
  [[nodiscard]] bool is_next(std::int64_t ticket) const;  ///< and first of all?
  [[nodiscard]] std::int64_t length() const;              ///< of those who wait
  [[nodiscard]] bool is_full() const { return span >= longest_line; }
  /// Whoever comes now is the last; not when it is full. The ticket.
  std::int64_t join();
  void leave(std::int64_t ticket);

  /// Makes any numbers ones that can be: a line that cannot is empty.
  void mend();

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("head", self.head);
    visit("span", self.span);
    visit("waiting", self.waiting);
  }
};

}  // namespace gird::policy
