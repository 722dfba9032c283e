// The text formats of Prometheus and OpenMetrics.
// Source: prometheus.io, "Exposition formats"; openmetrics.io, OpenMetrics 1.0.
#include "shared/breaker_metrics.hpp"

#include <array>
#include <ranges>

#include "policy/words.hpp"

namespace gird {
namespace {

using policy::Breaker;

/// Whole numbers below 2^53 as such, as JSON has them.
std::string number(double value) { return json_number(value); }

/// To a millisecond, as all reports have it.
double seconds_of(Time time) {
  using std::chrono::milliseconds;
  const auto count = std::chrono::floor<milliseconds>(time.time_since_epoch()).count();
  return static_cast<double>(count) / 1e3;
}

/// A family with one sample for each breaker; `value` gives nothing where there is none.
struct Family {
  std::string_view name;
  std::string_view help;
  bool counter;
  std::optional<double> (*value)(const BreakerView& view);
};

template <auto member>
std::optional<double> plain(const BreakerView& view) {
  return static_cast<double>(view.*member);
}

std::optional<double> time_of(const std::optional<Time>& time) {
  return time ? std::optional(seconds_of(*time)) : std::nullopt;
}

constexpr std::array<Family, 13> families{{
    {"gird_breaker_failures_in_row", "Failures since the last success.", false,
     plain<&BreakerView::failures>},
    {"gird_breaker_window_calls", "Calls that the rates are of.", false,
     plain<&BreakerView::window_calls>},
    {"gird_breaker_failure_ratio", "Share of the calls in the window that failed.", false,
     [](const BreakerView& view) { return view.failure_rate(); }},
    {"gird_breaker_slow_ratio", "Share of the calls in the window that were slow.", false,
     [](const BreakerView& view) { return view.slow_rate(); }},
    {"gird_breaker_in_flight", "Calls under way.", false,
     [](const BreakerView& view) -> std::optional<double> {
       return static_cast<double>(view.holders.size());
     }},
    {"gird_breaker_probes", "Probes under way.", false, plain<&BreakerView::probes>},
    {"gird_breaker_since_timestamp_seconds", "When the state began.", false,
     [](const BreakerView& view) -> std::optional<double> { return seconds_of(view.since); }},
    {"gird_breaker_opened_timestamp_seconds", "When it stopped letting all calls through.", false,
     [](const BreakerView& view) { return time_of(view.opened); }},
    {"gird_breaker_next_try_timestamp_seconds", "When an open one lets a probe through.", false,
     [](const BreakerView& view) { return time_of(view.next_try); }},
    {"gird_breaker_calls", "Calls that were let through.", true, plain<&BreakerView::calls_total>},
    {"gird_breaker_failures", "Calls that failed.", true, plain<&BreakerView::failures_total>},
    {"gird_breaker_refused", "Calls that were refused.", true, plain<&BreakerView::refused_total>},
    {"gird_breaker_opened", "How often it opened.", true, plain<&BreakerView::opened_total>},
}};

/// A label's value: backslash, quote and newline have escapes.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\\' || byte == '"') out += '\\';
    if (byte == '\n') {
      out += "\\n";
    } else {
      out += byte;
    }
  }
  return out;
}

std::string head(std::string_view name, std::string_view help, std::string_view type) {
  const std::string subject(name);
  return "# HELP " + subject + " " + std::string(help) + "\n# TYPE " + subject + " " +
         std::string(type) + "\n";
}

/// One series for each state, 1 for the one that is.
std::string states_of(std::span<const BreakerView> views) {
  std::string text = head("gird_breaker_state", "1 for the state that a breaker is in.", "gauge");
  for (const BreakerView& view : views) {
    for (int i = 0; i <= static_cast<int>(Breaker::Mode::metrics_only); ++i) {
      const auto mode = static_cast<Breaker::Mode>(i);
      text += "gird_breaker_state{name=\"" + escaped(view.name) + "\",state=\"" +
              std::string(policy::name_of(mode)) + "\"} " + (mode == view.state ? "1\n" : "0\n");
    }
  }
  return text;
}

std::string text_of(const Family& family, std::span<const BreakerView> views, Exposition format) {
  const std::string name(family.name);
  const std::string sample = family.counter ? name + "_total" : name;
  std::string text = head(format == Exposition::prometheus ? sample : name, family.help,
                          family.counter ? "counter" : "gauge");
  for (const BreakerView& view : views) {
    const auto value = family.value(view);
    if (value) text += sample + "{name=\"" + escaped(view.name) + "\"} " + number(*value) + "\n";
  }
  return text;
}

}  // namespace

std::string as_metrics(std::span<const BreakerView> views, Exposition format) {
  std::string text = states_of(views);
  for (const Family& family : families) text += text_of(family, views, format);
  if (format == Exposition::openmetrics) text += "# EOF\n";
  return text;
}

}  // namespace gird
