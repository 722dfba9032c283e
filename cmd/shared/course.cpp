// The loop: attempt, judge, tell, decide, wait.
#include "shared/course.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "base/chance.hpp"
#include "base/quoting.hpp"
#include "base/signal_name.hpp"
#include "shared/near_program.hpp"
#include "shared/telling.hpp"
#include "sys/files.hpp"

namespace gird {
namespace {

using policy::Step;
using policy::Verdict;
using Variables = std::vector<std::pair<std::string, std::string>>;

std::string_view word_of(Verdict::What what) {
  switch (what) {
    case Verdict::What::success: return "success";
    case Verdict::What::retry: return "retry";
    case Verdict::What::stop: return "stop";
  }
  return {};
}

/// "exit 7 (curl: connection refused)"
std::string described(const Attempt& attempt) {
  std::string text = to_text(attempt.outcome);
  if (!attempt.reason.empty() && attempt.reason != "a failure") text += " (" + attempt.reason + ")";
  return text;
}

class Run {
 public:
  Run(const Course& course, Watch& watch, Reports& reports, World& world)
      : course_(course),
        watch_(watch),
        reports_(reports),
        world_(world),
        streams_(course.streams, watch),
        chance_(course.seed),
        begun_(world.now()) {
    if (course.deadline) deadline_ = begun_ + *course.deadline;
    story_.tool = "retry";
    story_.run = course.scope.run;
    story_.argv = course.argv;
    story_.started = world.wall();
    lay_variables();
  }

  Result<Exit> to_its_end();

 private:
  void lay_variables();
  Result<Exit> attempts();
  Result<std::optional<Exit>> one_attempt();
  Result<sys::Ended> perform();
  Result<std::optional<Exit>> settle(const Attempt& attempt, const Step& step);
  Result<std::optional<Exit>> pause(const Attempt& attempt, Duration wait);
  Result<void> run_hook(const Attempt& attempt, Duration wait);
  Exit failed_exit(const Attempt& attempt) const;
  Result<void> open_budget();
  bool within_budget(const Attempt& attempt);
  void go_on_without_budget(const Error& error);
  void say_complaints();
  void keep(const Attempt& attempt);
  void say_retry(const Attempt& attempt, Duration wait);
  void say_end(const Attempt& attempt, Step::What why);
  void say_unfound(const Attempt& attempt);

  [[nodiscard]] std::optional<Duration> left() const {
    return deadline_ ? std::optional(*deadline_ - world_.now()) : std::nullopt;
  }

  const Course& course_;
  Watch& watch_;
  Reports& reports_;
  World& world_;
  Streams streams_;
  Chance chance_;
  Instant begun_;
  std::optional<Instant> deadline_;
  policy::Progress progress_;
  Variables variables_;
  std::vector<std::string> then_;
  std::optional<int> interrupted_;
  std::optional<RetryBudget> budget_;
  Story story_;
};

/// The variables that stay the same; the number of the attempt is the first.
void Run::lay_variables() {
  variables_.emplace_back("GIRD_ATTEMPT", "1");
  variables_.emplace_back("GIRD_ATTEMPT_LIMIT", std::to_string(course_.retry.attempts));
  variables_.emplace_back("GIRD_DEPTH", std::to_string(course_.scope.depth));
  variables_.emplace_back("GIRD_RUN", course_.scope.run);
  if (course_.deadline) {
    variables_.emplace_back("GIRD_DEADLINE_AT", to_text(story_.started + *course_.deadline));
  }
  if (course_.then_sh) then_ = {"/bin/sh", "-c", *course_.then_sh};
}

Result<Exit> Run::to_its_end() {
  tell_started(story_, course_.scope, course_.retry.attempts, course_.deadline, world_);
  Result<Exit> end = attempts();
  story_.attempt_count = progress_.attempt;
  return tell_end(story_, std::move(end), begun_, reports_, world_);
}

Result<Exit> Run::attempts() {
  // A wrapper around this one may have used up its time.
  if (deadline_ && world_.now() >= *deadline_) {
    story_.result = "deadline";
    if (!course_.quiet) world_.say("the deadline passed before the first attempt");
    return late;
  }
  TRY(open_budget());
  while (true) {
    if (const auto exit = TRY(one_attempt())) return *exit;
  }
}

/// Runs, judges and decides once; the exit status when that was the end.
Result<std::optional<Exit>> Run::one_attempt() {
  ++progress_.attempt;
  const sys::Ended ended = TRY(perform());
  interrupted_ = ended.interrupted;
  TRY(streams_.inspect());
  policy::Seen seen = watch_.end(ended.outcome);
  seen.interrupted = ended.interrupted;
  const Verdict verdict = judge(course_.rules, ended.outcome, seen);
  Attempt attempt{progress_.attempt, ended.outcome, word_of(verdict.what), verdict.reason, {}};
  if (verdict.what != Verdict::What::success) {
    // What a time limit could not end, another TERM and KILL will not either.
    const std::size_t survivors =
        ended.survivors > 0 ? ended.survivors : TRY(world_.sweep(course_.kill_after));
    if (survivors > 0) {
      world_.say(std::to_string(survivors) + (survivors == 1 ? " process" : " processes") +
                 " did not end, even by KILL");
    }
  }
  if (!watch_.misunderstood().empty() && !course_.quiet) {
    world_.say("pushback not understood: " + shell_quoted(watch_.misunderstood()));
  }
  Step step = next_step(course_.retry, progress_,
                        {.verdict = verdict.what,
                         .took = ended.outcome.took,
                         .pushback = watch_.pushback(),
                         .left = left(),
                         .chance = chance_.next()});
  // A success that is not the last one wanted was no failure that a retry makes good.
  const bool retries = step.what == Step::What::again && verdict.what != Verdict::What::success;
  if (retries && !within_budget(attempt)) step.what = Step::What::no_budget;
  if (step.what == Step::What::again) attempt.wait = step.wait;
  keep(attempt);
  tell_attempt(story_, attempt, world_);
  return settle(attempt, step);
}

Result<sys::Ended> Run::perform() {
  Variables variables = variables_;
  variables.front().second = std::to_string(progress_.attempt);
  sys::Job job;
  const bool later = progress_.attempt > 1 && course_.then_sh;
  job.argv =
      later ? std::span<const std::string>(then_) : std::span<const std::string>(course_.argv);
  job.timeout = course_.timeout;
  job.deadline = deadline_;
  job.kill_after = course_.kill_after;
  job.fuse = course_.fuse;
  TRY(streams_.lay(job, variables));
  job.variables = variables;
  return world_.run(job);
}

/// The first attempt is what the budget counts as a call.
Result<void> Run::open_budget() {
  if (!course_.budget) return {};
  auto budget = RetryBudget::open(*course_.budget, course_.store, world_);
  if (!budget && budget.error().fault == Fault::usage) return std::unexpected(budget.error());
  if (!budget) return go_on_without_budget(budget.error()), Result<void>();
  budget_ = std::move(*budget);
  const auto counted = budget_->call();
  say_complaints();
  if (!counted) go_on_without_budget(counted.error());
  return {};
}

/// Whether others leave room for one more attempt, which is taken.
bool Run::within_budget(const Attempt& attempt) {
  if (!budget_) return true;
  const auto allowed = budget_->retry();
  say_complaints();
  if (!allowed) go_on_without_budget(allowed.error());
  if (!allowed || *allowed) return true;
  Record record = record_of("exhausted", story_);
  record.fields.add("name", course_.budget->name.text)
      .add("attempt", attempt.number)
      .add("calls", budget_->answer().calls)
      .add("retries", budget_->answer().retries);
  world_.tell(record);
  return false;
}

/// A store that fails must not keep a command from being tried again.
void Run::go_on_without_budget(const Error& error) {
  tell_error(story_, error, world_);
  if (!course_.quiet) {
    world_.say(error.what + ": " + error.why + "; going on without the budget");
  }
  budget_.reset();
}

void Run::say_complaints() {
  for (const std::string& complaint : budget_->complaints()) world_.say(complaint);
}

/// What follows from the step: a wait, or the end with its messages.
Result<std::optional<Exit>> Run::settle(const Attempt& attempt, const Step& step) {
  switch (step.what) {
    case Step::What::again: return pause(attempt, step.wait);
    case Step::What::succeeded: {
      story_.result = "succeeded";
      if (course_.shown && progress_.attempt > 1) {
        world_.say("succeeded on attempt " + std::to_string(progress_.attempt) + " after " +
                   to_words(world_.now() - begun_));
      }
      return TRY(streams_.leave(yes, world_));
    }
    case Step::What::exhausted: story_.result = "exhausted"; break;
    case Step::What::stopped: story_.result = interrupted_ ? "interrupted" : "stopped"; break;
    case Step::What::no_time: story_.result = "deadline"; break;
    case Step::What::no_budget: story_.result = "budget"; break;
  }
  if (attempt.outcome.end == Outcome::End::overdue) story_.result = "deadline";
  say_end(attempt, step.what);
  return TRY(streams_.leave(story_.result == "deadline" ? late : failed_exit(attempt), world_));
}

/// The status of a run whose last attempt was no success.
Exit Run::failed_exit(const Attempt& attempt) const {
  const Exit exit = exit_of(attempt.outcome);
  if (course_.rules.invert && attempt.verdict == "retry") return no;
  // KILL may have been needed to end it; what the user sent is what happened.
  if (interrupted_ && exit.signal != 0) return died_of(*interrupted_);
  // It exited 0 and still was no success: a pattern or --success-on says so.
  return exit.code == 0 ? no : exit;
}

Result<std::optional<Exit>> Run::pause(const Attempt& attempt, Duration wait) {
  TRY(streams_.set_aside(world_));
  say_retry(attempt, wait);
  if (course_.on_retry_sh) TRY(run_hook(attempt, wait));
  const Instant before = world_.now();
  interrupted_ = TRY(world_.sleep(wait)).interrupted;
  Record slept{"slept"};
  slept.fields.add("attempt", attempt.number).add("wait_s", world_.now() - before);
  world_.tell(slept);
  if (!interrupted_) {
    if (!deadline_ || world_.now() < *deadline_) return std::nullopt;
    story_.result = "deadline";
    say_end(attempt, Step::What::no_time);
    return late;
  }
  story_.result = "interrupted";
  if (course_.verbose) world_.say("interrupted by " + signal_name(*interrupted_));
  return died_of(*interrupted_);
}

Result<void> Run::run_hook(const Attempt& attempt, Duration wait) {
  const sys::Fd nothing = TRY(sys::null_input());
  Variables variables = variables_;
  variables.front().second = std::to_string(attempt.number);
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
  variables.emplace_back("GIRD_DELAY_MS", std::to_string(milliseconds));
  variables.emplace_back("GIRD_EXIT", std::to_string(exit_of(attempt.outcome).code));
  variables.emplace_back("GIRD_REASON", described(attempt));
  const std::vector<std::string> argv{"/bin/sh", "-c", *course_.on_retry_sh};
  sys::Job job;
  job.argv = argv;
  job.variables = variables;
  job.in = nothing.get();
  job.out = 2;  // standard output is the command's
  job.deadline = deadline_;
  job.kill_after = course_.kill_after;
  const sys::Ended ended = TRY(world_.run(job));
  const bool failed = ended.outcome.end != Outcome::End::exited || ended.outcome.code != 0;
  if (failed && !ended.interrupted) world_.say("--on-retry-sh: " + to_text(ended.outcome));
  return {};
}

void Run::keep(const Attempt& attempt) {
  // The last place is for the newest once the story is full.
  if (story_.attempts.size() == most_attempts_kept) story_.attempts.pop_back();
  story_.attempts.push_back(attempt);
}

void Run::say_retry(const Attempt& attempt, Duration wait) {
  if (!course_.shown) return;
  const std::int64_t limit = course_.retry.attempts;
  std::string text = "attempt " + std::to_string(attempt.number);
  if (limit > 0) text += " of " + std::to_string(limit);
  text += ": " + described(attempt) + " after " + to_words(attempt.outcome.took) + "; next in " +
          to_words(wait);
  world_.say(text);
}

void Run::say_end(const Attempt& attempt, Step::What why) {
  const auto end = attempt.outcome.end;
  if (end == Outcome::End::not_found || end == Outcome::End::not_runnable) {
    return say_unfound(attempt);
  }
  if (interrupted_ && course_.verbose) world_.say("interrupted by " + signal_name(*interrupted_));
  if (course_.quiet || interrupted_) return;
  // Nobody is left to read it: the reader of the output went away, as with `| head`.
  if (end == Outcome::End::signalled && attempt.outcome.code == SIGPIPE) return;
  const std::int64_t count = progress_.attempt;
  const std::string tried = std::to_string(count) +
                            (count == 1 ? " attempt in " : " attempts in ") +
                            to_words(world_.now() - begun_);
  const std::string limit = course_.deadline ? to_words(*course_.deadline) : "";
  if (end == Outcome::End::overdue) {
    return world_.say("the deadline of " + limit + " passed: " + tried);
  }
  if (why == Step::What::no_time) {
    return world_.say("no time for another attempt before the deadline of " + limit + ": " + tried +
                      "; last: " + described(attempt));
  }
  if (why == Step::What::no_budget) {
    return world_.say("the budget " + course_.budget->name.text + " is used up by " +
                      budget_->usage() + ": " + tried + ": " + described(attempt));
  }
  if (why == Step::What::stopped) return world_.say("not tried again: " + described(attempt));
  world_.say("gave up after " + tried + ": " + described(attempt));
}

void Run::say_unfound(const Attempt& attempt) {
  const bool other = attempt.number > 1 && course_.then_sh;
  gird::say_unfound(other ? then_.front() : course_.argv.front(), attempt.outcome.code, world_);
}

}  // namespace

Result<Exit> run_course(const Course& course, Watch& watch, Reports& reports, World& world) {
  return Run(course, watch, reports, world).to_its_end();
}

}  // namespace gird
