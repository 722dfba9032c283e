// A breaker's state out of any numbers.
#include <algorithm>

#include "policy/breaker_rules.hpp"

namespace gird::policy {
namespace {

/// The largest number that a double counts to by ones.
constexpr std::int64_t most_counted = std::int64_t{1} << 53;

void mend_count(std::int64_t& count, std::int64_t most = most_counted) {
  count = std::clamp(count, std::int64_t{0}, most);
}

/// Each ticket once, and none where there are no probes.
void mend_probes(Breaker::State& state) {
  if (state.mode != Breaker::Mode::half_open) return forget_probes(state);
  auto& tickets = state.probe_tickets;
  for (auto each = tickets.begin(); each != tickets.end(); ++each) {
    if (std::find(tickets.begin(), each, *each) != each) *each = 0;
  }
  state.probes = most_held - std::ranges::count(tickets, 0U);
}

}  // namespace

void Breaker::mend(State& state, const Config& config, Micros now) {
  if (state.mode > Mode::metrics_only) state.mode = Mode::closed;
  if (state.opened_by > Cause::budget) state.opened_by = Cause::none;
  // Not a number is neither less nor more.
  const bool is_value = state.opened_value >= 0 && state.opened_value <= 0x1p53;
  if (!is_value) state.opened_value = 0;
  if (state.share != 10 && state.share != 50) state.share = 100;
  // Counted up from here, so half of what there is.
  mend_count(state.epoch, most_counted / 2);
  for (std::int64_t* const total : {&state.calls_total, &state.failures_total, &state.refused_total,
                                    &state.opened_total, &state.failures, &state.successes}) {
    mend_count(*total, most_counted / 2);
  }
  for (Micros* const time : {&state.since, &state.open_until, &state.heard}) mend_count(*time);
  mend_count(state.open_for, longest_span);
  mend_count(state.held, most_held);
  mend_count(state.probes_made, most_counted / 2);
  mend_probes(state);
  settle(state, config, now);
  state.window.mend(now);
  state.baseline.mend();
}

Lasts Breaker::lasts(const State& state, Micros now) {
  if (state.mode >= Mode::held_open) return Lasts::for_ever;
  const bool refuses = state.mode == Mode::open && now < state.open_until;
  return refuses ? Lasts::for_now : Lasts::idle;
}

}  // namespace gird::policy
