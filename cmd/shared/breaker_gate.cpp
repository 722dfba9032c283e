// Asking a breaker and telling it.
#include "shared/breaker_gate.hpp"

#include <algorithm>

#include "policy/words.hpp"
#include "shared/refusal.hpp"
#include "shared/telling.hpp"

namespace gird {
namespace {

using policy::Breaker;
using policy::duration;
using policy::micros;
using What = Breaker::Ask::What;

/// A holder that was killed tells nobody; who waits for its permit asks again that often.
constexpr Duration between_asks = std::chrono::seconds(1);

/// Each of which waits for the lock as long as a store does (250 ms).
constexpr int tries_when_busy = 8;

}  // namespace

BreakerGate::BreakerGate(const BreakerPlan& plan, Call& call, const Story& story, OpenedStore store,
                         World& world)
    : plan_(plan),
      call_(call),
      story_(story),
      world_(world),
      store_(std::move(store)),
      chance_(world.entropy()),
      lot_(chance_.next()),
      begun_(world.now()) {}

Result<std::optional<Stop>> BreakerGate::admit() {
  probing_ = false;
  while (true) {
    if (const auto error = ask({.what = What::admit})) return unguarded_by(*error);
    if (answer_.allowed) break;
    const auto left = patience();
    if (!left) return refusal();
    if (auto stop = TRY(await_change(*left))) {
      return stopped_waiting(std::move(*stop), plan_.name);
    }
  }
  admitted_ = true;
  ticket_ = answer_.effects.ticket;
  probing_ = answer_.probe;
  if (std::exchange(waited_, false)) tell_waited();
  changes_.reset();
  if (answer_.would_refuse) tell_enforced_not(refusal());
  if (!plan_.rate || paid_) return std::nullopt;
  auto stop = await_rate();
  // Nobody is to wait for a place that is not used, however long the fallback takes.
  if (!stop || *stop) give_back();
  return stop;
}

/// One step; what kept the store from making it.
std::optional<Error> BreakerGate::ask(Breaker::Ask ask) {
  if (!store_) return store_.error();
  ask.chance = chance_.next();
  ask.enforce_chance = lot_;
  auto answer = (*store_)->step<Breaker>(plan_.name, &plan_.config, ask, hold_);
  if (!answer) return std::move(answer.error());
  answer_ = *answer;
  for (const policy::Note& note : answer_.effects.notes) take_note(note);
  return std::nullopt;
}

std::optional<Duration> BreakerGate::patience() const {
  if (!plan_.wait) return std::nullopt;
  const Duration left = *plan_.wait - (world_.now() - begun_);
  return left > Duration::zero() ? std::optional(left) : std::nullopt;
}

/// Waits until it is worth asking again; why the waiting is over, if it is.
Result<std::optional<Stop>> BreakerGate::await_change(Duration patience) {
  if (!std::exchange(waited_, true)) {
    if (plan_.shown) world_.say(waiting_text(plan_.name, answer_, patience));
    // Watched first and asked again then, so that no change falls between.
    changes_ = (*store_)->changes(store::kind_of<Breaker>(), plan_.name).value_or(nullptr);
    if (changes_) return std::nullopt;
  }
  const Duration soon = answer_.retry_in > 0 ? duration(answer_.retry_in) : between_asks;
  const Instant end = world_.now() + std::min(patience, soon);
  // To ask changes the cell and wakes the others who wait, so a wake-up only looks.
  while (world_.now() < end) {
    const Duration left = end - world_.now();
    // A store that tells of no changes is looked at now and then.
    const Duration nap = changes_ ? left : std::min(left, between_asks);
    const int wake = changes_ ? changes_->descriptor() : -1;
    if (auto stop = TRY(call_.sleep(nap, wake, {}))) return stop;
    if (changes_ && !changes_->take()) changes_.reset();
    if (would_pass()) break;
  }
  return std::nullopt;
}

/// Whether the cell as it is now would let a call through.
bool BreakerGate::would_pass() {
  auto look = (*store_)->glance<Breaker>(plan_.name);
  if (!look || !*look) return true;  // somebody has removed it, or the next ask tells
  Breaker::Ask ask;
  ask.chance = chance_.next();
  return Breaker::step((*look)->state, plan_.config, ask, (*look)->now).allowed;
}

/// --max-rate: a limiter of the same name.
Result<std::optional<Stop>> BreakerGate::await_rate() {
  if (rate_) rate_->give_back();
  rate_limits_.name = plan_.name;
  rate_limits_.refusal = plan_.refusal;
  rate_limits_.shown = plan_.shown;
  rate_limits_.config.count = static_cast<double>(plan_.rate->count);
  rate_limits_.config.period = micros(plan_.rate->period);
  rate_.emplace(rate_limits_, call_, story_, world_, &hold_);
  std::optional<Error> trouble;
  // What is not carried out is not waited for either.
  const Duration ready = enforced() ? patience().value_or(Duration::zero()) : Duration::zero();
  auto stop = TRY(rate_->admit(**store_, ready, trouble));
  if (trouble) return unguarded_by(*trouble, "limit");
  if (!stop || stop->result != "refused" || enforced()) return stop;
  tell_enforced_not(*stop);
  return std::nullopt;
}

/// Whether this call is refused where the breaker or the rate would refuse it: it is not in a
/// trial, and no administrator has set the breaker to let all pass.
bool BreakerGate::enforced() const {
  using enum Breaker::Mode;
  const Breaker::Mode mode = answer_.after;
  const bool by_hand = mode == held_closed || mode == disabled || mode == metrics_only;
  return !by_hand && lot_ < plan_.config.enforce;
}

/// The call is made all the same, or refused.
std::optional<Stop> BreakerGate::unguarded_by(const Error& error, std::string_view guard) {
  unguarded_ = true;
  return without_store(error, guard, plan_.on_store_error, plan_.refusal, story_, world_);
}

Stop BreakerGate::refusal() const {
  return {.exit = plan_.refusal,
          .result = "refused",
          .reason = refusal_text(plan_.name, plan_.config, answer_),
          .way_round = override_command(plan_.name, plan_.store, answer_.cause),
          .cause = answer_.cause,
          .retry_in = answer_.retry_in};
}

void BreakerGate::record(const sys::Ended& ended, Breaker::Ask::Result result) {
  if (!std::exchange(admitted_, false)) return;
  const auto end = ended.outcome.end;
  const bool made = end != Outcome::End::not_found && end != Outcome::End::not_runnable;
  const bool told = made && !ended.interrupted;
  Breaker::Ask ask;
  ask.what = told || result != Breaker::Ask::Result::ignored ? What::record : What::cancel;
  ask.ticket = ticket_;
  ask.result = result;
  ask.took = micros(ended.outcome.took);
  auto error = this->ask(ask);
  // An end that cannot be told counts as a failure, and nobody waits any more but us.
  for (int again = 0; again < tries_when_busy && error && error->code == "store-busy"; ++again) {
    error = this->ask(ask);
  }
  if (error) tell_uncounted(*error, story_, world_);
  if (!rate_ || !made) return;
  rate_->done({}, ended.outcome.took);
  paid_ = true;
}

void BreakerGate::give_back() {
  if (rate_) rate_->give_back();
  if (!std::exchange(admitted_, false)) return;
  Breaker::Ask ask;
  ask.what = What::cancel;
  ask.ticket = ticket_;
  // Where it fails, the store finds the hold gone.
  static_cast<void>(this->ask(ask));
}

void BreakerGate::take_note(const policy::Note& note) {
  using policy::Event;
  const bool opens = note.event == Event::opened;
  const bool closes = note.event == Event::closed;
  if (!opens && !closes && note.event != Event::half_opened) return;
  opened_ = opened_ || opens;
  closed_ = closed_ || closes;
  reason_ = in_words(note.cause, note.value);
  if (world_.listening()) {
    Record record = record_of(name_of(note.event), story_);
    record.fields.add("cause", name_of(note.cause)).add("reason", reason_);
    world_.tell(record);
  }
  if (opens ? plan_.quiet : !plan_.shown) return;
  const std::string text = plan_.name + (opens ? " opens" : closes ? " closes" : " is half-open");
  world_.say(reason_.empty() ? text : text + ": " + reason_);
}

void BreakerGate::tell_enforced_not(const Stop& stop) {
  tell_refused(story_, stop, Enforced::no, world_);
  if (plan_.shown) world_.say(stop.reason + "; the command runs all the same");
}

void BreakerGate::tell_waited() {
  if (!world_.listening()) return;
  Record record = record_of("waited", story_);
  record.fields.add("wait_s", world_.now() - begun_);
  world_.tell(record);
}

}  // namespace gird
