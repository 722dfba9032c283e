// gird rate-limit: run a command within a rate, or a number at once, that processes share.
#include <array>

#include "base/count_range.hpp"
#include "base/rate.hpp"
#include "cli/command.hpp"
#include "policy/gcra.hpp"
#include "shared/default_name.hpp"
#include "shared/fuse.hpp"
#include "shared/guard_rows.hpp"
#include "shared/limit_facts.hpp"
#include "shared/limiting.hpp"
#include "shared/voice.hpp"
#include "sys/world.hpp"

namespace gird {
namespace policy {

std::span<const Choice<Limiter::Algorithm>> choices(Limiter::Algorithm) {
  using enum Limiter::Algorithm;
  static constexpr std::array<Choice<Limiter::Algorithm>, 2> all{{
      {"gcra", gcra, "a token bucket: a burst after a rest, then evenly"},
      {"sliding", sliding, "never more than the rate in any time as long as its own"},
  }};
  return all;
}

}  // namespace policy

namespace {

using cli::Row;
using policy::Limiter;
using policy::micros;

struct Options {
  std::optional<Rate> rate;
  std::optional<std::int64_t> burst;
  std::optional<Limiter::Algorithm> algorithm;
  std::optional<std::int64_t> cost;
  std::optional<CountRange> adaptive;
  std::optional<policy::OutcomeSet> throttle_on;
  std::optional<std::int64_t> concurrency;
  Timeout timeout;
  bool peek = false;
  bool refund = false;
  bool json = false;
  bool apart = false;
  Guarding guarding;
  Voice voice;
  Reporting reporting;
  std::vector<std::string> argv;
};

cli::Rows rows(Options& o) {
  const cli::Rows limits{
      Row("Limits"),
      Row("-r,--rate", o.rate, "N/DURATION", "let N calls through in this time: 60/min, 10/s")
          .otherwise("no limit")
          .common(),
      Row("--burst", o.burst, "N", "calls that pass at once after a rest")
          .otherwise("N of --rate")
          .common(),
      Row("--algorithm", o.algorithm, "KIND",
          "gcra: a burst after a rest, then evenly; sliding: never more than N in any such time")
          .otherwise("gcra"),
      Row("--cost", o.cost, "N", "this call counts as N").otherwise("1"),
      Row("--concurrency", o.concurrency, "N", "at most N calls at once; the others queue")
          .otherwise("no limit")
          .common(),
      Row("-t,--timeout", o.timeout, "DURATION", "end a call that takes longer").common(),
  };
  const cli::Rows adapting{
      Row("Adapting"),
      Row("--adaptive", o.adaptive, "MIN..MAX",
          "raise the rate while calls go well and lower it when they do not, within this range"),
      Row("--throttle-on", o.throttle_on, "SPEC",
          "these outcomes say that calls come too fast: 1,5-9,75,SIGSEGV,signal,timeout,any")
          .otherwise("75"),
  };
  const cli::Rows without_command{
      Row("Without a command"),
      Row("--peek", o.peek, "",
          "print what a call would be told now; exit 1 if it would be limited")
          .only_typed(),
      Row("--refund", o.refund, "", "give one call, or --cost, back").only_typed(),
      Row("--json", o.json, "", "print that as JSON"),
  };
  const cli::Rows operands{
      Row("COMMAND...", o.argv, "[ARG...]", "the program to run, and its arguments")
          .completes(cli::Completes::program),
  };
  return guarding_rows(o.guarding) + limits + adapting + guarding_limit_rows(o.guarding) +
         without_command + fuse_rows(o.apart) + voice_rows(o.voice) + reporting_rows(o.reporting) +
         operands;
}

std::unexpected<Error> contradict(std::string what, std::string why) {
  return misuse("options-contradict", std::move(what), std::move(why));
}

bool administers(const Options& o) { return o.peek || o.refund; }

/// A bucket holds no more than GCRA can count; what it does not hold would be refused for ever.
Result<void> check_burst(std::int64_t burst, std::int64_t count, Duration period) {
  const policy::Pace pace = policy::pace_of(static_cast<double>(count), micros(period), burst);
  if (pace.burst == burst) return {};
  return contradict("--burst " + std::to_string(burst),
                    "at " + to_text(Rate{count, period}) +
                        " that takes more than 800 days to save up: " + std::to_string(pace.burst) +
                        " at most");
}

Result<void> check_rate(const Options& o) {
  for (const auto& [name, given] : {std::pair("--burst", o.burst.has_value()),
                                    std::pair("--algorithm", o.algorithm.has_value()),
                                    std::pair("--adaptive", o.adaptive.has_value()),
                                    std::pair("--cost", o.cost.has_value() && !administers(o))}) {
    if (given && !o.rate) return contradict(name, "there is no --rate that it could belong to");
  }
  if (o.burst) TRY(check_count("--burst", *o.burst, most_per_period));
  if (o.cost) TRY(check_count("--cost", *o.cost, most_per_period));
  const bool sliding = o.algorithm == Limiter::Algorithm::sliding;
  if (o.burst && sliding) {
    return contradict("--burst", "a sliding window lets the whole rate pass at once");
  }
  if (!o.rate) return {};
  if (o.adaptive && (o.rate->count < o.adaptive->least || o.rate->count > o.adaptive->most)) {
    return contradict("--rate " + to_text(*o.rate),
                      "it begins outside of --adaptive " + to_text(*o.adaptive));
  }
  const std::int64_t least = o.adaptive ? o.adaptive->least : o.rate->count;
  if (o.burst) TRY(check_burst(*o.burst, least, o.rate->period));
  const std::int64_t most = o.burst.value_or(least);
  if (o.cost.value_or(1) > most) {
    return contradict("--cost " + std::to_string(*o.cost),
                      "no more than " + std::to_string(most) + " can pass at once");
  }
  return {};
}

/// What the types of the options cannot rule out.
Result<void> check(const Options& o) {
  TRY(check(o.voice));
  TRY(check(o.guarding));
  if (o.peek && o.refund) return contradict("--peek and --refund", "choose one");
  const char* const instead = o.peek ? "--peek" : "--refund";
  if (administers(o) && !o.argv.empty()) return contradict(instead, "it runs no command");
  if (administers(o) && !o.guarding.name) {
    return misuse("name-missing", instead, "which limit? its --name is needed",
                  {"gird rate-limit --peek --name api"});
  }
  if (o.json && !administers(o)) {
    return contradict("--json", "standard output is the command's: see --report json=FILE");
  }
  if (!administers(o) && (o.argv.empty() || o.argv.front().empty())) {
    return misuse("command-missing", "COMMAND", "there is no command to run",
                  {"gird rate-limit -r 60/min -- curl -fsS http://127.0.0.1/"});
  }
  if (!administers(o) && !o.rate && !o.concurrency) {
    return misuse("rate-missing", "--rate", "neither a rate nor a --concurrency to keep to",
                  {"gird rate-limit -r 60/min -- " + o.argv.front()});
  }
  TRY(check_rate(o));
  if (o.throttle_on && !o.adaptive) {
    return contradict("--throttle-on", "only an --adaptive rate follows outcomes");
  }
  if (o.concurrency) TRY(check_count("--concurrency", *o.concurrency, Limiter::most_at_once));
  const Duration longest = policy::duration(Limiter::longest_wait);
  if (o.guarding.wait && *o.guarding.wait > longest) {
    return misuse("value-duration", "--wait " + to_text(*o.guarding.wait),
                  "nobody waits for longer than " + to_text(longest));
  }
  return {};
}

Limiter::Config config_of(const Options& o) {
  Limiter::Config config;
  config.algorithm = o.algorithm.value_or(config.algorithm);
  if (o.rate) {
    config.count = static_cast<double>(o.rate->count);
    config.period = micros(o.rate->period);
  }
  config.burst = o.burst.value_or(0);
  config.concurrency = o.concurrency.value_or(0);
  if (o.adaptive) {
    config.slowest = static_cast<double>(o.adaptive->least);
    config.fastest = static_cast<double>(o.adaptive->most);
  }
  return config;
}

/// 75, EX_TEMPFAIL: "later".
policy::OutcomeSet throttled_by_default() {
  policy::OutcomeSet set;
  set.codes.set(75);
  return set;
}

LimitPlan plan_of(const Options& o, RunScope scope, const World& world) {
  LimitPlan plan;
  plan.limits.name = o.guarding.name ? o.guarding.name->text : default_name(o.argv).text;
  plan.limits.config = config_of(o);
  plan.limits.cost = o.cost.value_or(1);
  plan.limits.refusal = {static_cast<int>(o.guarding.refuse_code)};
  plan.call = {.argv = o.argv,
               .scope = std::move(scope),
               .kill_after = o.guarding.kill_after,
               .fuse = !o.apart};
  plan.throttled = o.throttle_on ? *o.throttle_on : throttled_by_default();
  plan.timeout = o.timeout.limit;
  plan.wait = o.guarding.wait.value_or(Duration::zero());
  plan.on_store_error = o.guarding.on_store_error;
  plan.quiet = o.voice.quiet;
  plan.shown = !o.voice.quiet && (o.voice.verbose || world.err_is_terminal());
  plan.limits.shown = plan.shown;
  return plan;
}

void print(const Options& o, const Limiter::Answer& answer, World& world) {
  if (!o.json) return world.out(limit_as_text(answer));
  JsonObject object;
  object.add("v", 1).add("name", o.guarding.name->text);
  world.out(add_limit(object, answer).text() + "\n");
}

using Seen = std::optional<store::Look<Limiter>>;

/// The cell without those who went and told nobody: a step, which every store begins by looking for
/// them, is made only where somebody has. A store that cannot be written shows them still.
Result<Seen> look_without_vanished(store::Store& store, const std::string& name) {
  Seen look = TRY(store.look<Limiter>(name));
  if (!look) return look;
  Limiter::Ask ask;
  ask.what = Limiter::Ask::What::peek;
  const auto known = Limiter::step(look->state, look->config, ask, look->now);
  const auto there = static_cast<std::int64_t>(look->holders.size());
  if (there >= known.at_once + known.queue) return look;
  store::Hold nothing;
  if (!store.step<Limiter>(name, nullptr, ask, nothing)) return look;
  return store.look<Limiter>(name);
}

/// --peek and --refund: the config is the one given, or the one that the limit was last used with.
Result<Exit> administer(const Options& o, World& world) {
  const auto store = TRY(store::open(o.guarding.store, world));
  const std::string& name = o.guarding.name->text;
  Seen look = TRY(look_without_vanished(*store, name));
  for (const std::string& line : store->complaints()) world.say(line);
  if (!look && (!o.rate && !o.concurrency)) {
    world.say("no limit named " + name + " has been used");
    return no;
  }
  const bool given = o.rate || o.concurrency;
  const Limiter::Config config = given ? config_of(o) : look->config;
  Limiter::Ask ask;
  ask.cost = o.cost.value_or(1);
  ask.what = Limiter::Ask::What::peek;
  if (o.refund) {
    ask.what = Limiter::Ask::What::refund;
    store::Hold nothing;
    print(o, TRY(store->step<Limiter>(name, given ? &config : nullptr, ask, nothing)), world);
    return yes;
  }
  Limiter::State state = look ? look->state : Limiter::State{};
  const auto answer = Limiter::step(state, config, ask, look ? look->now : 0);
  print(o, answer, world);
  return answer.what == Limiter::Answer::What::go ? yes : no;
}

Result<Exit> act(const Options& o, World& world) {
  TRY(check(o));
  if (administers(o)) return administer(o, world);
  const LimitPlan plan = plan_of(o, TRY(run_scope(world)), world);
  const auto opened = store::open(o.guarding.store, world);
  const OpenedStore store = TRY(usable(opened));
  const auto watch = TRY(Watch::make({}));
  if (o.reporting.events) {
    TRY(world.open_events(*o.reporting.events, "rate-limit", plan.call.scope.run));
  }
  auto reports = TRY(Reports::open(o.reporting.reports, world));
  return run_limited(plan, *watch, reports, store, world);
}

}  // namespace

extern constinit const cli::Command rate_limit = cli::command<Options, rows, act>(
    "rate-limit", cli::Kind::wrapper, "run a command within limits that processes share");

}  // namespace gird
