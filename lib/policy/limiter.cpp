// The limiter: first a place, then the rate.
#include "policy/limiter.hpp"

#include <algorithm>

#include "policy/sliding_window.hpp"

namespace gird::policy {
namespace {

using Ask = Limiter::Ask;
using Answer = Limiter::Answer;
using Config = Limiter::Config;
using State = Limiter::State;
using Algorithm = Limiter::Algorithm;

constexpr double most_count = 2147483648;  // 2^31
constexpr double least_count = 1e-9;
constexpr Micros longest_period = std::int64_t{1} << 46;
constexpr std::int64_t most_cost = 2147483648;
constexpr Micros longest_took = std::int64_t{1} << 53;
constexpr auto all_holders = static_cast<std::int64_t>(Limiter::most_holders);

/// A config with its numbers in their ranges, and what follows from them.
struct Terms {
  bool limits_rate = false;
  Algorithm algorithm = Algorithm::gcra;
  double count = 0;
  RateRange range;
  bool adapts = false;
  Pace pace;
  Frame frame;
  std::int64_t concurrency = 0;
};

double in_range(double number, double least, double most) {
  return number >= least ? std::min(number, most) : least;
}

Terms terms_of(const Config& config, const State& state) {
  Terms terms;
  const Micros period = std::clamp<Micros>(config.period, 1, longest_period);
  terms.algorithm = config.algorithm;
  terms.adapts = config.fastest > 0;
  const double count = config.count > 0 ? in_range(config.count, least_count, most_count) : 0;
  const double slowest = in_range(config.slowest, least_count, most_count);
  terms.range = {slowest, in_range(config.fastest, slowest, most_count), count, period};
  terms.count = terms.adapts ? rate_of(state.adaptive, terms.range) : count;
  terms.limits_rate = terms.count > 0;
  if (terms.limits_rate) {
    terms.pace = pace_of(terms.count, period, std::min(config.burst, most_burst));
    terms.frame = frame_of(terms.count, period);
  }
  terms.concurrency = std::clamp<std::int64_t>(config.concurrency, 0, Limiter::most_at_once);
  return terms;
}

std::int64_t most_of(const Terms& terms) {
  return terms.algorithm == Algorithm::sliding ? terms.frame.most : terms.pace.burst;
}

Micros wait_for_rate(const State& state, const Terms& terms, std::int64_t cost, Micros now) {
  if (terms.algorithm == Algorithm::sliding) {
    return wait_for(state.window, terms.frame, cost, now);
  }
  return wait_for(state.gcra, terms.pace, cost, state.window.last, now);
}

/// For both algorithms: the next caller may ask for the other.
void use_rate(State& state, const Terms& terms, std::int64_t cost, Micros wait, Micros now) {
  use(state.gcra, terms.pace, std::min(cost, terms.pace.burst), wait, now);
  state.window.add(now + wait, cost);
}

void refund(State& state, const Terms& terms, const Ask& ask, Micros now) {
  if (!terms.limits_rate) return;
  const Micros started = now - ask.took;
  give_back(state.gcra, ask.cost, started, state.window.last, now);
  give_back(state.window, terms.frame, ask.cost, started, now);
}

/// Whatever `ticket` stands for is free again: a place, or one in the queue.
void release(State& state, std::int64_t ticket) {
  state.places.leave(ticket);
  state.line.leave(ticket);
}

void drop(const Ask& ask, Effects& effects) {
  if (ask.ticket != 0) effects.hold = Effects::Hold::drop;
}

void hold(std::int64_t ticket, Effects& effects) {
  effects.hold = Effects::Hold::take;
  effects.ticket = ticket;
}

double seconds(Micros span) { return static_cast<double>(span) / 1e6; }

void refuse(State& state, const Ask& ask, Cause cause, Micros retry_after, Answer& answer) {
  release(state, ask.ticket);
  drop(ask, answer.effects);
  answer.what = Answer::What::refused;
  answer.cause = cause;
  answer.retry_after = retry_after;
  answer.effects.note(Event::refused, cause, seconds(retry_after));
}

bool has_room(const State& state, const Terms& terms) {
  const std::int64_t queue = state.line.length();
  return !state.line.is_full() && queue < all_holders - terms.concurrency &&
         queue + state.places.taken() < all_holders;
}

/// Whether a place is free for the one who asks: the head of the queue comes first, and nobody
/// passes it by.
bool may_sit(const State& state, const Terms& terms, std::int64_t ticket) {
  const bool waits = state.line.has(ticket);
  const bool next = waits ? state.line.is_next(ticket) : state.line.span == 0;
  return next && state.places.taken() < terms.concurrency;
}

void wait_in_line(State& state, const Terms& terms, const Ask& ask, Answer& answer) {
  const bool waits = state.line.has(ask.ticket);
  if (ask.patience <= 0 || (!waits && !has_room(state, terms))) {
    return refuse(state, ask, Cause::concurrency, 0, answer);
  }
  if (!waits) hold(state.line.join(), answer.effects);
  answer.what = Answer::What::queued;
  answer.cause = Cause::concurrency;
  answer.wait = ask.patience;
}

/// Whether the rate lets it pass; if not, it is refused.
bool pass_rate(State& state, const Terms& terms, const Ask& ask, Micros now, Answer& answer) {
  if (ask.cost > most_of(terms)) {
    refuse(state, ask, Cause::rate, 0, answer);
    return false;
  }
  const Micros wait = wait_for_rate(state, terms, ask.cost, now);
  if (wait > ask.patience) {
    refuse(state, ask, Cause::rate, wait, answer);
    return false;
  }
  use_rate(state, terms, ask.cost, wait, now);
  answer.wait = wait;
  return true;
}

void take(State& state, const Terms& terms, const Ask& ask, Micros now, Answer& answer) {
  const bool has_place = state.places.has(ask.ticket);
  const bool wants_place = terms.concurrency > 0 && !has_place;
  if (wants_place && !may_sit(state, terms, ask.ticket)) {
    return wait_in_line(state, terms, ask, answer);
  }
  if (terms.limits_rate && !pass_rate(state, terms, ask, now, answer)) return;
  if (has_place) return;
  // Where there is no limit of calls at once any more, nobody queues.
  state.line.leave(ask.ticket);
  if (!wants_place) return drop(ask, answer.effects);
  hold(state.places.sit(), answer.effects);
}

void done(State& state, const Terms& terms, const Ask& ask, Micros now, Answer& answer) {
  release(state, ask.ticket);
  drop(ask, answer.effects);
  if (!terms.adapts) return;
  const auto signal = static_cast<Signal>(ask.result);
  learn(state.adaptive, terms.range, signal, std::max<Micros>(ask.took, 0), now, answer.effects);
}

void cancel(State& state, const Terms& terms, const Ask& ask, Micros now, Answer& answer) {
  const bool queues = state.line.has(ask.ticket);
  release(state, ask.ticket);
  drop(ask, answer.effects);
  if (!queues) refund(state, terms, ask, now);
}

void reset(State& state) {
  const State before = state;
  state = {};
  state.places = before.places;
  state.line = before.line;
}

std::int64_t left_by_rate(const State& state, const Terms& terms, Micros now) {
  if (state.window.last > now) return 0;
  if (terms.algorithm == Algorithm::sliding) {
    return std::max<std::int64_t>(terms.frame.most - used(state.window, terms.frame, now), 0);
  }
  const Grains room = terms.pace.burst * terms.pace.interval;
  const Grains debt = std::min(owed(state.gcra, terms.pace, state.window.last, now), room);
  return (room - debt) / terms.pace.interval;
}

Micros until_unused(const State& state, const Terms& terms, Micros now) {
  if (terms.algorithm == Algorithm::sliding) return empty_in(state.window, terms.frame, now);
  const Grains debt = owed(state.gcra, terms.pace, state.window.last, now);
  return (debt + grains_per_micro - 1) / grains_per_micro;
}

void describe(const State& state, const Terms& terms, Micros now, Answer& answer) {
  answer.at_once = state.places.taken();
  answer.queue = state.line.length();
  const std::int64_t places = std::max<std::int64_t>(terms.concurrency - answer.at_once, 0);
  const std::int64_t free_places = answer.queue == 0 ? places : 0;
  if (!terms.limits_rate) {
    answer.limit = terms.concurrency;
    answer.remaining = free_places;
    return;
  }
  answer.limit = most_of(terms);
  answer.remaining = left_by_rate(state, terms, now);
  if (terms.concurrency > 0) answer.remaining = std::min(answer.remaining, free_places);
  answer.reset = until_unused(state, terms, now);
  answer.rate = terms.count;
}

Ask in_ranges(Ask ask) {
  ask.cost = std::clamp<std::int64_t>(ask.cost, 1, most_cost);
  ask.patience = std::clamp<Micros>(ask.patience, 0, Limiter::longest_wait);
  ask.took = std::clamp<Micros>(ask.took, -longest_took, longest_took);
  return ask;
}

/// A clock that went back takes what lies ahead back with it: a jump may shorten a wait, never
/// lengthen it.
void follow_clock(State& state, Micros now) {
  const Micros back = state.gcra.at - now;
  if (back > 0) {
    state.gcra.at = now;
    state.window.last = std::max<Micros>(state.window.last - back, 0);
    state.adaptive.lowered_at = std::min(state.adaptive.lowered_at, now);
  }
  state.window.follow(now);
}

/// The terms in force, and the buckets made fit for them.
Terms fitted(State& state, const Config& config, Micros now) {
  const Terms terms = terms_of(config, state);
  if (terms.limits_rate) fit(state.window, terms.frame, now);
  return terms;
}

void answer_to(const Ask& ask, const Terms& terms, State& state, Micros now, Answer& answer) {
  switch (ask.what) {
    case Ask::What::take: return take(state, terms, ask, now, answer);
    case Ask::What::done: return done(state, terms, ask, now, answer);
    case Ask::What::cancel: return cancel(state, terms, ask, now, answer);
    case Ask::What::refund: return refund(state, terms, ask, now);
    case Ask::What::reset: return reset(state);
    case Ask::What::vanish:
      if (state.places.has(ask.ticket)) answer.effects.note(Event::vanished);
      return release(state, ask.ticket);
    case Ask::What::peek: {
      State tried = state;
      take(tried, terms, ask, now, answer);
      answer.effects = {};
      return;
    }
  }
}

}  // namespace

Answer Limiter::step(State& state, const Config& config, const Ask& asked, Micros now) {
  const Ask ask = in_ranges(asked);
  follow_clock(state, now);
  const Buckets as_kept = state.window;
  Answer answer;
  answer_to(ask, fitted(state, config, now), state, now, answer);
  describe(state, fitted(state, config, now), now, answer);
  // Who asks in vain does not make the buckets of others coarser.
  const bool in_vain = ask.what == Ask::What::take && answer.what != Answer::What::go;
  if (in_vain || ask.what == Ask::What::peek) state.window = as_kept;
  return answer;
}

void Limiter::mend(State& state, const Config&, Micros now) {
  policy::mend(state.gcra, now);
  state.window.mend(now, longest_wait);
  state.line.mend();
  policy::mend(state.adaptive, now);
}

}  // namespace gird::policy
