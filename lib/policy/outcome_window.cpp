// The window of a breaker: a ring of calls, or buckets of time.
#include "policy/outcome_window.hpp"

#include <algorithm>
#include <bit>

namespace gird::policy {
namespace {

using Counts = OutcomeWindow::Counts;

constexpr std::uint32_t failed_bit = 1;
constexpr std::uint32_t slow_bit = 2;

void count(Counts& counts, std::uint32_t bits, std::int64_t times) {
  counts.calls += times;
  if ((bits & failed_bit) != 0) counts.failed += times;
  if ((bits & slow_bit) != 0) counts.slow += times;
}

std::uint32_t slot_bits(const OutcomeWindow& window, std::int64_t slot) {
  const auto index = static_cast<std::size_t>(slot);
  const std::uint32_t word = window.ring[index / OutcomeWindow::calls_per_word];
  return word >> (2 * (index % OutcomeWindow::calls_per_word)) & 3U;
}

void add_to_ring(OutcomeWindow& window, std::uint32_t bits) {
  const std::uint32_t old = slot_bits(window, window.at);
  if (window.in_ring.calls == window.extent.calls) count(window.in_ring, old, -1);
  const auto index = static_cast<std::size_t>(window.at);
  // Exchanges the old bits for the new without touching their neighbours.
  window.ring[index / OutcomeWindow::calls_per_word] ^=
      (old ^ bits) << (2 * (index % OutcomeWindow::calls_per_word));
  count(window.in_ring, bits, 1);
  window.at = window.at + 1 == window.extent.calls ? 0 : window.at + 1;
}

std::size_t place(std::int64_t bucket) {
  return static_cast<std::size_t>(bucket % OutcomeWindow::buckets);
}

/// The number of the bucket that `now` is in. A clock that went back by less than the window does
/// not leave the newest bucket.
std::int64_t bucket_at(const OutcomeWindow& window, Micros now) {
  const std::int64_t bucket = now / (window.extent.time / OutcomeWindow::buckets);
  const bool a_little_back = bucket < window.at && window.at - bucket < OutcomeWindow::buckets;
  return a_little_back ? window.at : bucket;
}

void rotate_to(OutcomeWindow& window, std::int64_t bucket) {
  // Who went further back, or forward, than the window reaches has left all of it behind.
  const std::int64_t passed = bucket - window.at;
  if (passed < 0 || passed >= OutcomeWindow::buckets) {
    window.bucket_calls = window.bucket_failed = window.bucket_slow = {};
  }
  for (std::int64_t newer = window.at + 1; newer <= bucket && passed < OutcomeWindow::buckets;
       ++newer) {
    window.bucket_calls[place(newer)] = 0;
    window.bucket_failed[place(newer)] = 0;
    window.bucket_slow[place(newer)] = 0;
  }
  window.at = bucket;
}

Counts in_buckets(const OutcomeWindow& window, Micros now) {
  Counts counts;
  const std::int64_t passed = bucket_at(window, now) - window.at;
  if (passed < 0) return counts;
  for (std::int64_t age = 0; age + passed < OutcomeWindow::buckets; ++age) {
    // Ten more keep the remainder positive.
    const std::size_t at = place(window.at % OutcomeWindow::buckets + OutcomeWindow::buckets - age);
    counts.calls += window.bucket_calls[at];
    counts.failed += window.bucket_failed[at];
    counts.slow += window.bucket_slow[at];
  }
  return counts;
}

/// What the first `used` slots hold, a word at a time: a state may be mended before each step.
Counts count_ring(const OutcomeWindow& window, std::int64_t used) {
  constexpr std::uint32_t all_failed_bits = 0x5555'5555U;
  Counts counts{.calls = used, .failed = 0, .slow = 0};
  auto left = static_cast<std::size_t>(used);
  for (const std::uint32_t word : window.ring) {
    const std::size_t slots = std::min(left, OutcomeWindow::calls_per_word);
    if (slots == 0) break;
    const auto known = static_cast<std::uint32_t>((std::uint64_t{1} << 2 * slots) - 1) & word;
    counts.failed += std::popcount(known & all_failed_bits);
    counts.slow += std::popcount(known >> 1U & all_failed_bits);
    left -= slots;
  }
  return counts;
}

bool ring_is_possible(const OutcomeWindow& window) {
  const std::int64_t slots = window.extent.calls;
  const std::int64_t used = window.in_ring.calls;
  if (slots < 1 || slots > static_cast<std::int64_t>(OutcomeWindow::most_calls)) return false;
  if (used < 0 || used > slots || window.at < 0 || window.at >= slots) return false;
  if (used < slots && window.at != used) return false;
  return count_ring(window, used) == window.in_ring;
}

bool buckets_are_possible(const OutcomeWindow& window, Micros now) {
  if (window.extent.calls != 0 || window.extent.time < OutcomeWindow::buckets) return false;
  for (std::size_t i = 0; i < window.bucket_calls.size(); ++i) {
    const std::uint32_t calls = window.bucket_calls[i];
    if (window.bucket_failed[i] > calls || window.bucket_slow[i] > calls) return false;
  }
  return window.at >= 0 && window.at <= now / (window.extent.time / OutcomeWindow::buckets);
}

}  // namespace

void OutcomeWindow::fit(const Extent& wanted) {
  if (extent == wanted) return;
  extent = wanted;
  clear();
}

void OutcomeWindow::add(bool failed, bool slow, Micros now) {
  if (extent.time == 0) {
    return add_to_ring(*this, (failed ? failed_bit : 0) | (slow ? slow_bit : 0));
  }
  rotate_to(*this, bucket_at(*this, now));
  ++bucket_calls[place(at)];
  bucket_failed[place(at)] += failed ? 1 : 0;
  bucket_slow[place(at)] += slow ? 1 : 0;
}

Counts OutcomeWindow::counts(Micros now) const {
  return extent.time == 0 ? in_ring : in_buckets(*this, now);
}

void OutcomeWindow::clear() {
  *this = OutcomeWindow{.extent = extent,
                        .at = 0,
                        .in_ring = {},
                        .ring = {},
                        .bucket_calls = {},
                        .bucket_failed = {},
                        .bucket_slow = {}};
}

void OutcomeWindow::mend(Micros now) {
  const bool possible =
      extent.time == 0 ? ring_is_possible(*this) : buckets_are_possible(*this, now);
  if (!possible) clear();
}

}  // namespace gird::policy
