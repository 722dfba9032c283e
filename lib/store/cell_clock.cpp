// Time that passes for cells.
#include "store/cell_clock.hpp"

#include <algorithm>

namespace gird::store {
namespace {

constexpr policy::Micros hour = 3'600'000'000;
constexpr policy::Micros year = hour * 24 * 365;

}  // namespace

policy::Micros elapsed(const Moment& then, const Moment& now) {
  const bool same_boot = now.boot != 0 && then.boot == now.boot;
  policy::Micros span = 0;
  // What was written may be any number.
  const bool over = same_boot ? __builtin_sub_overflow(now.running, then.running, &span)
                              : __builtin_sub_overflow(now.wall, then.wall, &span);
  return over ? 0 : std::clamp<policy::Micros>(span, 0, year);
}

policy::Micros wall_to_keep(const Moment& then, const Moment& now) {
  const bool ahead = then.wall > now.wall && then.wall <= now.wall + hour;
  return ahead ? then.wall : now.wall;
}

}  // namespace gird::store
