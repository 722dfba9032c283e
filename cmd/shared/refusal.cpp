// Refusals in words.
#include "shared/refusal.hpp"

#include <cmath>

#include "base/number.hpp"
#include "base/quoting.hpp"
#include "base/rate.hpp"
#include "policy/breaker_rules.hpp"
#include "policy/words.hpp"

namespace gird {
namespace {

using policy::Cause;
using policy::duration;

std::string words(policy::Micros span) { return to_words(policy::duration(span)); }

std::string next_try(policy::Micros span) {
  return span > 0 ? "; next try in " + words(span) : std::string();
}

/// "60/m"; a rate that has adapted need not be whole.
std::string rate_in_words(double count, Duration period) {
  if (count == std::floor(count)) return to_text(Rate{static_cast<std::int64_t>(count), period});
  return to_text(std::round(count * 100) / 100) + to_text(Rate{0, period}).substr(1);
}

std::string calls(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " call" : " calls");
}

/// A ramp lets 10 percent through, and 50 after its first step.
std::string ramp_text(const policy::Breaker::Config& config,
                      const policy::Breaker::Answer& answer) {
  const bool first = answer.since < policy::ramp_step(config);
  return " closed " + words(answer.since) + " ago and lets " + (first ? "10%" : "50%") +
         " of calls through";
}

std::string why(const policy::Breaker::Answer& answer) {
  switch (answer.cause) {
    case Cause::probing: return " is half-open: " + in_words(Cause::probing, 0);
    case Cause::administrator: return " is held open: " + in_words(Cause::administrator, 0);
    default: break;
  }
  const std::string reason = in_words(answer.opened_by, answer.opened_value);
  return reason.empty() ? " is open" : " is open: " + reason;
}

}  // namespace

std::string refusal_text(std::string_view name, const policy::Breaker::Config& config,
                         const policy::Breaker::Answer& answer) {
  const std::string text = answer.cause == Cause::ramp
                               ? ramp_text(config, answer)
                               : why(answer) + ", for " + words(answer.since);
  return std::string(name) + text + next_try(answer.retry_in);
}

std::string waiting_text(std::string_view name, const policy::Breaker::Answer& answer,
                         Duration patience) {
  std::string text = "waiting for " + std::string(name) + ": ";
  text += answer.cause == Cause::ramp ? "just closed" : name_of(answer.after);
  if (answer.retry_in > 0) text += ", next try in " + words(answer.retry_in);
  return text + " (at most " + to_words(patience) + ")";
}

std::string override_command(std::string_view name, std::string_view store, Cause cause) {
  std::string text =
      cause == Cause::administrator ? "gird breaker release " : "gird breaker reset ";
  if (!store.empty()) text += "--store " + shell_quoted(store) + " ";
  return text.append(name);
}

std::string refusal_text(std::string_view name, const policy::Limiter::Config& config,
                         const policy::Limiter::Answer& answer, bool would_queue) {
  std::string text(name);
  if (answer.cause == Cause::concurrency && would_queue) {
    return text + " has " + calls(answer.queue) + " waiting already, and no more can queue";
  }
  if (answer.cause == Cause::concurrency) {
    return text + " has " + calls(answer.at_once) + " under way, and no room for more";
  }
  return text + " is over its rate of " + rate_in_words(answer.rate, duration(config.period)) +
         next_try(answer.retry_after);
}

std::string waiting_text(std::string_view name, const policy::Limiter::Config& config,
                         const policy::Limiter::Answer& answer, Duration patience) {
  const std::string text = "waiting for " + std::string(name) + ": ";
  if (answer.what == policy::Limiter::Answer::What::go) {
    return text + "over its rate of " + rate_in_words(answer.rate, duration(config.period)) +
           ", starts in " + words(answer.wait);
  }
  // The queue has the one who waits in it.
  const std::string before =
      answer.queue > 1 ? ", " + std::to_string(answer.queue - 1) + " waiting before it" : "";
  return text + calls(answer.at_once) + " under way" + before + " (at most " + to_words(patience) +
         ")";
}

}  // namespace gird
