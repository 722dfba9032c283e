// Backoff options and what they exclude.
#include "shared/pacing.hpp"

#include <algorithm>

namespace gird {
namespace {

using Shape = policy::Backoff::Shape;
using cli::Row;

std::unexpected<Error> contradict(std::string what, std::string why) {
  return misuse("options-contradict", std::move(what), std::move(why));
}

Result<void> check(const Pacing& pacing) {
  const policy::Backoff& backoff = pacing.backoff;
  const bool list = backoff.shape == Shape::list;
  if (list && pacing.delay)
    return contradict("--delay", "a --backoff list names every wait itself");
  if (backoff.base && pacing.delay)
    return contradict("--delay", "the range of --backoff sets it already");
  if (backoff.cap && pacing.max_delay) {
    return contradict("--max-delay", "the range of --backoff sets it already");
  }
  if (pacing.factor && backoff.shape != Shape::exponential) {
    return contradict("--factor", "only exponential backoff has a factor");
  }
  if (pacing.factor && *pacing.factor < 1) {
    return misuse("value-number", "--factor " + to_text(*pacing.factor), "must be 1 or more");
  }
  if (pacing.jitter && backoff.shape == Shape::decorrelated) {
    return contradict("--jitter", "decorrelated backoff is random by itself");
  }
  if (pacing.delay && pacing.max_delay && *pacing.delay > *pacing.max_delay) {
    return contradict("--delay " + to_text(*pacing.delay),
                      "longer than --max-delay " + to_text(*pacing.max_delay));
  }
  return {};
}

}  // namespace

cli::Rows pacing_rows(Pacing& pacing) {
  return {
      Row("-b,--backoff", pacing.backoff, "SPEC",
          "how waits grow: exponential, linear, fixed, fibonacci or decorrelated, also with a "
          "range "
          "as in fibonacci:1s..1m; a range alone; or a list 1s,2s,5s whose last repeats")
          .common(),
      Row("-d,--delay", pacing.delay, "DURATION", "the first wait, before jitter")
          .otherwise("1s")
          .common(),
      Row("--factor", pacing.factor, "F", "what exponential backoff multiplies by").otherwise("2"),
      Row("--max-delay", pacing.max_delay, "DURATION",
          "no wait is longer than this; a longer --delay raises the default")
          .otherwise("10s")
          .common(),
      Row("-j,--jitter", pacing.jitter, "KIND",
          "full: from nothing to the whole wait; equal: from half of it; none; or P%, plus or "
          "minus")
          .otherwise("full"),
      Row("--seed", pacing.seed, "N", "draw the same random waits every time"),
  };
}

Result<policy::Schedule> schedule_of(const Pacing& pacing) {
  if (auto done = check(pacing); !done) return std::unexpected(done.error());
  policy::Schedule schedule;
  schedule.shape = pacing.backoff.shape;
  schedule.list = pacing.backoff.list;
  schedule.base = pacing.backoff.base.value_or(pacing.delay.value_or(schedule.base));
  schedule.factor = pacing.factor.value_or(schedule.factor);
  schedule.jitter = pacing.jitter.value_or(policy::Jitter{});
  const auto longest = schedule.list.empty() ? schedule.base : std::ranges::max(schedule.list);
  // Waits that were written down by hand are meant, so they raise the cap that nobody set.
  schedule.cap =
      pacing.backoff.cap.value_or(pacing.max_delay.value_or(std::max(schedule.cap, longest)));
  return schedule;
}

}  // namespace gird
