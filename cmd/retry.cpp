// gird retry: run a command again until it succeeds.
#include "policy/retry.hpp"

#include <algorithm>
#include <csignal>

#include "base/chance.hpp"
#include "base/quoting.hpp"
#include "base/signal_name.hpp"
#include "base/utf8.hpp"
#include "cli/command.hpp"
#include "shared/course.hpp"
#include "shared/fuse.hpp"
#include "shared/pacing.hpp"
#include "shared/packs_of.hpp"
#include "shared/reporting.hpp"
#include "shared/run_scope.hpp"
#include "shared/store_rows.hpp"
#include "shared/streams.hpp"
#include "shared/voice.hpp"
#include "sys/files.hpp"
#include "sys/world.hpp"

namespace gird {
namespace {

using cli::Row;

struct Options {
  std::int64_t attempts = 3;
  Pacing pacing;
  Timeout timeout;
  Timeout deadline;
  Duration kill_after = std::chrono::seconds(5);
  std::optional<BudgetChoice> budget;
  std::string store;
  std::optional<policy::OutcomeSet> retry_on;
  std::optional<policy::OutcomeSet> stop_on;
  std::optional<policy::OutcomeSet> success_on;
  WatchFor patterns;
  policy::TransientChoice transient;
  std::int64_t until_success = 1;
  bool invert = false;
  InputMode input = InputMode::inherit;
  std::optional<OutputMode> output;
  std::optional<std::string> failed_output;
  std::optional<std::string> pushback;
  std::optional<std::string> on_retry_sh;
  std::optional<std::string> then_sh;
  bool explain = false;
  bool apart = false;
  Voice voice;
  Reporting reporting;
  std::vector<std::string> argv;
};

cli::Rows rows(Options& o) {
  const cli::Rows schedule{
      Row("Schedule"),
      Row("-n,--attempts", o.attempts, "N",
          "at most N attempts; 0: until the deadline, or for ever")
          .common(),
  };
  const cli::Rows limits{
      Row("Limits"),
      Row("-t,--timeout", o.timeout, "DURATION",
          "end an attempt that takes longer; it counts as a failure")
          .common(),
      Row("--deadline", o.deadline, "DURATION", "end everything after this long, with exit 124")
          .common(),
      Row("--kill-after", o.kill_after, "DURATION",
          "how long after TERM the whole process tree gets KILL"),
      Row("--budget", o.budget, "SPEC",
          "retries of all processes that name it stay within a share of their calls and a floor: "
          "NAME[:RATIO[:MIN/s]], as in api:10%:10/s"),
      store_row(o.store).serves("budget"),
  };
  const cli::Rows outcomes{
      Row("What counts"),
      Row("--retry-on", o.retry_on, "SPEC",
          "try again after these outcomes and no others: 1,5-9,75,SIGSEGV,signal,timeout,any")
          .otherwise("any but 126, 127, SIGPIPE")
          .common(),
      Row("--stop-on", o.stop_on, "SPEC", "never try again after these outcomes").common(),
      Row("--success-on", o.success_on, "SPEC", "these outcomes are a success; gird then exits 0")
          .otherwise("0"),
      Row("--retry-if-stderr", o.patterns.retry_stderr, "RE",
          "try again when a line of standard error matches"),
      Row("--stop-if-stderr", o.patterns.stop_stderr, "RE",
          "do not try again when a line of standard error matches"),
      Row("--retry-if-stdout", o.patterns.retry_stdout, "RE",
          "try again when a line of standard output matches, also after exit 0; holds the output"),
      Row("--stop-if-stdout", o.patterns.stop_stdout, "RE",
          "do not try again when a line of standard output matches; holds the output"),
      Row("--transient", o.transient, "PACK",
          "rules for well-known programs, comma-separated; auto: those of the command; none; list "
          "prints them"),
      Row("--until-success", o.until_success, "N", "go on until N successes in a row"),
      Row("--invert", o.invert, "", "wait for a failure: then exit 0, and 1 when there was none"),
  };
  const cli::Rows streams{
      Row("Streams"),
      Row("--stdin", o.input, "MODE",
          "what attempts read; inherit: what one has read is gone for the next; replay: each reads "
          "the same bytes; null: nothing"),
      Row("--stdout", o.output, "MODE",
          "what becomes of the output; stream: it goes straight through; hold: only the final "
          "attempt's leaves, all or nothing")
          .otherwise("stream")
          .common(),
      Row("--failed-output", o.failed_output, "WHERE",
          "where held output of failed attempts goes: stderr, drop, or a file")
          .otherwise("stderr")
          .completes(cli::Completes::file),
      Row("--pushback", o.pushback, "fd|RE",
          "let the command name the next wait or forbid another try: by lines to the descriptor in "
          "GIRD_PUSHBACK_FD, or by a pattern on standard error whose group is the wait"),
  };
  const cli::Rows hooks{
      Row("Hooks"),
      Row("--on-retry-sh", o.on_retry_sh, "LINE", "run this shell line before each wait"),
      Row("--then-sh", o.then_sh, "LINE", "what later attempts run instead of COMMAND, in a shell"),
  };
  const cli::Rows telling{
      Row("Messages"),
      Row("--explain", o.explain, "", "print the schedule and the rules, and run nothing")
          .only_typed(),
  };
  const cli::Rows operands{
      Row("COMMAND...", o.argv, "ARG", "the program to run, and its arguments")
          .completes(cli::Completes::program),
  };
  return schedule + pacing_rows(o.pacing) + limits + outcomes + streams + hooks +
         fuse_rows(o.apart) + telling + voice_rows(o.voice) + reporting_rows(o.reporting) +
         operands;
}

std::unexpected<Error> contradict(std::string what, std::string why) {
  return misuse("options-contradict", std::move(what), std::move(why));
}

/// Whether everything in `inner` is in `outer` too.
bool within(const policy::OutcomeSet& inner, const policy::OutcomeSet& outer) {
  return (inner | outer) == outer;
}

bool holds_output(const Options& o) {
  const bool by_pattern = !o.patterns.retry_stdout.empty() || !o.patterns.stop_stdout.empty();
  return o.output == OutputMode::hold || by_pattern;
}

/// What the types of the options cannot rule out.
Result<void> check(const Options& o) {
  if (auto done = check(o.voice); !done) return done;
  if (o.argv.empty() || o.argv.front().empty()) {
    return misuse("command-missing", "COMMAND", "there is no command to run",
                  {"gird retry -- curl -fsS http://127.0.0.1/"});
  }
  if (o.until_success == 0)
    return misuse("value-integer", "--until-success 0", "must be 1 or more");
  if (o.attempts != 0 && o.attempts < o.until_success) {
    return contradict("--until-success " + std::to_string(o.until_success),
                      "cannot be reached in " + std::to_string(o.attempts) + " attempts");
  }
  if (o.retry_on && o.stop_on && within(*o.retry_on, *o.stop_on)) {
    return contradict("--retry-on " + to_text(*o.retry_on), "all of it is in --stop-on");
  }
  if (o.retry_on && o.success_on && within(*o.retry_on, *o.success_on)) {
    return contradict("--retry-on " + to_text(*o.retry_on), "all of it is in --success-on");
  }
  if (o.output == OutputMode::stream && holds_output(o)) {
    return contradict("--stdout stream", "patterns on standard output need it held");
  }
  if (o.failed_output && !holds_output(o)) {
    return contradict("--failed-output", "only held output can be set aside: add --stdout hold");
  }
  if (o.failed_output && o.failed_output->empty()) {
    return misuse("value-choice", "--failed-output ''", "must be stderr, drop or a file");
  }
  for (const auto& [name, line] :
       {std::pair("--then-sh", &o.then_sh), std::pair("--on-retry-sh", &o.on_retry_sh)}) {
    if (*line && (*line)->empty()) return misuse("command-missing", name, "an empty shell line");
  }
  return {};
}

Result<Course> course_of(const Options& o, const RunScope& scope, World& world) {
  Course course;
  course.scope = scope;
  course.retry.attempts = o.attempts;
  course.retry.until_success = o.until_success;
  course.retry.schedule = TRY(schedule_of(o.pacing));
  if (o.pacing.max_delay || o.pacing.backoff.cap)
    course.retry.longest_pushback = course.retry.schedule.cap;
  course.rules = {
      .success_on = o.success_on,
      .retry_on = o.retry_on,
      .stop_on = o.stop_on,
      .retry_patterns = !o.patterns.retry_stderr.empty() || !o.patterns.retry_stdout.empty(),
      .named_packs = !o.transient.packs.empty(),
      .invert = o.invert};
  course.watch_for = o.patterns;
  course.watch_for.packs = packs_of(o.transient, o.argv);
  course.streams = {.input = o.input,
                    .hold = holds_output(o),
                    .failed_output = o.failed_output.value_or("stderr"),
                    .pushback_descriptor = o.pushback == "fd"};
  if (o.pushback && o.pushback != "fd") course.watch_for.pushback = o.pushback;
  course.timeout = o.timeout.limit;
  course.kill_after = o.kill_after;
  course.deadline = o.deadline.limit;
  if (scope.deadline) {
    const Duration outer = *scope.deadline - world.wall();
    course.deadline = std::min(course.deadline.value_or(outer), outer);
  }
  course.seed = o.pacing.seed ? static_cast<std::uint64_t>(*o.pacing.seed) : world.entropy();
  course.budget = o.budget;
  course.store = o.store;
  course.fuse = !o.apart;
  course.on_retry_sh = o.on_retry_sh;
  course.then_sh = o.then_sh;
  course.quiet = o.voice.quiet;
  course.verbose = o.voice.verbose;
  course.shown = !o.voice.quiet && (o.voice.verbose || world.err_is_terminal());
  course.argv = o.argv;
  return course;
}

Result<Exit> act(const Options& o, World& world) {
  if (o.transient.list) return print_packs(o.argv, world);
  if (auto done = check(o); !done) return std::unexpected(std::move(done.error()));
  const RunScope scope = TRY(run_scope(world));
  const Course course = TRY(course_of(o, scope, world));
  const auto watch = TRY(Watch::make(course.watch_for));
  if (o.explain) {
    world.out(explained(course));
    return yes;
  }
  if (o.reporting.events) TRY(world.open_events(*o.reporting.events, "retry", scope.run));
  auto reports = TRY(Reports::open(o.reporting.reports, world));
  // A file for failed output that cannot be made is told now and not after the first failure.
  const std::string& aside = course.streams.failed_output;
  if (course.streams.hold && aside != "stderr" && aside != "drop") TRY(sys::append_file(aside));
  return run_course(course, *watch, reports, world);
}

}  // namespace

extern constinit const cli::Command retry = cli::command<Options, rows, act>(
    "retry", cli::Kind::wrapper, "run a command again until it succeeds");

}  // namespace gird
