// The bytes of a cell's file, and what is to be made of them.
#pragma once

#include <optional>

#include "store/look.hpp"
#include "store/slot.hpp"

namespace gird::store {

/// A line of the journal. It is known to be line number N by its checksum.
struct Line {
  std::uint32_t check = 0;
  std::uint32_t time_low = 0;  ///< milliseconds since 1970
  std::uint16_t time_high = 0;
  std::uint8_t event = 0;
  std::uint8_t cause = 0;
  std::array<std::uint32_t, 2> value = {};  ///< of a double
};

/// What every version of the file begins with.
struct Header {
  std::array<char, 4> magic = {'g', 'c', 'e', 'l'};
  std::uint32_t format = 1;  ///< another byte order makes it a large number, and so a newer one
  std::uint32_t check = 0;   ///< of the two above
  /// When somebody last had to say that the lock had not been had for long, as `waiting_since` has
  /// it. Written without the lock, and no part of what the cell means.
  std::uint32_t waiting = 0;

  [[nodiscard]] bool valid() const;
};

/// Milliseconds of CLOCK_BOOTTIME, without those beyond 49 days.
constexpr std::uint32_t waiting_since(policy::Micros running) {
  return static_cast<std::uint32_t>(running / 1000);
}

/// Whether somebody said so just now, and is to be let in.
constexpr bool somebody_waits(const Header& header, policy::Micros running) {
  return waiting_since(running) - header.waiting < 10;
}

/// The file. A step writes the slot that is not the newest, so that a write that was cut short
/// leaves the other. The journal is a ring: line N is at N modulo its size.
struct Block {
  Header header;
  std::array<Slot, 2> slots;
  std::array<Line, most_entries> journal;
};
static_assert(sizeof(Header) == 16 && sizeof(Line) == 20 && sizeof(Block) == 4096);
static_assert(std::is_trivially_copyable_v<Block>);

enum class Condition {
  good,
  empty,  ///< being made: nobody has written a slot yet
  newer,  ///< written by a newer version, and not ours to touch
  older,  ///< written by an older version, in words that have another meaning now
  damaged,
};

/// What a file is, and which of its slots is the newest; that has a meaning where it is good.
struct Finding {
  Condition condition = Condition::damaged;
  std::size_t newest = 0;
};
Finding examine(const Kind& kind, const Block& block);

/// A header as this version writes it.
Header sealed_header();

/// Puts the slot's size and checksum in.
void seal(const Kind& kind, Slot& slot);

Line line_of(std::uint64_t number, const Entry& entry);
/// Nothing where the bytes are not those of line `number`.
std::optional<Entry> entry_of(std::uint64_t number, const Line& line);

/// The journal that `slot` knows, oldest first.
std::vector<Entry> entries(const Block& block, const Slot& slot);

}  // namespace gird::store
