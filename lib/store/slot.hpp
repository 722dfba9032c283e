// A cell's content: what a file has two of, and memory one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "store/cell_clock.hpp"
#include "store/kind.hpp"

namespace gird::store {

/// Who has a hold, at its place in the table.
struct Seat {
  std::uint32_t pid = 0;  ///< 0: nobody
  std::uint32_t ticket = 0;
};

/// Numbers in the order in which the file has them. Config, state and seats follow each other.
struct Slot {
  std::uint64_t check = 0;     ///< of all that follows
  std::uint64_t sequence = 0;  ///< counted up at every step; 0: nothing was written yet
  std::uint32_t version = 0;   ///< Kind::version
  std::uint16_t size = 0;      ///< bytes in use, this head included
  std::uint16_t seats = 0;     ///< entries of the table, those of nobody between them included
  Moment written;
  policy::Micros now = 0;     ///< the same on the cell's clock
  std::uint64_t journal = 0;  ///< lines ever written to the journal
  alignas(8) std::array<std::byte, most_numbers> numbers = {};

  [[nodiscard]] void* config() { return numbers.data(); }
  [[nodiscard]] void* state(const Kind& kind) { return &numbers[in_words(kind.config_size)]; }
  [[nodiscard]] Seat* table(const Kind& kind) {
    // Seats are plain numbers, and the bytes are aligned for them.
    return reinterpret_cast<Seat*>(
        &numbers[in_words(kind.config_size) + in_words(kind.state_size)]);
  }
  /// How many bytes of it a cell of `kind` uses.
  [[nodiscard]] std::size_t size_for(const Kind& kind) const {
    return offsetof(Slot, numbers) + in_words(kind.config_size) + in_words(kind.state_size) +
           sizeof(Seat) * seats;
  }
};
static_assert(sizeof(Slot) == 1400 && std::is_trivially_copyable_v<Slot>);

/// The content of a cell nobody has used, but for its times.
Slot fresh_slot(const Kind& kind);

}  // namespace gird::store
