// The ring: moving on, counting, and changing its width.
#include "policy/buckets.hpp"

#include <algorithm>
#include <limits>

namespace gird::policy {
namespace {

constexpr std::int64_t fullest = std::numeric_limits<std::uint32_t>::max();
constexpr auto slots = static_cast<std::int64_t>(Buckets::size);
constexpr Micros widest = std::int64_t{1} << 46;
constexpr Micros most_micros = std::int64_t{1} << 53;

std::uint32_t& slot(Buckets& buckets, std::int64_t number) {
  return buckets.counts[static_cast<std::size_t>(number % slots)];
}

void move_on(Buckets& buckets, std::int64_t number) {
  if (number <= buckets.newest) return;
  const std::int64_t kept = std::max(buckets.newest, number - slots);
  for (std::int64_t each = kept + 1; each <= number; ++each) slot(buckets, each) = 0;
  buckets.newest = number;
}

std::int64_t oldest_of(const Buckets& buckets) {
  return std::max<std::int64_t>(buckets.newest - Buckets::reach, 0);
}

}  // namespace

Micros Buckets::width_for(Micros period) {
  Micros width = 1;
  while (width * reach < period && width < widest) width *= 2;
  return width;
}

void Buckets::fit(Micros wanted, Micros now, Lean lean) {
  if (width == wanted) return;
  Buckets fitted;
  fitted.width = wanted;
  fitted.newest = std::max(now, last) / wanted;
  for (std::int64_t each = oldest_of(*this); width > 0 && each <= newest; ++each) {
    // A wide bucket may end long after all that is in it.
    const Micros end = std::min((each + 1) * width - 1, last);
    const Micros when = lean == Lean::late ? end : each * width;
    if (fitted.number_of(when) >= oldest_of(fitted)) fitted.add(when, at(each));
  }
  fitted.last = last;
  *this = fitted;
}

void Buckets::follow(Micros now) {
  const Micros latest = std::max(now, last);
  if (newest <= number_of(latest)) return;
  const std::int64_t all = from(0);
  counts = {};
  newest = number_of(latest);
  slot(*this, newest) = static_cast<std::uint32_t>(std::min(all, fullest));
}

void Buckets::add(Micros when, std::int64_t count) {
  last = std::max(last, when);
  move_on(*this, number_of(when));
  // What lies further back than the ring is in the oldest bucket there is.
  std::uint32_t& here = slot(*this, std::max(number_of(when), oldest_of(*this)));
  here = static_cast<std::uint32_t>(std::min(here + count, fullest));
}

void Buckets::remove(Micros when, std::int64_t count) {
  const std::int64_t number = number_of(when);
  if (number > newest || number < oldest_of(*this)) return;
  std::uint32_t& here = slot(*this, number);
  here -= static_cast<std::uint32_t>(std::min<std::int64_t>(here, count));
}

void Buckets::remove_oldest(std::int64_t from, std::int64_t count) {
  for (std::int64_t each = std::max(from, oldest_of(*this)); each <= newest && count > 0; ++each) {
    std::uint32_t& here = slot(*this, each);
    const std::int64_t taken = std::min<std::int64_t>(here, count);
    here -= static_cast<std::uint32_t>(taken);
    count -= taken;
  }
}

std::int64_t Buckets::at(std::int64_t number) const {
  if (number > newest || number < oldest_of(*this)) return 0;
  return counts[static_cast<std::size_t>(number % slots)];
}

std::int64_t Buckets::from(std::int64_t from) const {
  std::int64_t sum = 0;
  for (std::int64_t each = std::max(from, oldest_of(*this)); each <= newest; ++each) {
    sum += at(each);
  }
  return sum;
}

std::int64_t Buckets::at_least_since(Micros when) const {
  if (width == 0) return 0;
  return from(when >= 0 ? number_of(when) + 1 : 0);
}

std::int64_t Buckets::at_most_since(Micros when) const {
  return from(when > 0 ? number_of(when) : 0);
}

void Buckets::mend(Micros now, Micros most_ahead) {
  const bool power_of_two = width > 0 && (width & (width - 1)) == 0;
  const bool numbered = newest >= 0 && newest <= most_micros / std::max<Micros>(width, 1);
  if (!power_of_two || width > widest || !numbered || last < 0) *this = {};
  last = std::min(last, now + most_ahead);
  follow(now);
}

}  // namespace gird::policy
