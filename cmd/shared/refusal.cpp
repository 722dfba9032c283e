// Refusals in words.
#include "shared/refusal.hpp"

#include <cmath>

#include "base/number.hpp"
#include "base/quoting.hpp"
#include "base/rate.hpp"
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

std::string why(const policy::Breaker::Answer& answer) {
  switch (answer.cause) {
    case Cause::probing: return " is half-open: " + in_words(Cause::probing, 0);
    case Cause::ramp: return " has just closed: " + in_words(Cause::ramp, 0);
    case Cause::administrator: return " is held open: " + in_words(Cause::administrator, 0);
    default: break;
  }
  const std::string reason = in_words(answer.opened_by, answer.opened_value);
  return reason.empty() ? " is open" : " is open: " + reason;
}

}  // namespace

std::string refusal_text(std::string_view name, const policy::Breaker::Answer& answer) {
  return std::string(name) + why(answer) + ", for " + words(answer.since) +
         next_try(answer.retry_in);
}

std::string override_command(std::string_view name, std::string_view store, Cause cause) {
  std::string text =
      cause == Cause::administrator ? "gird breaker release " : "gird breaker reset ";
  if (!store.empty()) text += "--store " + shell_quoted(store) + " ";
  return text.append(name);
}

std::string refusal_text(std::string_view name, const policy::Limiter::Config& config,
                         const policy::Limiter::Answer& answer) {
  std::string text(name);
  if (answer.cause == Cause::concurrency) {
    return text + " has " + std::to_string(answer.at_once) +
           (answer.at_once == 1 ? " call" : " calls") + " under way, and no room for more";
  }
  return text + " is over its rate of " + rate_in_words(answer.rate, duration(config.period)) +
         next_try(answer.retry_after);
}

}  // namespace gird
