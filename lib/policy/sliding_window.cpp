// A sliding window over buckets.
#include "policy/sliding_window.hpp"

#include <algorithm>

namespace gird::policy {
namespace {

constexpr std::int64_t longest_period = std::int64_t{1} << 46;

/// The first bucket that counts for a call in bucket `number`: a call that was a period earlier
/// lies in no lower one.
std::int64_t first_for(const Buckets& window, const Frame& frame, std::int64_t number) {
  return number - (frame.period + window.width - 1) / window.width;
}

}  // namespace

Frame frame_of(double count, Micros period) {
  if (count >= 1) return {static_cast<std::int64_t>(count), period};
  const double longer = static_cast<double>(period) / count + 1;
  if (!(longer < static_cast<double>(longest_period))) return {1, longest_period};
  return {1, static_cast<Micros>(longer)};
}

void fit(Buckets& window, const Frame& frame, Micros now) {
  window.fit(Buckets::width_for(frame.period), now, Buckets::Lean::late);
}

Micros wait_for(const Buckets& window, const Frame& frame, std::int64_t cost, Micros now) {
  Micros start = std::max(now, window.last);
  std::int64_t number = window.number_of(start);
  std::int64_t first = first_for(window, frame, number);
  for (std::int64_t sum = window.from(first); sum + cost > frame.most; ++number, ++first) {
    sum -= window.at(first);
    start = (number + 1) * window.width;
  }
  return start - now;
}

void give_back(Buckets& window, const Frame& frame, std::int64_t cost, Micros started, Micros now) {
  if (started > now) return window.remove(started, cost);
  const std::int64_t number = window.number_of(std::max(now, window.last));
  const std::int64_t first = first_for(window, frame, number);
  if (window.number_of(started) >= first) window.remove_oldest(first, cost);
}

std::int64_t used(const Buckets& window, const Frame& frame, Micros moment) {
  return window.from(first_for(window, frame, window.number_of(moment)));
}

Micros empty_in(const Buckets& window, const Frame& frame, Micros now) {
  const std::int64_t reach = window.number_of(0) - first_for(window, frame, 0);
  for (std::int64_t each = window.newest; each >= 0 && each >= window.newest - Buckets::reach;
       --each) {
    if (window.at(each) == 0) continue;
    return std::max<Micros>((each + reach + 1) * window.width - now, 0);
  }
  return 0;
}

}  // namespace gird::policy
