// The generic cell rate algorithm in whole grains: every rounding goes to the strict side.
#include "policy/gcra.hpp"

#include <algorithm>
#include <cmath>

namespace gird::policy {
namespace {

/// `left` grains at one interval as as many calls at another. Two grains more than the quotient of
/// doubles: it may be too small by one of them, and is cut.
Grains scaled(Grains left, Grains from, Grains to) {
  const double exact = static_cast<double>(left) * static_cast<double>(to);
  const double quotient = exact / static_cast<double>(from) + 2;
  if (!(quotient < static_cast<double>(most_grains))) return most_grains;
  return static_cast<Grains>(quotient);
}

/// From `now` to a moment that may be over.
Micros until(Micros moment, Micros now) { return moment > now ? moment - now : 0; }

}  // namespace

Pace pace_of(double count, Micros period, std::int64_t burst) {
  const double span = static_cast<double>(period) * grains_per_micro;
  const double exact = span / count;
  // The remainder is exact where the quotient is rounded, and tells whether it was.
  double interval = std::fmod(span, count) == 0 ? exact : exact + 1;
  if (!(interval < static_cast<double>(most_grains))) interval = static_cast<double>(most_grains);
  Pace pace;
  pace.interval = std::max<Grains>(static_cast<Grains>(interval), 1);
  const auto whole = static_cast<std::int64_t>(count);
  const std::int64_t rounded = static_cast<double>(whole) < count ? whole + 1 : whole;
  pace.burst =
      std::clamp<std::int64_t>(burst > 0 ? burst : rounded, 1, most_grains / pace.interval);
  return pace;
}

Grains owed(const Gcra& gcra, const Pace& pace, Micros now) {
  const Grains left = gcra.ahead - until(now, gcra.at) * grains_per_micro;
  if (left <= 0) return 0;
  if (gcra.interval == pace.interval || gcra.interval <= 0) return left;
  return scaled(left, gcra.interval, pace.interval);
}

Micros wait_for(const Gcra& gcra, const Pace& pace, std::int64_t cost, Micros last_start,
                Micros now) {
  const Micros line = until(last_start, now);
  const Grains room = pace.burst * pace.interval;
  const Grains debt = std::min(owed(gcra, pace, now), line * grains_per_micro + room);
  const Grains over = debt + cost * pace.interval - room;
  const Micros wait = over > 0 ? (over + grains_per_micro - 1) / grains_per_micro : 0;
  return std::max(wait, line);
}

void use(Gcra& gcra, const Pace& pace, std::int64_t cost, Micros wait, Micros now) {
  // A start that was rounded up to a microsecond begins from there, not from a little before.
  const Grains begin = std::max(owed(gcra, pace, now), wait * grains_per_micro);
  gcra.ahead = std::min(begin + cost * pace.interval, most_grains);
  gcra.at = now;
  gcra.interval = pace.interval;
}

void give_back(Gcra& gcra, const Pace& pace, std::int64_t cost, Micros started, Micros last_start,
               Micros now) {
  const Micros used_up = until(std::max(now, last_start), started);
  if (used_up > most_grains / grains_per_micro) return;
  const Grains rest = cost * pace.interval - used_up * grains_per_micro;
  if (rest <= 0) return;
  gcra.ahead = std::max<Grains>(owed(gcra, pace, now) - rest, 0);
  gcra.at = now;
  gcra.interval = pace.interval;
}

void mend(Gcra& gcra, Micros now) {
  const auto possible = [](Grains grains) { return grains >= 0 && grains <= most_grains; };
  if (gcra.at < 0 || !possible(gcra.ahead) || !possible(gcra.interval)) gcra = {};
  gcra.at = std::min(gcra.at, now);
}

}  // namespace gird::policy
