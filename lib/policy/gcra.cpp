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

Grains grains(Micros span) { return span * grains_per_micro; }

/// From `now` to a moment that may be over.
Micros until(Micros moment, Micros now) { return moment > now ? moment - now : 0; }

Grains at_pace(const Gcra& gcra, Grains left, const Pace& pace) {
  if (left <= 0 || gcra.interval <= 0) return 0;
  return gcra.interval == pace.interval ? left : scaled(left, gcra.interval, pace.interval);
}

/// What the slower of the last pace and this one has not paid off.
Grains unpaid(const Gcra& gcra, const Pace& pace, Micros now) {
  const Grains paid = grains(until(now, gcra.at));
  if (pace.interval < gcra.interval) return at_pace(gcra, gcra.ahead - paid, pace);
  return std::max<Grains>(at_pace(gcra, gcra.ahead, pace) - paid, 0);
}

/// `burst` calls at an interval, cut where doubles end.
Grains room_of(std::int64_t burst, Grains interval) {
  return std::min(burst, most_grains / interval) * interval;
}

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

Grains owed(const Gcra& gcra, const Pace& pace, Micros last_start, Micros now) {
  const Grains empty = grains(until(last_start, gcra.at)) + pace.burst * pace.interval;
  const Grains debt = std::min(at_pace(gcra, gcra.ahead, pace), empty);
  return std::max<Grains>(debt - grains(until(now, gcra.at)), 0);
}

Micros wait_for(const Gcra& gcra, const Pace& pace, std::int64_t cost, Micros last_start,
                Micros now) {
  const Grains debt = owed(gcra, pace, last_start, now);
  const Grains over = debt + cost * pace.interval - pace.burst * pace.interval;
  const Micros wait = over > 0 ? (over + grains_per_micro - 1) / grains_per_micro : 0;
  return std::max(wait, until(last_start, now));
}

void use(Gcra& gcra, const Pace& pace, std::int64_t cost, Micros wait, Micros now) {
  const Grains before = unpaid(gcra, pace, now);
  gcra.burst = before > 0 ? std::max(gcra.burst, pace.burst) : pace.burst;
  // A start that was rounded up to a microsecond begins from there, not from a little before.
  const Grains after = std::max(before, grains(wait)) + cost * pace.interval;
  const Grains most = grains(wait) + room_of(gcra.burst, pace.interval);
  gcra.ahead = std::min({after, most, most_grains});
  gcra.at = now;
  gcra.interval = pace.interval;
}

void give_back(Gcra& gcra, std::int64_t cost, Micros started, Micros last_start, Micros now) {
  const Micros used_up = until(std::max(now, last_start), started);
  if (gcra.interval <= 0 || used_up > most_grains / grains_per_micro) return;
  const Grains rest = room_of(cost, gcra.interval) - grains(used_up);
  if (rest > 0) gcra.ahead = std::max<Grains>(gcra.ahead - rest, 0);
}

void mend(Gcra& gcra, Micros now) {
  const auto possible = [](Grains grains) { return grains >= 0 && grains <= most_grains; };
  const bool burst = gcra.burst >= 0 && gcra.burst <= most_burst;
  if (gcra.at < 0 || !possible(gcra.ahead) || !possible(gcra.interval) || !burst) gcra = {};
  gcra.at = std::min(gcra.at, now);
}

}  // namespace gird::policy
