// Ask, wait, run.
#include "shared/limiting.hpp"

#include "policy/counting.hpp"
#include "shared/limit_facts.hpp"
#include "shared/near_program.hpp"
#include "shared/telling.hpp"

namespace gird {
namespace {

using policy::Limiter;

class Run {
 public:
  Run(const LimitPlan& plan, Watch& watch, Reports& reports, OpenedStore store, World& world)
      : plan_(plan),
        reports_(reports),
        world_(world),
        store_(std::move(store)),
        call_(plan.call, watch, world),
        gate_(plan.limits, call_, story_, world),
        begun_(world.now()) {
    story_.tool = "rate-limit";
    story_.name = plan.limits.name;
    story_.run = plan.call.scope.run;
    story_.argv = plan.call.argv;
    story_.started = world.wall();
  }

  Result<Exit> to_its_end();

 private:
  Result<Exit> guarded();
  Result<std::optional<Stop>> admitted();
  Result<Exit> called();
  Exit instead(const Stop& stop);
  void judge(const sys::Ended& ended, Exit exit);
  void say_end(const Outcome& outcome);
  [[nodiscard]] Limiter::Ask::Result signal_of(const Outcome& outcome,
                                               std::string_view verdict) const;

  const LimitPlan& plan_;
  Reports& reports_;
  World& world_;
  OpenedStore store_;
  Story story_;
  Call call_;
  LimiterGate gate_;
  Instant begun_;
  bool unguarded_ = false;
};

Result<Exit> Run::to_its_end() {
  tell_started(story_, plan_.call.scope, 1, call_.left(), world_);
  Result<Exit> end = guarded();
  gate_.give_back();
  if (store_) {
    for (const std::string& line : (*store_)->complaints()) world_.say(line);
  }
  if (reports_.wanted()) {
    story_.facts_key = "limit";
    story_.facts.add("guarded", !unguarded_);
    if (!unguarded_) add_limit(story_.facts, gate_.answer());
  }
  story_.attempt_count = static_cast<std::int64_t>(story_.attempts.size());
  return tell_end(story_, std::move(end), begun_, reports_, world_);
}

Result<Exit> Run::guarded() {
  // A wrapper around this one may have used up its time.
  if (call_.overdue()) return instead(Call::too_late());
  if (const auto stop = TRY(admitted())) return instead(*stop);
  return called();
}

Result<std::optional<Stop>> Run::admitted() {
  std::optional<Error> trouble;
  std::optional<Stop> stop;
  if (store_) {
    stop = TRY(gate_.admit(**store_, plan_.wait, trouble));
  } else {
    trouble = store_.error();
  }
  if (!trouble) return stop;
  gate_.give_back();  // who runs without a limit is not in anybody's way
  unguarded_ = true;
  return without_store(*trouble, "limit", plan_.on_store_error, plan_.limits.refusal, story_,
                       world_);
}

Result<Exit> Run::called() {
  const sys::Ended ended = TRY(call_.run(plan_.timeout, gate_.hold()));
  const Exit exit = Call::exit_after(ended);
  judge(ended, exit);
  if (ended.outcome.end == Outcome::End::not_found ||
      ended.outcome.end == Outcome::End::not_runnable) {
    say_unfound(plan_.call.argv.front(), ended.outcome.code, world_);
  } else if (story_.result != "interrupted") {
    say_end(ended.outcome);
  }
  return call_.leave(exit);
}

/// Notes how the call ended, in the story and, where that is of use, in the limiter.
void Run::judge(const sys::Ended& ended, Exit exit) {
  const Outcome& outcome = ended.outcome;
  policy::Seen seen;
  seen.interrupted = ended.interrupted;
  policy::Count count = policy::count({}, outcome, seen);
  const std::string_view verdict = name_of(count.result);
  // What was never started has used nothing up.
  if (outcome.end != Outcome::End::not_found && outcome.end != Outcome::End::not_runnable) {
    const auto error = gate_.done(signal_of(outcome, verdict), outcome.took);
    if (error) tell_uncounted(*error, story_, world_);
  }
  story_.attempts.push_back({1, outcome, verdict, std::move(count.reason), {}});
  tell_attempt(story_, story_.attempts.back(), world_);
  const bool interrupted = ended.interrupted && exit != yes;
  story_.result = interrupted                            ? "interrupted"
                  : outcome.end == Outcome::End::overdue ? "deadline"
                  : exit == yes                          ? "succeeded"
                                                         : "command-failed";
}

/// What the limiter is to make of it.
Limiter::Ask::Result Run::signal_of(const Outcome& outcome, std::string_view verdict) const {
  using enum Limiter::Ask::Result;
  if (plan_.throttled.holds(outcome)) return throttled;
  return verdict == "failure" ? failure : success;
}

Exit Run::instead(const Stop& stop) {
  story_.result = stop.result;
  if (stop.result == "refused") {
    story_.refusal = stop.reason;
    tell_refused(story_, stop, Enforced::yes, world_);
  }
  if (stop.result == "interrupted" ? plan_.shown : !plan_.quiet) {
    world_.say(stop.reason);
    say_hints(stop.hints, world_);
  }
  return stop.exit;
}

/// A command that was ended had no chance to say why.
void Run::say_end(const Outcome& outcome) {
  if (plan_.quiet) return;
  if (outcome.end == Outcome::End::timed_out) {
    world_.say("ended after the time limit of " + to_words(*plan_.timeout));
  } else if (outcome.end == Outcome::End::overdue) {
    world_.say("the deadline passed after " + to_words(outcome.took));
  }
}

}  // namespace

Result<Exit> run_limited(const LimitPlan& plan, Watch& watch, Reports& reports,
                         const OpenedStore& store, World& world) {
  return Run(plan, watch, reports, store, world).to_its_end();
}

}  // namespace gird
