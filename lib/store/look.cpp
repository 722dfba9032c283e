// Copies of what a cell holds.
#include "store/look.hpp"

namespace gird::store {
namespace {

std::vector<std::byte> copied(const void* from, std::size_t size) {
  const auto* bytes = static_cast<const std::byte*>(from);
  return {bytes, bytes + size};
}

}  // namespace

RawLook look_at(const Kind& kind, Slot& slot, Places& places) {
  RawLook look;
  look.config = copied(slot.config(), kind.config_size);
  look.state = copied(slot.state(kind), kind.state_size);
  const Seat* table = slot.table(kind);
  for (std::size_t place = 0; place < slot.seats; ++place) {
    if (table[place].pid == 0 || !places.occupied(place)) continue;
    look.holders.push_back({table[place].ticket, table[place].pid, {}});
  }
  return look;
}

}  // namespace gird::store
