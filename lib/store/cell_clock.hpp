// The clock of a cell: how much time has passed since somebody, perhaps before a reboot, wrote it.
#pragma once

#include <cstdint>

#include "policy/machine.hpp"

namespace gird::store {

/// One moment, by the clocks that a process can read.
struct Moment {
  std::uint64_t boot = 0;      ///< this boot and time namespace; 0: it cannot be told
  policy::Micros running = 0;  ///< CLOCK_BOOTTIME: since the boot, with the time asleep
  policy::Micros wall = 0;     ///< CLOCK_REALTIME: since 1970
};

/// What passed between two moments, `then` having been written down before `now`. Never negative,
/// and at most a year. Within one boot nobody can set the clock that counts. Across boots the wall
/// clock has to do: set forwards it makes waits shorter, and set backwards it stands still for that
/// one step, so that no wait ever becomes longer than it was meant to be.
policy::Micros elapsed(const Moment& then, const Moment& now);

/// What to write down as the wall clock of `now`. Hosts that share a folder differ by seconds: were
/// each to write its own time, every change of hands would let that difference pass anew. A clock
/// that is behind by more than an hour was set, and is believed.
policy::Micros wall_to_keep(const Moment& then, const Moment& now);

/// The clocks, read in this process. The first call asks /proc which boot this is.
Moment present();

}  // namespace gird::store
