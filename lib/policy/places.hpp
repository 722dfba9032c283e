// Places for calls at once.
#pragma once

#include <array>
#include <cstdint>

#include "policy/machine.hpp"

namespace gird::policy {

/// Which places are taken. A ticket names the place and how often it was taken or left before,
/// modulo 256: a caller whose lease ran out, and who ends all the same, does not give away the
/// place of the next one.
struct Places {
  static constexpr std::size_t size = 80;
  /// Tickets are from 1 up to here; 0 is none.
  static constexpr std::int64_t last_ticket = 32'768;

  std::array<std::uint8_t, size> turns = {};  ///< odd: taken

  [[nodiscard]] std::int64_t taken() const;
  [[nodiscard]] bool has(std::int64_t ticket) const;
  /// Takes a place, of which one must be free. The ticket.
  std::int64_t sit();
  /// Nothing where `ticket` has no place.
  void leave(std::int64_t ticket);

  template <class Self>
  static void each(Self& self, auto&& visit) {
    visit("places", self.turns);
  }
};

}  // namespace gird::policy
