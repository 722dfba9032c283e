// The breaker: what each ask makes of its state.
#include "policy/breaker.hpp"

#include <algorithm>

#include "policy/breaker_rules.hpp"

namespace gird::policy {
namespace {

using Mode = Breaker::Mode;
using What = Breaker::Ask::What;
using Result = Breaker::Ask::Result;
using Hold = Effects::Hold;

/// How a call was let through, which its ticket tells.
enum class Way : std::uint8_t {
  loose,  ///< without a hold
  held,
  probe,  ///< with a hold
};

/// The ticket of a call of epoch `number`, or of probe `number`; they repeat after more of them
/// than can pass while a call is under way. Never below 4, so that 0 is the ticket of nobody.
std::int64_t ticket_of(std::int64_t number, Way way) {
  return (number % (std::int64_t{1} << 28) + 1) * 4 + static_cast<std::int64_t>(way);
}

/// `loose` for what is no ticket too.
Way way_of(std::int64_t ticket) {
  const std::int64_t way = ticket < 4 ? 0 : ticket % 4;
  return way == 1 ? Way::held : way == 2 ? Way::probe : Way::loose;
}

constexpr double in_seconds(Micros span) { return static_cast<double>(span) / 1e6; }

/// One step.
class Turn {
 public:
  Turn(Breaker::State& state, const Breaker::Config& config, const Breaker::Ask& ask, Micros now)
      : state_(state), config_(config), ask_(ask), now_(now) {}

  Breaker::Answer take() {
    settle(state_, config_, now_);
    answer_.before = state_.mode;
    act();
    answer_.after = state_.mode;
    answer_.failures = state_.failures;
    answer_.opened_by = state_.opened_by;
    answer_.opened_value = state_.opened_value;
    return answer_;
  }

 private:
  void act() {
    switch (ask_.what) {
      case What::admit: return admit();
      case What::record: return record();
      case What::cancel: return cancel();
      case What::vanish: return vanish();
      case What::trip: return trip();
      case What::reset: return reset();
      case What::hold_open: return set_by_hand(Mode::held_open, Event::held_open);
      case What::hold_closed: return set_by_hand(Mode::held_closed, Event::held_closed);
      case What::disable: return set_by_hand(Mode::disabled, Event::disabled);
      case What::metrics_only: return set_by_hand(Mode::metrics_only, Event::metrics_only);
      case What::release: return release();
    }
  }

  // Admission.

  void admit() {
    switch (state_.mode) {
      case Mode::open:
        if (now_ < state_.open_until) return refuse(Cause::open, state_.open_until - now_);
        become_half_open();
        return admit_probe();
      case Mode::half_open: return admit_probe();
      case Mode::held_open: return refuse(Cause::administrator, 0);
      case Mode::disabled: return let_through(Way::loose);
      case Mode::closed: return admit_on_ramp();
      case Mode::held_closed:
      case Mode::metrics_only: return let_through(call_way());
    }
  }

  void admit_probe() {
    const bool room = state_.held < most_held;
    if (!room || state_.probes >= permits(config_)) return refuse(Cause::probing, 0);
    answer_.probe = true;
    let_through(Way::probe);
    ++state_.probes;
    *std::ranges::find(state_.probe_tickets, 0U) =
        static_cast<std::uint32_t>(answer_.effects.ticket);
    ++state_.probes_made;
  }

  void admit_on_ramp() {
    if (state_.share < 100) climb();
    if (state_.share < 100 && ask_.chance * 100.0 >= static_cast<double>(state_.share)) {
      const Micros steps = state_.share == 10 ? 1 : 2;
      return refuse(Cause::ramp, state_.since + steps * ramp_step(config_) - now_);
    }
    let_through(call_way());
  }

  void climb() {
    const Micros closed_for = now_ - state_.since;
    const Micros step = ramp_step(config_);
    const bool over = !config_.ramp || closed_for >= 2 * step;
    const std::int64_t share = over ? 100 : closed_for >= step ? 50 : 10;
    if (share <= state_.share) return;
    state_.share = share;
    note(Event::ramped, Cause::time, static_cast<double>(share));
  }

  [[nodiscard]] Way call_way() const {
    return state_.held < most_held - kept_for_probes(config_) ? Way::held : Way::loose;
  }

  void let_through(Way way) {
    answer_.effects.ticket = ticket_of(way == Way::probe ? state_.probes_made : state_.epoch, way);
    if (way == Way::loose) return;
    answer_.effects.hold = Hold::take;
    ++state_.held;
    state_.heard = now_;
  }

  void refuse(Cause cause, Micros retry_in) {
    answer_.cause = cause;
    answer_.retry_in = retry_in;
    answer_.since = now_ - state_.since;
    const bool by_hand = cause == Cause::administrator;
    if (!by_hand && config_.enforce < 1.0 && ask_.enforce_chance >= config_.enforce) {
      answer_.would_refuse = true;
      return let_through(cause == Cause::ramp ? call_way() : Way::loose);
    }
    answer_.allowed = false;
    ++state_.refused_total;
    note(Event::refused, cause, in_seconds(retry_in));
  }

  // The ends of calls.

  void record() {
    let_go(Hold::drop);
    if (!is_current()) return note(Event::late);
    if (ask_.result == Result::ignored) return free_permit();
    count_end(ask_.result == Result::failure, std::clamp(ask_.took, Micros{0}, longest_span));
  }

  void cancel() {
    let_go(Hold::drop);
    if (is_current()) free_permit();
  }

  void vanish() {
    let_go(Hold::leave);
    if (!is_current()) return note(Event::late);
    note(Event::vanished);
    if (way_of(ask_.ticket) == Way::probe) return free_permit();
    count_end(true, 0);
  }

  [[nodiscard]] bool is_current() const {
    const Way way = way_of(ask_.ticket);
    if (way == Way::probe)
      return std::ranges::find(state_.probe_tickets, ask_.ticket) != state_.probe_tickets.end();
    return ask_.ticket == ticket_of(state_.epoch, way);
  }

  void let_go(Hold hold) {
    answer_.effects.ticket = ask_.ticket;
    if (way_of(ask_.ticket) == Way::loose) return;
    answer_.effects.hold = hold;
    state_.held = std::max(state_.held - 1, std::int64_t{0});
    state_.heard = now_;
  }

  void free_permit() {
    if (way_of(ask_.ticket) != Way::probe) return;
    *std::ranges::find(state_.probe_tickets, ask_.ticket) = 0;
    --state_.probes;
  }

  void count_end(bool failed, Micros took) {
    if (state_.mode == Mode::disabled) return;
    ++state_.calls_total;
    if (failed) ++state_.failures_total;
    const bool slow = config_.slow_call > 0 && took > config_.slow_call;
    if (way_of(ask_.ticket) == Way::probe) return judge_probe(failed || slow);
    // Let through although it was open or half-open: no word about those.
    if (state_.mode == Mode::open || state_.mode == Mode::half_open) return;
    state_.failures = failed ? state_.failures + 1 : 0;
    state_.window.add(failed, slow, now_);
    if (state_.mode == Mode::closed) judge_calls(failed, took);
  }

  void judge_probe(bool failed) {
    free_permit();
    state_.failures = failed ? state_.failures + 1 : 0;
    if (failed) {
      return open(Cause::probe_failed, static_cast<double>(state_.failures),
                  longer(config_, state_.open_for));
    }
    ++state_.successes;
    if (state_.successes >= config_.success_threshold) close_after_probes();
  }

  void judge_calls(bool failed, Micros took) {
    const bool abnormal =
        config_.adaptive && state_.baseline.add(failed, took, least_calls(config_));
    Finding finding = find_fault(state_, config_, now_);
    if (finding.cause == Cause::none && abnormal) {
      const std::int64_t blocks = state_.baseline.abnormal_blocks();
      finding = {Cause::abnormal, static_cast<double>(blocks)};
    }
    if (finding.cause != Cause::none) {
      open(finding.cause, finding.value, next_open_time(state_, config_, now_));
    }
  }

  // Changes of mode.

  void enter(Mode mode) {
    state_.mode = mode;
    ++state_.epoch;
    state_.since = now_;
    forget_probes(state_);
    state_.successes = 0;
  }

  void open(Cause cause, double value, Micros open_for) {
    enter(Mode::open);
    state_.open_for = open_for;
    state_.open_until = now_ + jittered(config_, open_for, ask_.chance);
    state_.opened_by = cause;
    state_.opened_value = value;
    ++state_.opened_total;
    note(Event::opened, cause, value);
  }

  void become_half_open() {
    enter(Mode::half_open);
    note(Event::half_opened, Cause::time);
  }

  void close() {
    enter(Mode::closed);
    state_.failures = 0;
    state_.share = 100;
    state_.window.clear();
    state_.baseline.pause();
  }

  void close_after_probes() {
    const auto successes = static_cast<double>(state_.successes);
    close();
    note(Event::closed, Cause::probes_succeeded, successes);
    if (!config_.ramp) return;
    state_.share = 10;
    note(Event::ramped, Cause::time, 10);
  }

  // Administration.

  void trip() {
    if (state_.mode == Mode::open) return;
    open(Cause::administrator, 0, next_open_time(state_, config_, now_));
  }

  void reset() {
    const bool changes = state_.mode != Mode::closed;
    close();
    state_.baseline = {};
    state_.open_for = 0;
    state_.opened_by = Cause::none;
    state_.opened_value = 0;
    if (changes) note(Event::closed, Cause::administrator);
  }

  void set_by_hand(Mode mode, Event event) {
    if (state_.mode == mode) return;
    enter(mode);
    note(event, Cause::administrator);
  }

  void release() {
    const Mode mode = state_.mode;
    if (mode == Mode::closed || mode == Mode::open || mode == Mode::half_open) return;
    close();
    state_.open_for = 0;
    note(Event::released, Cause::administrator);
  }

  void note(Event event, Cause cause = Cause::none, double value = 0) {
    answer_.effects.note(event, cause, value);
  }

  Breaker::State& state_;
  const Breaker::Config& config_;
  const Breaker::Ask& ask_;
  Micros now_;
  Breaker::Answer answer_;
};

}  // namespace

Breaker::Answer Breaker::step(State& state, const Config& config, const Ask& ask, Micros now) {
  return Turn(state, config, ask, now).take();
}

}  // namespace gird::policy
