// Asking a limiter and telling it.
#include "shared/limiter_gate.hpp"

#include <algorithm>

#include "shared/refusal.hpp"
#include "shared/telling.hpp"

namespace gird {
namespace {

using policy::duration;
using policy::Limiter;
using policy::micros;
using Answered = Limiter::Answer::What;
using What = Limiter::Ask::What;

/// Those who were killed tell nobody; whoever queues asks again that often.
constexpr Duration between_asks = std::chrono::seconds(1);

}  // namespace

Result<std::optional<Stop>> LimiterGate::admit(store::Store& store, Duration patience,
                                               std::optional<Error>& trouble) {
  store_ = &store;
  const Instant begun = world_.now();
  const Instant end = begun + std::min(patience, duration(Limiter::longest_wait));
  bool would_queue = false;
  while (true) {
    Limiter::Ask ask;
    ask.cost = limits_.cost;
    ask.patience = micros(std::max(end - world_.now(), Duration::zero()));
    ask.ticket = ticket_;
    would_queue = ask.patience > 0;
    trouble = this->ask(ask);
    if (trouble) return std::nullopt;
    if (answer_.what != Answered::queued) break;
    if (auto stop = TRY(await_turn(end))) {
      return stopped_waiting(std::move(*stop), limits_.name);
    }
  }
  changes_.reset();
  if (answer_.what == Answered::refused) {
    return Stop{.exit = limits_.refusal,
                .result = "refused",
                .reason = refusal_text(limits_.name, limits_.config, answer_, would_queue),
                .cause = answer_.cause,
                .retry_in = answer_.retry_after};
  }
  start_ = world_.now() + duration(answer_.wait);
  if (auto stop = TRY(await_start(end))) {
    return stopped_waiting(std::move(*stop), limits_.name);
  }
  if (queued_ || answer_.wait > 0) tell_waited(begun);
  return std::nullopt;
}

/// One step; what kept the store from making it.
std::optional<Error> LimiterGate::ask(Limiter::Ask ask) {
  auto answer = store_->step<Limiter>(limits_.name, &limits_.config, ask, hold_);
  if (!answer) return std::move(answer.error());
  answer_ = *answer;
  const policy::Effects& effects = answer_.effects;
  if (effects.hold == policy::Effects::Hold::take) ticket_ = effects.ticket;
  // Without a hold it is a ticket of nobody: dropped, or kept by a store that is away now.
  if (!hold_) ticket_ = 0;
  return std::nullopt;
}

/// Waits until it is worth asking again, which takes an ask at `end` too.
Result<std::optional<Stop>> LimiterGate::await_turn(Instant end) {
  if (!std::exchange(queued_, true)) {
    say_waiting(end);
    // Watched first and asked again then, so that no change falls between.
    changes_ = store_->changes(store::kind_of<Limiter>(), limits_.name).value_or(nullptr);
    if (changes_) return std::nullopt;
  }
  // A store that tells of no changes is asked now and then all the same.
  const Instant soon = std::min(end, world_.now() + between_asks);
  // To ask changes the cell and wakes the others who wait, so a wake-up only looks.
  while (world_.now() < soon) {
    const int wake = changes_ ? changes_->descriptor() : -1;
    if (auto stop = TRY(call_.sleep(soon - world_.now(), wake, {&hold_, kept_}))) return stop;
    if (changes_ && !changes_->take()) changes_.reset();
    if (turn_has_come()) break;
  }
  return std::nullopt;
}

/// Whether the cell as it is now would have another answer, or somebody is gone without a word.
bool LimiterGate::turn_has_come() {
  auto look = store_->glance<Limiter>(limits_.name);
  if (!look || !*look) return true;  // the next ask tells
  Limiter::Ask ask;
  ask.cost = limits_.cost;
  ask.patience = Limiter::longest_wait;
  ask.ticket = ticket_;
  const auto answer = Limiter::step((*look)->state, limits_.config, ask, (*look)->now);
  const auto there = static_cast<std::int64_t>((*look)->holders.size());
  return answer.what != Answered::queued || there < answer.at_once + answer.queue;
}

Result<std::optional<Stop>> LimiterGate::await_start(Instant end) {
  if (world_.now() < *start_) say_waiting(end);
  while (world_.now() < *start_) {
    const Duration left = *start_ - world_.now();
    if (auto stop = TRY(call_.sleep(left, -1, {&hold_, kept_}))) return stop;
  }
  return std::nullopt;
}

std::optional<Error> LimiterGate::done(Limiter::Ask::Result result, Duration took) {
  if (!start_) return std::nullopt;
  start_.reset();
  // A limit of the rate alone has nothing more to learn.
  if (!hold_ && limits_.config.fastest <= 0) return std::nullopt;
  Limiter::Ask ask;
  ask.what = What::done;
  ask.ticket = ticket_;
  ask.result = result;
  ask.took = micros(took);
  return this->ask(ask);
}

void LimiterGate::give_back() {
  if (!start_ && ticket_ == 0) return;
  Limiter::Ask ask;
  ask.what = What::cancel;
  ask.cost = limits_.cost;
  ask.ticket = ticket_;
  if (start_) ask.took = micros(world_.now() - *start_);
  start_.reset();
  // Where it fails, the store finds the hold gone.
  static_cast<void>(this->ask(ask));
}

void LimiterGate::say_waiting(Instant end) {
  if (!limits_.shown) return;
  world_.say(waiting_text(limits_.name, limits_.config, answer_, end - world_.now()));
}

void LimiterGate::tell_waited(Instant begun) {
  if (!world_.listening()) return;
  Record record = record_of("waited", story_);
  record.fields.add("wait_s", world_.now() - begun);
  world_.tell(record);
}

}  // namespace gird
