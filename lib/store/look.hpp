// What a look at a cell shows.
#pragma once

#include "store/turn.hpp"

namespace gird::store {

/// The lines that a journal keeps.
constexpr std::size_t most_entries = 64;

inline policy::Micros micros_of(Time time) {
  return std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch()).count();
}

/// Config, state and those holders who are still there; times and journal are the store's to add.
RawLook look_at(const Kind& kind, Slot& slot, Places& places);

}  // namespace gird::store
