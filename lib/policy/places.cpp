// Places: a counter for each, odd while it is taken.
#include "policy/places.hpp"

#include <algorithm>

namespace gird::policy {
namespace {

constexpr std::int64_t places_in_ticket = 128;

bool is_taken(std::uint8_t turns) { return turns % 2 == 1; }

}  // namespace

std::int64_t Places::taken() const { return std::ranges::count_if(turns, is_taken); }

bool Places::has(std::int64_t ticket) const {
  if (ticket <= 0 || ticket > last_ticket) return false;
  const auto place = static_cast<std::size_t>((ticket - 1) % places_in_ticket);
  const std::int64_t turn = (ticket - 1) / places_in_ticket;
  return place < size && turns[place] == turn && is_taken(turns[place]);
}

std::int64_t Places::sit() {
  const auto* const free = std::ranges::find_if_not(turns, is_taken);
  const std::int64_t place = free - turns.begin();
  const std::uint8_t turn = ++turns[static_cast<std::size_t>(place)];
  return 1 + place + turn * places_in_ticket;
}

void Places::leave(std::int64_t ticket) {
  if (has(ticket)) ++turns[static_cast<std::size_t>((ticket - 1) % places_in_ticket)];
}

}  // namespace gird::policy
