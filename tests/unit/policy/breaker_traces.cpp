// Long random traces: the breaker says what the slow one says.
#include <array>
#include <boost/test/unit_test.hpp>
#include <set>
#include <vector>

#include "base/chance.hpp"
#include "policy/breaker_reference.hpp"
#include "policy/breaker_rig.hpp"

namespace gird::policy {
namespace {

struct Flight {
  int call;
  Breaker::Answer admitted;
};

class Trace {
 public:
  explicit Trace(std::uint64_t seed)
      : chance_(seed),
        rig_{.config = random_config(), .state = {}},
        reference_(rig_.config, rig_.now) {
    // A mood for a while, so that all rules have their turn.
    failing_ = pick({0, 10, 30, 90});
  }

  /// Whether both said the same at each step.
  bool agrees() {
    // So few that the baseline, which the slow one never forgets, has no time to fade.
    const auto& config = rig_.config;
    const bool small_blocks = std::min(config.min_calls, config.window_calls) == 1;
    const int steps = config.adaptive && small_blocks ? 90 : 400;
    for (int i = 0; i < steps; ++i) {
      if (i % 60 == 0) failing_ = pick({0, 0, 10, 30, 60, 100});
      step();
      modes.insert(rig_.state.mode);
      if (rig_.state.opened_total > 0) causes.insert(rig_.state.opened_by);
      if (!same_) return false;
    }
    return true;
  }

  std::set<Mode> modes;
  std::set<Cause> causes;

 private:
  std::int64_t pick(std::initializer_list<std::int64_t> choices) {
    return choices.begin()[chance_.bits() % choices.size()];
  }

  Breaker::Config random_config() {
    Breaker::Config config;
    config.failure_threshold = pick({0, 1, 3, 5});
    config.failure_rate = static_cast<double>(pick({0, 25, 50, 100})) / 100;
    config.window_calls = pick({1, 5, 16, 17, 40});
    config.window_time = pick({0, 0, 1, 7}) * 10 * second;
    config.min_calls = pick({1, 4, 10});
    config.slow_call = pick({0, 0, 2}) * second;
    config.slow_rate = static_cast<double>(pick({50, 100})) / 100;
    config.open_for = pick({6, 30}) * second;
    config.open_max = pick({30, 100}) * second;
    config.open_factor = static_cast<double>(pick({4, 6, 8})) / 4;
    config.open_jitter = static_cast<double>(pick({0, 1, 2})) / 4;
    config.success_threshold = pick({1, 2, 4});
    config.half_open_permits = pick({1, 2, 5});
    config.ramp = chance_.bits() % 2 == 0;
    config.adaptive = chance_.bits() % 2 == 0;
    config.enforce = static_cast<double>(pick({0, 50, 100, 100})) / 100;
    return config;
  }

  void step() {
    // Quarters, so that every formula for an open time gives the same whole number.
    rig_.chance = static_cast<double>(pick({0, 1, 2, 3})) / 4;
    rig_.enforce_chance = chance_.next();
    if (chance_.bits() % 4 == 0) rig_.now += pick({1, 1, 3, 5, 20}) * second / pick({1, 2, 1000});
    const auto what = chance_.bits() % 100;
    if (what < 45 || flights_.empty()) {
      if (flights_.size() < 12) admit();
    } else if (what < 98) {
      end();
    } else {
      administer();
    }
    compare();
  }

  void admit() {
    const int call = next_call_++;
    const auto answer = rig_.admit();
    const auto seen = reference_.admit(call, rig_.chance, rig_.enforce_chance, rig_.now);
    const ReferenceBreaker::Seen got{answer.allowed, answer.probe,    answer.would_refuse,
                                     answer.cause,   answer.retry_in, answer.since};
    require(got == seen, "admission");
    if (answer.allowed) flights_.push_back({call, answer});
  }

  void end() {
    const auto index = chance_.bits() % flights_.size();
    const Flight flight = flights_[index];
    flights_.erase(flights_.begin() + static_cast<std::ptrdiff_t>(index));
    const auto kind = chance_.bits() % 100;
    const bool held = flight.admitted.effects.hold == Hold::take;
    if (kind < 3) {
      rig_.ask(What::cancel, flight.admitted.effects.ticket);
      reference_.cancel(flight.call);
    } else if (kind < 8 && held) {
      rig_.vanish(flight.admitted);
      reference_.vanish(flight.call, rig_.now);
    } else {
      const bool fails = static_cast<std::int64_t>(chance_.bits() % 100) < failing_;
      const Result result = kind < 12 ? Result::ignored : fails ? Result::failure : Result::success;
      // Odd, so that no mean is at a limit exactly, where rounding decides.
      const auto odd = static_cast<Micros>(chance_.bits() % 1'000);
      const Micros took = pick({1, 2, 3}) * second * (failing_ > 50 ? 3 : 1) + odd;
      rig_.record(flight.admitted, result, took);
      reference_.record(flight.call, result, took, rig_.chance, rig_.now);
    }
  }

  void administer() {
    const auto what = static_cast<What>(chance_.bits() % 7 + static_cast<unsigned>(What::trip));
    rig_.ask(what);
    switch (what) {
      case What::trip: return reference_.trip(rig_.chance, rig_.now);
      case What::reset: return reference_.reset(rig_.now);
      case What::hold_open: return reference_.set(Mode::held_open, rig_.now);
      case What::hold_closed: return reference_.set(Mode::held_closed, rig_.now);
      case What::disable: return reference_.set(Mode::disabled, rig_.now);
      case What::metrics_only: return reference_.set(Mode::metrics_only, rig_.now);
      default: return reference_.release(rig_.now);
    }
  }

  void compare() {
    const auto& state = rig_.state;
    require(state.mode == reference_.mode(), "mode");
    require(state.failures == reference_.failures(), "failures");
    require(state.probes == reference_.probes(), "probes");
    require(state.opened_by == reference_.opened_by(), "opened by");
    require(state.opened_value == reference_.opened_value(), "opened value");
    require(state.calls_total == reference_.calls_total(), "calls");
    require(state.failures_total == reference_.failures_total(), "failures in total");
    require(state.refused_total == reference_.refused_total(), "refusals");
    require(state.opened_total == reference_.opened_total(), "openings");
  }

  void require(bool holds, const char* what) {
    if (!holds && same_) BOOST_TEST_ERROR("differs in: " << what);
    same_ = same_ && holds;
  }

  Chance chance_;
  BreakerRig rig_;
  ReferenceBreaker reference_;
  std::vector<Flight> flights_;
  std::int64_t failing_ = 0;
  int next_call_ = 0;
  bool same_ = true;
};

BOOST_AUTO_TEST_SUITE(policy_breaker_traces)

BOOST_AUTO_TEST_CASE(the_breaker_says_what_the_slow_one_says) {
  std::set<Mode> modes;
  std::set<Cause> causes;
  for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
    Trace trace(seed);
    BOOST_REQUIRE_MESSAGE(trace.agrees(), "seed " << seed);
    modes.merge(trace.modes);
    causes.merge(trace.causes);
  }
  BOOST_TEST(modes.size() == 7U);
  // By each rule, by a probe and by hand; and none after a reset.
  BOOST_TEST(causes.size() == 7U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gird::policy
