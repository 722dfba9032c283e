// Ask, run, note.
#include "shared/breaking.hpp"

#include "base/signal_name.hpp"
#include "policy/words.hpp"
#include "shared/breaker_gate.hpp"
#include "shared/near_program.hpp"
#include "shared/telling.hpp"

namespace gird {
namespace {

using policy::Breaker;
using Counted = Breaker::Ask::Result;

/// A hook tells somebody of a change; the call that made it is not to hang on that.
constexpr Duration longest_hook = std::chrono::seconds(30);

class Run {
 public:
  Run(const BreakerPlan& plan, Watch& watch, Reports& reports, const OpenedStore& store,
      World& world)
      : plan_(plan),
        watch_(watch),
        reports_(reports),
        world_(world),
        call_(plan.call, watch, world),
        gate_(plan, call_, story_, store, world),
        begun_(world.now()) {
    story_.tool = "breaker-run";
    story_.name = plan.name;
    story_.run = plan.call.scope.run;
    story_.argv = plan.call.argv;
    story_.started = world.wall();
  }

  Result<Exit> to_its_end();

 private:
  Result<Exit> guarded();
  Result<std::optional<Stop>> probed(bool& again);
  Result<Exit> called();
  Result<Exit> instead(const Stop& stop);
  Result<Exit> fallen_back(Exit exit, const std::string& reason);
  void run_hook(std::string_view option, const std::string& line);
  void say_end(const Outcome& outcome);
  void lay_facts();
  [[nodiscard]] Call::Variables variables(const std::string& reason) const;
  [[nodiscard]] std::optional<Duration> limit() const {
    return gate_.probing() && plan_.probe_timeout ? plan_.probe_timeout->limit : plan_.timeout;
  }

  const BreakerPlan& plan_;
  Watch& watch_;
  Reports& reports_;
  World& world_;
  Story story_;
  Call call_;
  BreakerGate gate_;
  Instant begun_;
};

Result<Exit> Run::to_its_end() {
  tell_started(story_, plan_.call.scope, 1, call_.left(), world_);
  Result<Exit> end = guarded();
  gate_.give_back();
  if (gate_.opened() && plan_.on_open_sh) run_hook("--on-open-sh", *plan_.on_open_sh);
  if (gate_.closed() && plan_.on_close_sh) run_hook("--on-close-sh", *plan_.on_close_sh);
  for (const std::string& line : gate_.complaints()) world_.say(line);
  if (reports_.wanted()) lay_facts();
  story_.attempt_count = static_cast<std::int64_t>(story_.attempts.size());
  return tell_end(story_, std::move(end), begun_, reports_, world_);
}

Result<Exit> Run::guarded() {
  // A wrapper around this one may have used up its time.
  if (call_.overdue()) return instead(Call::too_late());
  auto stop = TRY(gate_.admit());
  for (bool again = true; again && !stop && gate_.probing() && plan_.probe_sh;) {
    stop = TRY(probed(again));
  }
  return stop ? instead(*stop) : called();
}

/// In half-open another line is tried before the command: why that is not run then, if it is not.
/// `again` when it failed and the call may probe once more, after a wait.
Result<std::optional<Stop>> Run::probed(bool& again) {
  again = false;
  const auto ended =
      TRY(call_.run_aside(*plan_.probe_sh, variables(gate_.reason()), limit(), gate_.hold()));
  const policy::Count count = policy::count({}, ended.outcome, {.interrupted = ended.interrupted});
  // That the line cannot be run says nothing of the service, and is no success either.
  gate_.record(ended, count.result);
  if (ended.interrupted) return Call::interrupted_by(*ended.interrupted);
  if (count.result == Counted::success) return gate_.admit();
  if (ended.outcome.end == Outcome::End::overdue) return Call::too_late();
  if (!gate_.enforced()) return gate_.admit();
  // A line that cannot be run does not mend by waiting.
  again = count.result == Counted::failure && gate_.patience();
  if (again) return gate_.admit();
  return Stop{.exit = plan_.refusal,
              .result = "refused",
              .reason = plan_.name + ": the probe failed: " + to_text(ended.outcome),
              .cause = policy::Cause::probe_failed};
}

Result<Exit> Run::called() {
  const sys::Ended ended = TRY(call_.run(limit(), gate_.hold()));
  const Outcome& outcome = ended.outcome;
  policy::Seen seen = watch_.end(outcome);
  seen.interrupted = ended.interrupted;
  policy::Count count = policy::count(plan_.counting, outcome, seen);
  gate_.record(ended, count.result);
  story_.attempts.push_back({1, outcome, name_of(count.result), std::move(count.reason), {}});
  tell_attempt(story_, story_.attempts.back(), world_);
  const Exit exit = Call::exit_after(ended);
  const bool interrupted = ended.interrupted && exit != yes;
  const bool overdue = outcome.end == Outcome::End::overdue;
  story_.result = interrupted   ? "interrupted"
                  : overdue     ? "deadline"
                  : exit == yes ? "succeeded"
                                : "command-failed";
  if (outcome.end == Outcome::End::not_found || outcome.end == Outcome::End::not_runnable) {
    say_unfound(plan_.call.argv.front(), outcome.code, world_);
  }
  // A status that is no failure by the rules is an answer, though it may not be 0.
  const bool failed =
      count.result == Counted::failure || (count.result == Counted::ignored && exit != yes);
  if (failed && !interrupted && !overdue && plan_.fallback_sh) {
    return fallen_back(exit, to_text(outcome));
  }
  if (!interrupted) say_end(outcome);
  return call_.leave(exit);
}

Result<Exit> Run::instead(const Stop& stop) {
  story_.result = stop.result;
  const bool refusal = stop.result == "refused";
  if (refusal) {
    story_.refusal = stop.reason;
    tell_refused(story_, stop, Enforced::yes, world_);
  }
  const bool falls_back = refusal && plan_.fallback_sh;
  if (stop.result == "interrupted" || falls_back ? plan_.shown : !plan_.quiet) {
    world_.say(stop.way_round.empty() ? stop.reason : stop.reason + " (" + stop.way_round + ")");
    say_hints(stop.hints, world_);
  }
  return falls_back ? fallen_back(stop.exit, stop.reason) : Result<Exit>(stop.exit);
}

/// Another command's answer is the answer.
Result<Exit> Run::fallen_back(Exit exit, const std::string& reason) {
  Call::Variables more = variables(reason);
  more.emplace_back("GIRD_EXIT", std::to_string(exit.code));
  const sys::Ended ended = TRY(call_.run_instead(*plan_.fallback_sh, more));
  const Exit answer = Call::exit_after(ended);
  const bool interrupted = ended.interrupted && answer != yes;
  story_.result = interrupted ? "interrupted" : "fell-back";
  if (world_.listening()) {
    Record record = record_of("fell-back", story_);
    record.fields.add("status", answer.code)
        .add("duration_s", ended.outcome.took)
        .bytes("reason", reason);
    world_.tell(record);
  }
  if (interrupted) return answer;
  if (answer == yes ? plan_.shown : !plan_.quiet) {
    world_.say("degraded: " + reason + "; --fallback-sh: " + to_text(ended.outcome));
  }
  return answer;
}

Call::Variables Run::variables(const std::string& reason) const {
  return {{"GIRD_BREAKER", plan_.name},
          {"GIRD_STATE", std::string(name_of(gate_.answer().after))},
          {"GIRD_REASON", reason}};
}

/// Its own failure is told and changes nothing.
void Run::run_hook(std::string_view option, const std::string& line) {
  const auto ended = call_.run_aside(line, variables(gate_.reason()), longest_hook, gate_.hold());
  if (!ended)
    return world_.say(std::string(option) + ": " + ended.error().what + ": " + ended.error().why);
  if (ended->outcome.end == Outcome::End::timed_out) {
    return world_.say(std::string(option) + ": ended after the time limit of " +
                      to_words(longest_hook));
  }
  const bool failed = ended->outcome.end != Outcome::End::exited || ended->outcome.code != 0;
  if (failed && !ended->interrupted) {
    world_.say(std::string(option) + ": " + to_text(ended->outcome));
  }
}

/// A command that was ended had no chance to say why.
void Run::say_end(const Outcome& outcome) {
  if (plan_.quiet) return;
  if (outcome.end == Outcome::End::timed_out) {
    world_.say("ended after the time limit of " + to_words(*limit()));
  } else if (outcome.end == Outcome::End::overdue) {
    world_.say("the deadline passed after " + to_words(outcome.took));
  }
}

void Run::lay_facts() {
  const Breaker::Answer& answer = gate_.answer();
  story_.facts_key = "breaker";
  story_.facts.add("guarded", !gate_.unguarded());
  if (gate_.unguarded()) return;
  story_.facts.add("state", name_of(answer.after))
      .add("probe", gate_.probing())
      .add("failures", answer.failures);
  if (answer.opened_by != policy::Cause::none) {
    story_.facts.add("opened_by", name_of(answer.opened_by))
        .add("opened_value", answer.opened_value);
  }
  if (answer.retry_in > 0) story_.facts.add("retry_in_s", policy::duration(answer.retry_in));
}

}  // namespace

Result<Exit> run_breaking(const BreakerPlan& plan, Watch& watch, Reports& reports,
                          const OpenedStore& store, World& world) {
  return Run(plan, watch, reports, store, world).to_its_end();
}

}  // namespace gird
