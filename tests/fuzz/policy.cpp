// Policies: what a text says is written so that it reads back the same, and no wait exceeds its
// cap.
#include "base/chance.hpp"
#include "policy/backoff.hpp"
#include "policy/outcome_set.hpp"
#include "target.hpp"

using namespace gird;

namespace {

template <class T>
void reads_back(std::string_view text, const char* what) {
  T value{};
  if (!from_text(text, value)) return;
  T again{};
  const auto done = from_text(to_text(value), again);
  fuzz::hold(done.has_value() && again == value, what);
}

void waits_stay_between(policy::Schedule schedule, std::string_view text) {
  std::uint64_t seed = 0;
  for (const char byte : text) seed = seed * 31 + static_cast<unsigned char>(byte);
  Chance chance(seed);
  schedule.factor = chance.next() * 10;
  schedule.cap = std::max(schedule.cap, schedule.base);
  Duration previous{};
  for (std::int64_t attempt = 1; attempt < 100; attempt += 1 + attempt / 8) {
    const Duration wait = policy::wait_after(schedule, attempt, previous, chance.next());
    fuzz::hold(wait >= Duration::zero(), "a wait is not negative");
    fuzz::hold(wait <= schedule.cap, "a wait is within its cap");
    fuzz::hold(policy::floor_after(schedule, attempt) <= wait, "a wait is above its floor");
    previous = wait;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  reads_back<policy::Backoff>(text, "a backoff reads back");
  reads_back<policy::Jitter>(text, "a jitter reads back");
  reads_back<policy::OutcomeSet>(text, "a set of outcomes reads back");

  policy::Backoff backoff;
  policy::Schedule schedule;
  // "BACKOFF JITTER", so that one input can say both.
  const std::size_t blank = std::min(text.find(' '), text.size());
  if (!from_text(text.substr(0, blank), backoff)) return 0;
  if (blank < text.size() && !from_text(text.substr(blank + 1), schedule.jitter)) return 0;
  schedule.shape = backoff.shape;
  schedule.base = backoff.base.value_or(schedule.base);
  schedule.cap = backoff.cap.value_or(schedule.cap);
  schedule.list = backoff.list;
  for (const Duration wait : schedule.list) schedule.cap = std::max(schedule.cap, wait);
  waits_stay_between(schedule, text);
  return 0;
}
