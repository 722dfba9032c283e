// gird breaker: looks at circuit breakers and sets them by hand.
#include <algorithm>
#include <array>
#include <set>

#include "base/name.hpp"
#include "cli/command.hpp"
#include "shared/breaker_actions.hpp"
#include "shared/breaker_watch.hpp"
#include "shared/store_rows.hpp"
#include "shared/voice.hpp"

namespace gird {
namespace {

using policy::Breaker;
using Verb = Breaker::Ask::What;

enum class Action {
  list,
  show,
  trip,
  reset,
  hold_open,
  hold_closed,
  disable,
  metrics_only,
  release,
  watch,
  history,
  metrics,
  gc,
  explain,
};

constexpr std::array<Choice<Action>, 14> actions{{
    {"list", Action::list, "a table of the breakers"},
    {"show", Action::show, "everything about one"},
    {"trip", Action::trip, "open it now, for its open time"},
    {"reset", Action::reset, "close it and forget what was counted"},
    {"hold-open", Action::hold_open, "refuse every call until it is released"},
    {"hold-closed", Action::hold_closed, "let every call pass until it is released"},
    {"disable", Action::disable, "let every call pass and count nothing"},
    {"metrics-only", Action::metrics_only, "let every call pass and only count"},
    {"release", Action::release, "give it back to its rules"},
    {"watch", Action::watch, "follow changes"},
    {"history", Action::history, "its last 64 transitions and refusals"},
    {"export", Action::metrics, "metrics for Prometheus"},
    {"gc", Action::gc, "remove those that nobody uses any more"},
    {"explain", Action::explain, "why it is in its state and what would change that"},
}};

std::span<const Choice<Action>> choices(Action) { return actions; }

std::string_view name_of(Action action) {
  return std::ranges::find(actions, action, &Choice<Action>::value)->name;
}

enum class Format { text, json, jsonl, prometheus, openmetrics };

constexpr std::array<Choice<Format>, 6> formats{{
    {"text", Format::text, "for people"},
    {"json", Format::json, "one document"},
    {"jsonl", Format::jsonl, "one object a line"},
    {"prometheus", Format::prometheus, "the text format of Prometheus"},
    {"prom", Format::prometheus, "the same"},
    {"openmetrics", Format::openmetrics, "OpenMetrics 1.0"},
}};

std::span<const Choice<Format>> choices(Format) { return formats; }

constexpr Duration month = std::chrono::days(30);

struct Options {
  std::optional<Action> action;
  std::vector<Name> names;
  bool json = false;
  std::optional<Format> format;
  std::optional<std::int64_t> count;
  std::optional<Timeout> timeout;
  std::optional<Duration> older_than;
  bool dry_run = false;
  std::string store;
  Voice voice;
};

cli::Rows rows(Options& o) {
  using cli::Row;
  const cli::Rows own{
      Row("ACTION", o.action, "list|show|...", "what to do"),
      Row("KEY...", o.names, "[KEY...]", "names of breakers; none: all, where that makes sense"),
      Row("--json", o.json, "", "write JSON: one document, or a line for each change with watch")
          .only_typed()
          .common(),
      Row("--format", o.format, "FORMAT",
          "text, json or jsonl; with export prometheus, openmetrics or json")
          .only_typed()
          .common(),
      Row("-n,--count", o.count, "N",
          "watch: end after N changes; history: only the last N entries")
          .only_typed()
          .common(),
      Row("-t,--timeout", o.timeout, "DURATION",
          "watch: end after this long, with exit 124; 0: never")
          .only_typed()
          .common(),
      Row("--older-than", o.older_than, "DURATION", "gc: remove what was not used for this long")
          .otherwise("30d")
          .only_typed()
          .common(),
      Row("--dry-run", o.dry_run, "", "gc: only tell what would be removed").only_typed().common(),
      store_row(o.store).common(),
  };
  return own + voice_rows(o.voice);
}

/// What the verbs of administration ask of a breaker.
std::optional<Verb> verb_of(Action action) {
  switch (action) {
    case Action::trip: return Verb::trip;
    case Action::reset: return Verb::reset;
    case Action::hold_open: return Verb::hold_open;
    case Action::hold_closed: return Verb::hold_closed;
    case Action::disable: return Verb::disable;
    case Action::metrics_only: return Verb::metrics_only;
    case Action::release: return Verb::release;
    default: return std::nullopt;
  }
}

/// The formats that an action writes; its own one comes first.
std::vector<Format> formats_of(Action action) {
  switch (action) {
    case Action::metrics: return {Format::prometheus, Format::openmetrics, Format::json};
    case Action::history: return {Format::text, Format::json, Format::jsonl};
    case Action::watch: return {Format::text, Format::jsonl};
    default: return {Format::text, Format::json};
  }
}

std::string text_of(Format format) {
  return std::string(std::ranges::find(formats, format, &Choice<Format>::value)->name);
}

Result<Format> format_of(const Options& o) {
  const std::vector<Format> allowed = formats_of(*o.action);
  if (o.json && o.format) return misuse("options-contradict", "--json and --format", "choose one");
  if (o.json) return allowed[1] == Format::openmetrics ? Format::json : allowed[1];
  if (!o.format) return allowed.front();
  if (std::ranges::find(allowed, *o.format) != allowed.end()) return *o.format;
  std::string list;
  for (const Format format : allowed) list += (list.empty() ? "" : ", ") + text_of(format);
  return misuse("options-contradict", "--format " + text_of(*o.format),
                "gird breaker " + std::string(name_of(*o.action)) + " writes " + list);
}

/// An option that only other actions have.
Result<void> check_belonging(const Options& o) {
  const auto belongs = [&](bool given, const char* option, std::initializer_list<Action> to,
                           const char* whose) -> Result<void> {
    if (!given || std::ranges::find(to, *o.action) != to.end()) return {};
    return misuse("options-contradict", option, std::string("belongs to gird breaker ") + whose);
  };
  TRY(belongs(o.count.has_value(), "--count", {Action::watch, Action::history},
              "watch and history"));
  TRY(belongs(o.older_than.has_value(), "--older-than", {Action::gc}, "gc"));
  TRY(belongs(o.timeout.has_value(), "--timeout", {Action::watch}, "watch"));
  return belongs(o.dry_run, "--dry-run", {Action::gc}, "gc");
}

Result<void> check(const Options& o) {
  if (!o.action) {
    std::string list;
    for (const Choice<Action>& choice : actions) {
      list += (list.empty() ? "" : ", ") + std::string(choice.name);
    }
    return misuse("operand-missing", "ACTION", "must be one of " + list, {"gird breaker list"});
  }
  TRY(check(o.voice));
  TRY(check_belonging(o));
  if (o.count == 0) return misuse("value-integer", "--count 0", "must be 1 or more");
  const bool of_one = verb_of(*o.action) || *o.action == Action::show ||
                      *o.action == Action::history || *o.action == Action::explain;
  if (of_one && o.names.empty()) {
    return misuse("operand-missing", "KEY",
                  "gird breaker " + std::string(name_of(*o.action)) + " needs a name",
                  {"gird breaker list"});
  }
  return {};
}

std::vector<std::string> names_of(const Options& o) {
  std::vector<std::string> names;
  std::set<std::string_view> seen;
  for (const Name& name : o.names) {
    if (seen.insert(name.text).second) names.push_back(name.text);
  }
  return names;
}

Result<Exit> watch(const Options& o, const BreakerCall& call, Format format) {
  WatchPlan plan{.names = call.names, .count = o.count, .timeout = {}, .lines = {}};
  if (o.timeout) plan.timeout = o.timeout->limit;
  plan.lines = format == Format::jsonl;
  return watch_breakers(plan, call.store, call.world);
}

Result<Exit> perform(const Options& o, const BreakerCall& call, Format format) {
  constexpr std::int64_t all = 1000;
  const Exposition exposition =
      format == Format::openmetrics ? Exposition::openmetrics : Exposition::prometheus;
  switch (*o.action) {
    case Action::list: return list_breakers(call);
    case Action::show: return show_breakers(call);
    case Action::watch: return watch(o, call, format);
    case Action::history:
      return tell_history(call, static_cast<std::size_t>(o.count.value_or(all)));
    case Action::metrics: return export_breakers(call, exposition);
    case Action::gc: return collect_breakers(call, o.older_than.value_or(month), o.dry_run);
    case Action::explain: return explain_breakers(call);
    default: return administer_breakers(call, *verb_of(*o.action));
  }
}

Result<Exit> act(const Options& o, World& world) {
  TRY(check(o));
  const Format format = TRY(format_of(o));
  const auto store = TRY(store::open(o.store, world));
  const BreakerCall call{.store = *store,
                         .world = world,
                         .names = names_of(o),
                         .json = format == Format::json,
                         .lines = format == Format::jsonl,
                         .quiet = o.voice.quiet,
                         .verbose = o.voice.verbose};
  auto exit = perform(o, call, format);
  for (const std::string& complaint : store->complaints()) world.say(complaint);
  return exit;
}

}  // namespace

extern constinit const cli::Command breaker = cli::command<Options, rows, act>(
    "breaker", cli::Kind::checker, "look at circuit breakers, and set them by hand");

}  // namespace gird
