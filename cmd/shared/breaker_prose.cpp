// What a breaker is doing and why, for people.
#include "shared/breaker_prose.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ranges>

#include "base/number.hpp"
#include "base/utf8.hpp"
#include "policy/words.hpp"

namespace gird {
namespace {

using policy::Breaker;
using Mode = Breaker::Mode;

std::string span_of(policy::Micros span) { return to_text(policy::duration(span)); }

std::string times(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string age(const BreakerView& view, Time moment) {
  return to_words(std::max(view.seen - moment, Duration::zero()));
}

std::string window_name(const Breaker::Config& config) {
  if (config.window_time > 0) return "calls of the last " + span_of(config.window_time);
  return "last " + times(config.window_calls, "call", "calls");
}

/// What opens it, each rule with how far it is: "after 5 failures in a row (now 2)".
std::vector<std::string> opening_rules(const BreakerView& view) {
  const Breaker::Config& config = view.config;
  std::vector<std::string> rules;
  if (config.failure_threshold > 0) {
    rules.push_back(fmt::format("after {} in a row (now {})",
                                times(config.failure_threshold, "failure", "failures"),
                                view.failures));
  }
  const auto now = [&](const std::optional<double>& rate) {
    return rate ? percent(*rate) + " of " + std::to_string(view.window_calls) : "no calls";
  };
  if (config.failure_rate > 0) {
    rules.push_back(fmt::format(
        "when {} of the {} failed, counted from {} on (now {})", percent(config.failure_rate),
        window_name(config), times(config.min_calls, "call", "calls"), now(view.failure_rate())));
  }
  if (config.slow_call > 0) {
    rules.push_back(
        fmt::format("when {} of the {} took longer than {}, counted from {} on (now {})",
                    percent(config.slow_rate), window_name(config), span_of(config.slow_call),
                    times(config.min_calls, "call", "calls"), now(view.slow_rate())));
  }
  if (config.adaptive) rules.emplace_back("when failures or times are far from what it learned");
  return rules;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

std::string next_try_of(const BreakerView& view) {
  if (view.state == Mode::held_open) return "never, until somebody releases it";
  if (view.state == Mode::half_open) {
    return has_free_permit(view) ? "now: the next call is a probe" : "when a probe ends";
  }
  if (view.share < 100 && view.state == Mode::closed) {
    return fmt::format("not needed: {}% of the calls pass", view.share);
  }
  if (!view.next_try) return "not needed: calls pass";
  if (*view.next_try <= view.seen) return "now: the next call is a probe";
  return fmt::format("in {} ({})", to_words(*view.next_try - view.seen), to_text(*view.next_try));
}

std::string holder_text(const store::Holder& holder) {
  const std::string pid = holder.pid == 0 ? "a process" : "process " + std::to_string(holder.pid);
  return holder.host.empty() ? pid : pid + " on " + printable(holder.host);
}

std::string holders_of(const BreakerView& view) {
  if (view.holders.empty()) return "none";
  std::vector<std::string> names;
  for (const store::Holder& holder : view.holders) names.push_back(holder_text(holder));
  return joined(names, ", ");
}

std::string window_of(const BreakerView& view) {
  std::string text =
      fmt::format("{}: {}, {}", window_name(view.config), times(view.window_calls, "call", "calls"),
                  times(view.window_failures, "failure", "failures"));
  if (const auto rate = view.failure_rate()) text += fmt::format(" ({})", percent(*rate));
  if (const auto rate = view.slow_rate()) {
    text += fmt::format(", {} slow ({})", view.window_slow, percent(*rate));
  }
  return text;
}

std::string open_time_of(const BreakerView& view) {
  const Breaker::Config& config = view.config;
  return fmt::format("{} now; {} at first, times {} after a failed probe, at most {}, +-{}",
                     to_text(view.open_for), span_of(config.open_for), to_text(config.open_factor),
                     span_of(config.open_max), percent(config.open_jitter));
}

std::string closing_of(const BreakerView& view) {
  const Breaker::Config& config = view.config;
  std::string text =
      fmt::format("after {} in a row, {} at once",
                  times(config.success_threshold, "successful probe", "successful probes"),
                  config.half_open_permits);
  if (config.ramp) text += ", then 10%, 50% and 100% of the calls";
  return text;
}

std::string totals_of(const BreakerView& view) {
  return fmt::format("{}, {}, {} refused, opened {}", times(view.calls_total, "call", "calls"),
                     times(view.failures_total, "failure", "failures"), view.refused_total,
                     times(view.opened_total, "time", "times"));
}

/// A fact: its name stands on the left, its further lines below its first.
std::string fact(std::string_view name, std::string_view text) {
  return fmt::format("{:<12}{}\n", name, text);
}

std::string line_of(const store::Entry& entry) {
  return to_text(entry.time) + "  " + in_words(entry.note);
}

/// Why it is in its state.
std::string reason(const BreakerView& view) {
  const std::string start = fmt::format("{} is {}, since {}", view.name,
                                        policy::name_of(view.state), age(view, view.since));
  const std::string why = policy::in_words(view.opening.cause, view.opening.value);
  switch (view.state) {
    case Mode::open: return start + (why.empty() ? "." : ": " + why + ".");
    case Mode::half_open:
      return start + ": its open time is over, and probes find out whether it works again.";
    case Mode::held_open:
    case Mode::held_closed:
    case Mode::disabled:
    case Mode::metrics_only: return start + ": somebody set it so.";
    case Mode::closed: break;
  }
  return start + ".";
}

/// What becomes of the calls that are refused.
std::string enforcement(const BreakerView& view) {
  if (enforces_all(view)) return {};
  if (view.config.enforce <= 0) return " Refusals are not carried out: those calls pass as well.";
  return fmt::format(" Only {} of the refusals are carried out: the other calls pass as well.",
                     percent(view.config.enforce));
}

/// What becomes of a call that is made now.
std::string consequence(const BreakerView& view) {
  switch (view.state) {
    case Mode::closed:
      if (view.share < 100) {
        return fmt::format("It has just closed: {}% of the calls pass, more as time goes on.",
                           view.share);
      }
      return "Calls pass, and their ends are counted.";
    case Mode::held_closed: return "Calls pass, and their ends are counted.";
    case Mode::metrics_only: return "Calls pass and are counted; what would open it is only noted.";
    case Mode::disabled: return "Calls pass and nothing is counted.";
    case Mode::held_open: return "Every call is refused.";
    case Mode::open:
      if (view.next_try && *view.next_try > view.seen) {
        return fmt::format("Calls are refused; the first one that comes in {} or later is a probe.",
                           to_words(*view.next_try - view.seen));
      }
      return "Its open time is over: the next call is let through as a probe.";
    case Mode::half_open:
      if (has_free_permit(view)) return "The next call is let through as a probe.";
      return fmt::format("Calls are refused while {} under way.",
                         view.probes == 1 ? "a probe is" : times(view.probes, "", "probes are"));
  }
  return {};
}

std::string after_probes(const BreakerView& view) {
  const std::int64_t missing = std::max<std::int64_t>(
      view.config.success_threshold - (view.state == Mode::half_open ? view.successes : 0), 1);
  return fmt::format("{} in a row {} it; one that fails opens it again for about {}.",
                     times(missing, "successful probe", "successful probes"),
                     missing == 1 ? "closes" : "close", to_words(view.next_open_for));
}

/// What changes the state without anybody's doing.
std::string prospect(const BreakerView& view) {
  switch (view.state) {
    case Mode::open:
    case Mode::half_open: return after_probes(view);
    case Mode::closed: {
      const std::vector<std::string> rules = opening_rules(view);
      if (rules.empty()) return "Nothing opens it: every rule is off.";
      return "It opens " + joined(rules, ", or ") + ".";
    }
    default: return "It stays so until somebody changes it.";
  }
}

std::string by_hand(const BreakerView& view) {
  const auto command = [&](std::string_view verb) {
    return fmt::format("gird breaker {} {}", verb, view.name);
  };
  switch (view.state) {
    case Mode::open:
    case Mode::half_open: return fmt::format("To let calls through at once: {}", command("reset"));
    case Mode::closed: return fmt::format("To refuse calls at once: {}", command("trip"));
    default: return fmt::format("To give it back to its rules: {}", command("release"));
  }
}

}  // namespace

std::string described(const BreakerView& view) {
  const std::string why = policy::in_words(view.opening.cause, view.opening.value);
  std::string text = fact("name", view.name);
  text += fact("state", state_text(view));
  text += fact("since", fmt::format("{} ({} ago)", to_text(view.since), age(view, view.since)));
  text += fact("next try", next_try_of(view));
  text += fact("last opened", why.empty() ? "never" : why);
  text += fact("failures", std::to_string(view.failures) + " in a row");
  text += fact("window", window_of(view));
  const std::vector<std::string> rules = opening_rules(view);
  text += fact("opens", rules.empty() ? "never: every rule is off" : rules.front());
  for (const std::string& rule : rules | std::views::drop(1)) text += fact("", rule);
  text += fact("open time", open_time_of(view));
  text += fact("closes", closing_of(view));
  if (view.config.enforce < 1) {
    text += fact("enforced", percent(view.config.enforce) + " of the refusals");
  }
  text += fact("holders", holders_of(view));
  text += fact("totals", totals_of(view));
  constexpr std::size_t shown = 5;
  std::string_view name = "last events";
  const std::size_t skipped = view.journal.size() - std::min(view.journal.size(), shown);
  for (const store::Entry& entry : view.journal | std::views::drop(skipped)) {
    text += fact(std::exchange(name, ""), line_of(entry));
  }
  return text;
}

std::vector<std::string> explained(const BreakerView& view) {
  return {reason(view), consequence(view) + enforcement(view), prospect(view), by_hand(view)};
}

std::string history_of(const BreakerView& view) {
  std::string text;
  for (const store::Entry& entry : view.journal) text += line_of(entry) + "\n";
  return text;
}

}  // namespace gird
