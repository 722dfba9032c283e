// From the numbers of a cell to what people and machines are told.
#include "shared/breaker_view.hpp"

#include <cmath>
#include <ranges>

#include "base/number.hpp"
#include "policy/breaker_rules.hpp"
#include "policy/words.hpp"

namespace gird {
namespace {

using policy::Breaker;
using policy::Cause;
using policy::Event;
using Mode = Breaker::Mode;

std::optional<double> part_of(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

bool lets_nothing_or_probes_through(Mode mode) {
  return mode == Mode::open || mode == Mode::half_open || mode == Mode::held_open;
}

/// When it stopped letting all calls through. A half-open breaker did so before its state began,
/// which the journal knows.
std::optional<Time> opened_at(const BreakerView& view) {
  if (!lets_nothing_or_probes_through(view.state)) return std::nullopt;
  if (view.state != Mode::half_open) return view.since;
  for (const store::Entry& entry : std::views::reverse(view.journal)) {
    if (entry.note.event == Event::opened) return entry.time;
  }
  return view.since;
}

std::string config_json(const Breaker::Config& config) {
  JsonObject object;
  object.add("failure_threshold", config.failure_threshold)
      .add("failure_rate", config.failure_rate);
  if (config.window_calls > 0) object.add("window_calls", config.window_calls);
  if (config.window_time > 0) object.add("window_s", policy::duration(config.window_time));
  object.add("min_calls", config.min_calls);
  if (config.slow_call > 0) {
    object.add("slow_call_s", policy::duration(config.slow_call))
        .add("slow_rate", config.slow_rate);
  }
  return object.add("open_for_s", policy::duration(config.open_for))
      .add("open_max_s", policy::duration(config.open_max))
      .add("open_factor", config.open_factor)
      .add("open_jitter", config.open_jitter)
      .add("success_threshold", config.success_threshold)
      .add("half_open_permits", config.half_open_permits)
      .add("ramp", config.ramp)
      .add("adaptive", config.adaptive)
      .add("enforce", config.enforce)
      .text();
}

std::string holder_json(const store::Holder& holder) {
  JsonObject object;
  if (holder.pid != 0) object.add("pid", holder.pid);
  if (!holder.host.empty()) object.add("host", holder.host);
  return object.add("ticket", holder.ticket).text();
}

template <class List>
std::string array_of(const List& list, auto&& text_of) {
  std::vector<std::string> objects;
  for (const auto& item : list) objects.push_back(text_of(item));
  return json_array(objects);
}

void add_note(JsonObject& object, const policy::Note& note) {
  object.add("event", policy::name_of(note.event));
  if (note.cause != Cause::none) object.add("cause", policy::name_of(note.cause));
  if (note.value != 0) object.add("value", note.value);
  object.add("message", in_words(note));
}

}  // namespace

std::optional<double> BreakerView::failure_rate() const {
  return part_of(window_failures, window_calls);
}

std::optional<double> BreakerView::slow_rate() const {
  return config.slow_call > 0 ? part_of(window_slow, window_calls) : std::nullopt;
}

BreakerView view_of(std::string name, const store::Look<Breaker>& look) {
  const Breaker::State& state = look.state;
  const auto at = [&](policy::Micros moment) {
    return look.wall - policy::duration(look.now - moment);
  };
  const auto window = state.window.counts(look.now);
  BreakerView view;
  view.name = std::move(name);
  view.state = state.mode;
  view.seen = look.wall;
  view.since = at(state.since);
  view.failures = state.failures;
  view.successes = state.successes;
  view.probes = state.probes;
  view.share = state.share;
  view.window_calls = window.calls;
  view.window_failures = window.failed;
  view.window_slow = window.slow;
  view.opening = {Event::opened, state.opened_by, state.opened_value};
  if (state.mode == Mode::open) view.next_try = at(state.open_until);
  view.open_for = policy::duration(state.open_for > 0 ? state.open_for : look.config.open_for);
  view.next_open_for = policy::duration(policy::longer(look.config, state.open_for));
  view.idle = look.idle;
  view.calls_total = state.calls_total;
  view.failures_total = state.failures_total;
  view.refused_total = state.refused_total;
  view.opened_total = state.opened_total;
  view.config = look.config;
  view.raw = state;
  view.holders = look.holders;
  view.journal = look.journal;
  view.opened = opened_at(view);
  return view;
}

JsonObject& add_breaker(JsonObject& object, const BreakerView& view, Depth depth) {
  object.add("name", view.name).add("state", policy::name_of(view.state));
  object.add("since", view.since).add("seen_at", view.seen).add("failures", view.failures);
  object.add("failure_rate", view.failure_rate()).add("slow_rate", view.slow_rate());
  object.raw("window", JsonObject()
                           .add("calls", view.window_calls)
                           .add("failures", view.window_failures)
                           .add("slow", view.window_slow)
                           .text());
  object.add("opened_at", view.opened);
  if (view.opening.cause != Cause::none) {
    object.add("opened_by", policy::name_of(view.opening.cause));
    object.add("opened_value", view.opening.value);
  }
  object.add("next_try_at", view.next_try).add("open_for_s", view.open_for);
  if (view.share < 100) object.add("passing_percent", view.share);
  object.add("probes", view.probes).add("probe_successes", view.successes);
  object.raw("holders", array_of(view.holders, holder_json)).add("idle_s", view.idle);
  object.raw("totals", JsonObject()
                           .add("calls", view.calls_total)
                           .add("failures", view.failures_total)
                           .add("refused", view.refused_total)
                           .add("opened", view.opened_total)
                           .text());
  if (depth == Depth::brief) return object;
  const auto json_of = [](const store::Entry& entry) { return entry_json(entry); };
  return object.raw("config", config_json(view.config))
      .raw("journal", array_of(view.journal, json_of));
}

std::string entry_json(const store::Entry& entry) {
  JsonObject object;
  object.add("time", entry.time);
  add_note(object, entry.note);
  return object.text();
}

std::string entry_json(std::string_view name, const store::Entry& entry) {
  JsonObject object;
  object.add("v", 1).add("name", name).add("time", entry.time);
  add_note(object, entry.note);
  return object.text();
}

std::string in_words(const policy::Note& note) {
  const std::string text(policy::name_of(note.event));
  if (note.event == Event::ramped) {
    return text + ": " + decimal_text(static_cast<std::int64_t>(note.value * 10), 1) +
           "% of calls pass";
  }
  if (note.event == Event::vanished) {
    return text +
           ": a call was killed before it told how it ended; unless it was a probe, it failed";
  }
  if (note.event == Event::late) {
    return text + ": a call from before the last change ended; it is not counted";
  }
  const std::string why = policy::in_words(note.cause, note.value);
  return why.empty() ? text : text + ": " + why;
}

bool enforces_all(const BreakerView& view) {
  if (view.config.enforce >= 1) return true;
  const bool refuses = view.state == Mode::open || view.state == Mode::half_open ||
                       (view.state == Mode::closed && view.share < 100);
  return !refuses;
}

std::string state_text(const BreakerView& view) {
  std::string text(policy::name_of(view.state));
  if (view.state == Mode::closed && view.share < 100) {
    text += ", " + std::to_string(view.share) + "%";
  }
  if (enforces_all(view)) return text;
  if (view.config.enforce <= 0) return text + ", not enforced";
  return text + ", " + percent(view.config.enforce) + " enforced";
}

bool has_free_permit(const BreakerView& view) {
  return view.probes < view.config.half_open_permits;
}

std::string percent(double share) { return decimal_text(std::llround(share * 1000), 1) + "%"; }

}  // namespace gird
