// Judging and making the bytes of cells.
#include "store/block.hpp"

#include <algorithm>
#include <bit>

#include "store/checksum.hpp"

namespace gird::store {
namespace {

template <class T>
std::span<const std::byte> bytes_of(const T& object, std::size_t from, std::size_t size) {
  return std::as_bytes(std::span(&object, 1)).subspan(from, size - from);
}

/// A cell that was moved into the folder of another machine is not taken for one of its own.
std::uint64_t seed_of(const Kind& kind) { return checksum(std::as_bytes(std::span(kind.name)), 0); }

constexpr std::size_t least_size = offsetof(Slot, numbers);

bool is_whole(const Kind& kind, const Slot& slot) {
  if (slot.size < least_size || slot.size > sizeof(Slot)) return false;
  return slot.check == checksum(bytes_of(slot, sizeof slot.check, slot.size), seed_of(kind));
}

/// A checksum can be forged; what would send us out of bounds or leave no time to come cannot.
bool is_plausible(const Kind& kind, const Slot& slot) {
  constexpr policy::Micros latest = policy::Micros{1} << 52U;
  return slot.seats <= kind.most_holders && slot.size == slot.size_for(kind) && slot.now > 0 &&
         slot.now <= latest && slot.sequence > 0 && slot.sequence < UINT64_MAX / 2;
}

bool is_zero(std::span<const std::byte> bytes) {
  return std::ranges::all_of(bytes, [](std::byte each) { return each == std::byte{}; });
}

bool is_empty(const Block& block) {
  const bool begun =
      block.header.valid() || is_zero(bytes_of(block.header, 0, offsetof(Header, waiting)));
  return begun && is_zero(bytes_of(block.slots, 0, sizeof block.slots));
}

std::uint32_t check_of(const Header& header) {
  return static_cast<std::uint32_t>(checksum(bytes_of(header, 0, offsetof(Header, check)), 0));
}

std::uint32_t check_of(std::uint64_t number, const Line& line) {
  return static_cast<std::uint32_t>(
      checksum(bytes_of(line, sizeof line.check, sizeof line), number));
}

}  // namespace

bool Header::valid() const { return magic == Header().magic && check == check_of(*this); }

Header sealed_header() {
  Header header;
  header.check = check_of(header);
  return header;
}

void seal(const Kind& kind, Slot& slot) {
  slot.size = static_cast<std::uint16_t>(slot.size_for(kind));
  slot.check = checksum(bytes_of(slot, sizeof slot.check, slot.size), seed_of(kind));
}

Finding examine(const Kind& kind, const Block& block) {
  // A damaged header is mended by the next step when there is a good slot.
  if (block.header.valid() && block.header.format > Header().format) return {Condition::newer};
  const std::size_t later = block.slots[1].sequence > block.slots[0].sequence ? 1 : 0;
  for (const std::size_t each : {later, 1 - later}) {
    const Slot& slot = block.slots[each];
    if (!is_whole(kind, slot)) continue;
    if (slot.version > kind.version) return {Condition::newer, each};
    if (slot.version < kind.version) return {Condition::older, each};
    return {is_plausible(kind, slot) ? Condition::good : Condition::damaged, each};
  }
  return {is_empty(block) ? Condition::empty : Condition::damaged};
}

Line line_of(std::uint64_t number, const Entry& entry) {
  const auto time = static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(entry.time.time_since_epoch()).count());
  Line line;
  line.time_low = static_cast<std::uint32_t>(time);
  line.time_high = static_cast<std::uint16_t>(time >> 32U);
  line.event = static_cast<std::uint8_t>(entry.note.event);
  line.cause = static_cast<std::uint8_t>(entry.note.cause);
  line.value = std::bit_cast<std::array<std::uint32_t, 2>>(entry.note.value);
  line.check = check_of(number, line);
  return line;
}

std::optional<Entry> entry_of(std::uint64_t number, const Line& line) {
  if (line.check != check_of(number, line)) return std::nullopt;
  const std::int64_t time = std::int64_t{line.time_high} << 32U | line.time_low;
  return Entry{Time(std::chrono::milliseconds(time)),
               {static_cast<policy::Event>(line.event), static_cast<policy::Cause>(line.cause),
                std::bit_cast<double>(line.value)}};
}

std::vector<Entry> entries(const Block& block, const Slot& slot) {
  std::vector<Entry> all;
  for (std::uint64_t left = std::min<std::uint64_t>(slot.journal, most_entries); left > 0; --left) {
    const std::uint64_t number = slot.journal - left;
    const auto entry = entry_of(number, block.journal[number % most_entries]);
    if (entry) all.push_back(*entry);
  }
  return all;
}

}  // namespace gird::store
