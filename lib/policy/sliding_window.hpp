// A sliding window: so many calls in any span of a period.
#pragma once

#include "policy/buckets.hpp"

namespace gird::policy {

/// At most `most` calls in any span of `period` (both ends count). Counted in buckets of which 17
/// to 33 cover the period: a call may be refused for a sixteenth of it longer than it had to be,
/// and never is there one too many.
struct Frame {
  std::int64_t most = 1;
  Micros period = 1;
};

/// `count` calls in `period`, rounded down; less than one is one in a longer period.
Frame frame_of(double count, Micros period);

/// The buckets made fit for `frame`. What was counted in wider ones counts as long as it may have
/// to.
void fit(Buckets& window, const Frame& frame, Micros now);

/// How long a call that costs at most `most` has to wait, in a window that fits. It starts no
/// earlier than the latest start that was given out: so no later one can come before
/// it.
Micros wait_for(const Buckets& window, const Frame& frame, std::int64_t cost, Micros now);

/// Gives back a call that could have been made at `started`, in a window that fits. One that is
/// waited for leaves its own place; of any other only the age is told, and that may be a guess: the
/// oldest that count make room for it, which is never too early.
void give_back(Buckets& window, const Frame& frame, std::int64_t cost, Micros started, Micros now);

/// Calls that count for one that starts at `moment`, in a window that fits.
std::int64_t used(const Buckets& window, const Frame& frame, Micros moment);

/// How long something will count, in a window that fits.
Micros empty_in(const Buckets& window, const Frame& frame, Micros now);

}  // namespace gird::policy
