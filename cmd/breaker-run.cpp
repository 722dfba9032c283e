// gird breaker-run: run a command behind a circuit breaker that every process shares.
#include <algorithm>

#include "base/name.hpp"
#include "base/share.hpp"
#include "cli/command.hpp"
#include "policy/window.hpp"
#include "shared/breaking.hpp"
#include "shared/default_name.hpp"
#include "shared/fuse.hpp"
#include "shared/guard_rows.hpp"
#include "shared/guarded_command.hpp"
#include "shared/packs_of.hpp"
#include "shared/reporting.hpp"
#include "shared/voice.hpp"
#include "sys/world.hpp"

namespace gird {
namespace {

using cli::Row;
using policy::Breaker;
using policy::micros;

struct Options {
  std::int64_t failure_threshold = 5;
  Share failure_rate{0.5};
  policy::Window window;
  std::optional<std::int64_t> min_calls;
  std::optional<Duration> slow_call;
  std::optional<Share> slow_rate;
  bool adaptive = false;
  Duration open_for = std::chrono::seconds(60);
  std::optional<Duration> open_max;
  double open_factor = 2;
  std::int64_t success_threshold = 2;
  std::int64_t half_open_permits = 1;
  std::optional<Timeout> half_open_timeout;
  std::optional<std::string> probe_sh;
  bool ramp = false;
  std::optional<Share> enforce;
  bool metrics_only = false;
  Timeout timeout{std::chrono::seconds(30)};
  std::optional<Rate> max_rate;
  std::optional<policy::OutcomeSet> record;
  std::optional<policy::OutcomeSet> ignore;
  policy::TransientChoice transient;
  std::optional<std::string> fallback_sh;
  std::optional<std::string> on_open_sh;
  std::optional<std::string> on_close_sh;
  Guarding guarding;
  bool apart = false;
  Voice voice;
  Reporting reporting;
  std::vector<std::string> argv;
};

cli::Rows opening_rows(Options& o) {
  return {
      Row("When it opens"),
      Row("--failure-threshold", o.failure_threshold, "N", "open after N failures in a row")
          .common(),
      Row("--failure-rate", o.failure_rate, "P%", "also open when this share of the window failed")
          .common(),
      Row("--window", o.window, "N|DURATION",
          "what rates are taken of: the last N calls, or a time")
          .common(),
      Row("--min-calls", o.min_calls, "N", "rates count from N calls in the window")
          .otherwise("10, or a smaller window"),
      Row("--slow-call", o.slow_call, "DURATION", "a call that takes longer is slow")
          .otherwise("none is"),
      Row("--slow-rate", o.slow_rate, "P%", "also open when this share of the window was slow")
          .otherwise("100%"),
      Row("--adaptive", o.adaptive, "",
          "also open when failures or times are far from what they were so far"),
  };
}

cli::Rows closing_rows(Options& o) {
  return {
      Row("How it closes"),
      Row("--open-for", o.open_for, "DURATION", "how long it stays open before a probe").common(),
      Row("--open-max", o.open_max, "DURATION", "the longest that grows to").otherwise("10m"),
      Row("--open-factor", o.open_factor, "F", "by which it grows at each failed probe"),
      Row("--success-threshold", o.success_threshold, "N", "close after N successful probes"),
      Row("--half-open-permits", o.half_open_permits, "N", "probes that may be under way at once"),
      Row("--half-open-timeout", o.half_open_timeout, "DURATION",
          "the time limit of a probe, in place of --timeout")
          .otherwise("--timeout"),
      Row("--probe-sh", o.probe_sh, "LINE",
          "when half-open run this shell line first, and the command only if it succeeds"),
      Row("--ramp", o.ramp, "", "after closing let 10, then 50, then 100 percent through"),
  };
}

cli::Rows counting_rows(Options& o) {
  return {
      Row("What counts"),
      Row("--record", o.record, "SPEC",
          "these outcomes are failures and no others: 1,5-9,75,SIGSEGV,signal,timeout,any")
          .otherwise("any but 126, 127, SIGPIPE"),
      Row("--ignore", o.ignore, "SPEC", "these outcomes count neither way"),
      Row("--transient", o.transient, "PACK",
          "rules for well-known programs, comma-separated; auto: those of the command; none; list "
          "prints them"),
  };
}

cli::Rows rows(Options& o) {
  const cli::Rows limits{
      Row("Limits"),
      Row("-t,--timeout", o.timeout, "DURATION", "end a call that takes longer; it is a failure")
          .common(),
      Row("--max-rate", o.max_rate, "N/DURATION", "let no more calls through: 60/min, 10/s")
          .otherwise("no limit"),
  };
  const cli::Rows instead{
      Row("Instead"),
      Row("--fallback-sh", o.fallback_sh, "LINE",
          "run this shell line when refused or failed; its output and status are the answer")
          .common(),
  };
  const cli::Rows trial{
      Row("Trial"),
      Row("--enforce", o.enforce, "P%", "carry out this share of refusals").otherwise("100%"),
      Row("--metrics-only", o.metrics_only, "", "count everything and refuse nothing"),
  };
  const cli::Rows hooks{
      Row("Hooks"),
      Row("--on-open-sh", o.on_open_sh, "LINE", "run this shell line when this call opens it"),
      Row("--on-close-sh", o.on_close_sh, "LINE", "run this shell line when this call closes it"),
  };
  const cli::Rows operands{
      Row("COMMAND...", o.argv, "ARG", "the program to run, and its arguments")
          .completes(cli::Completes::program),
  };
  return guarding_rows(o.guarding) + opening_rows(o) + closing_rows(o) + limits + counting_rows(o) +
         instead + trial + hooks + guarding_limit_rows(o.guarding) + fuse_rows(o.apart) +
         voice_rows(o.voice) + reporting_rows(o.reporting) + operands;
}

std::unexpected<Error> contradict(std::string what, std::string why) {
  return misuse("options-contradict", std::move(what), std::move(why));
}

Result<void> check_opening(const Options& o) {
  TRY(check_count("--failure-threshold", o.failure_threshold));
  TRY(check_share("--failure-rate", o.failure_rate));
  if (o.min_calls) TRY(check_count("--min-calls", *o.min_calls));
  if (o.min_calls && o.window.calls != 0 && *o.min_calls > o.window.calls) {
    return contradict("--min-calls " + std::to_string(*o.min_calls),
                      "never reached in a --window of " + to_text(o.window) + " calls");
  }
  if (o.slow_call) TRY(check_span("--slow-call", *o.slow_call));
  if (o.slow_rate) TRY(check_share("--slow-rate", *o.slow_rate));
  if (o.slow_rate && !o.slow_call) {
    return contradict("--slow-rate", "no call is slow without --slow-call");
  }
  if (o.slow_call && o.timeout.limit && *o.slow_call >= *o.timeout.limit) {
    return contradict("--slow-call " + to_text(*o.slow_call),
                      "no call takes that long with --timeout " + to_text(o.timeout));
  }
  return {};
}

Result<void> check_closing(const Options& o) {
  TRY(check_span("--open-for", o.open_for));
  if (o.open_max) TRY(check_span("--open-max", *o.open_max));
  if (o.open_max && *o.open_max < o.open_for) {
    return contradict("--open-max " + to_text(*o.open_max),
                      "shorter than --open-for " + to_text(o.open_for));
  }
  if (o.open_factor < 1) {
    return misuse("value-number", "--open-factor " + to_text(o.open_factor), "must be 1 or more");
  }
  TRY(check_count("--success-threshold", o.success_threshold));
  return check_count("--half-open-permits", o.half_open_permits, Breaker::most_holders);
}

/// What the types of the options cannot rule out.
Result<void> check(const Options& o) {
  TRY(check(o.voice));
  if (o.argv.empty() || o.argv.front().empty()) {
    return misuse("command-missing", "COMMAND", "there is no command to run",
                  {"gird breaker-run -- curl -fsS http://127.0.0.1/"});
  }
  TRY(check(o.guarding));
  TRY(check_opening(o));
  TRY(check_closing(o));
  if (o.enforce && o.metrics_only) {
    return contradict("--enforce", "--metrics-only carries out no refusal");
  }
  if (o.record && o.ignore && (*o.record | *o.ignore) == *o.ignore) {
    return contradict("--record " + to_text(*o.record), "all of it is in --ignore");
  }
  for (const auto& [name, line] :
       {std::pair("--probe-sh", &o.probe_sh), std::pair("--fallback-sh", &o.fallback_sh),
        std::pair("--on-open-sh", &o.on_open_sh), std::pair("--on-close-sh", &o.on_close_sh)}) {
    if (*line && (*line)->empty()) return misuse("command-missing", name, "an empty shell line");
  }
  return {};
}

Breaker::Config config_of(const Options& o) {
  Breaker::Config config;
  config.failure_threshold = o.failure_threshold;
  config.failure_rate = o.failure_rate.part;
  config.window_calls = o.window.calls;
  config.window_time = micros(o.window.time);
  if (o.min_calls) config.min_calls = *o.min_calls;
  if (o.window.calls != 0) config.min_calls = std::min(config.min_calls, o.window.calls);
  if (o.slow_call) config.slow_call = micros(*o.slow_call);
  if (o.slow_rate) config.slow_rate = o.slow_rate->part;
  config.open_for = micros(o.open_for);
  // An open time that was written down is meant, so it raises the cap that nobody set.
  config.open_max = o.open_max ? micros(*o.open_max) : std::max(config.open_max, config.open_for);
  config.open_factor = o.open_factor;
  config.success_threshold = o.success_threshold;
  config.half_open_permits = o.half_open_permits;
  config.ramp = o.ramp;
  config.adaptive = o.adaptive;
  config.enforce = o.metrics_only ? 0 : o.enforce.value_or(Share{1}).part;
  return config;
}

BreakerPlan plan_of(const Options& o, RunScope scope, const World& world) {
  BreakerPlan plan;
  plan.name = o.guarding.name ? o.guarding.name->text : default_name(o.argv).text;
  plan.config = config_of(o);
  plan.rate = o.max_rate;
  plan.counting = {.record = o.record,
                   .ignore = o.ignore,
                   .guard = !guarded_command(o.argv).empty(),
                   .named_packs = !o.transient.packs.empty()};
  plan.call = {.argv = o.argv,
               .scope = std::move(scope),
               .kill_after = o.guarding.kill_after,
               .fuse = !o.apart,
               .hold = o.fallback_sh.has_value()};
  plan.timeout = o.timeout.limit;
  plan.probe_timeout = o.half_open_timeout;
  plan.wait = o.guarding.wait;
  plan.probe_sh = o.probe_sh;
  plan.fallback_sh = o.fallback_sh;
  plan.on_open_sh = o.on_open_sh;
  plan.on_close_sh = o.on_close_sh;
  plan.store = o.guarding.store;
  plan.on_store_error = o.guarding.on_store_error;
  plan.refusal = {static_cast<int>(o.guarding.refuse_code)};
  plan.quiet = o.voice.quiet;
  plan.shown = !o.voice.quiet && (o.voice.verbose || world.err_is_terminal());
  return plan;
}

Result<Exit> act(const Options& o, World& world) {
  if (o.transient.list) return print_packs(o.argv, world);
  TRY(check(o));
  const BreakerPlan plan = plan_of(o, TRY(run_scope(world)), world);
  const auto opened = store::open(o.guarding.store, world);
  const OpenedStore store = TRY(usable(opened));
  WatchFor known;
  known.packs = packs_of(o.transient, o.argv);
  const auto watch = TRY(Watch::make(known));
  if (o.reporting.events)
    TRY(world.open_events(*o.reporting.events, "breaker-run", plan.call.scope.run));
  auto reports = TRY(Reports::open(o.reporting.reports, world));
  return run_breaking(plan, *watch, reports, store, world);
}

}  // namespace

extern constinit const cli::Command breaker_run =
    cli::command<Options, rows, act>("breaker-run", cli::Kind::wrapper,
                                     "run a command behind a circuit breaker that processes share");

}  // namespace gird
