// How long to wait between attempts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/duration.hpp"

namespace gird::policy {

/// The shape of a schedule. `base` and `cap` are here only when the text named a range.
struct Backoff {
  enum class Shape { exponential, linear, fixed, fibonacci, decorrelated, list };
  Shape shape = Shape::exponential;
  std::optional<Duration> base;
  std::optional<Duration> cap;
  std::vector<Duration> list;  ///< Shape::list: the last one repeats

  friend bool operator==(const Backoff&, const Backoff&) = default;
};

/// Reads "exponential", "fibonacci:1s..1m", "1s..1m" or "1s,2s,5s".
/// Fault::usage: value-backoff, value-duration.
Result<void> from_text(std::string_view text, Backoff& backoff);
std::string to_text(const Backoff& backoff);
std::span<const std::pair<std::string_view, std::string_view>> words_of(const Backoff*);

/// How chance changes a wait.
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
struct Jitter {
  enum class Kind {
    full,     ///< uniform in [0, wait]
    equal,    ///< uniform in [wait / 2, wait]
    none,     ///< the wait itself
    percent,  ///< uniform in [wait - P%, wait + P%], never over the cap
  };
  Kind kind = Kind::full;
  double percent = 0;

  friend bool operator==(const Jitter&, const Jitter&) = default;
};

/// Reads "full", "equal", "none" or "25%". Fault::usage, value-jitter.
Result<void> from_text(std::string_view text, Jitter& jitter);
std::string to_text(const Jitter& jitter);
std::span<const std::pair<std::string_view, std::string_view>> words_of(const Jitter*);

/// A schedule with nothing left open.
struct Schedule {
  Backoff::Shape shape = Backoff::Shape::exponential;
  Duration base = std::chrono::seconds(1);
  Duration cap = std::chrono::seconds(10);
  double factor = 2;           ///< not negative
  std::vector<Duration> list;  ///< Shape::list: at least one
  Jitter jitter;
};

/// The longest wait after failed attempt number `attempt` (1 is the first), before jitter: never
/// more than `cap`. For decorrelated backoff, whose waits depend on chance alone, the bound
/// min(cap, 3 * base * 3^(attempt - 1)).
Duration ceiling_after(const Schedule& schedule, std::int64_t attempt);

/// The shortest wait after failed attempt number `attempt` that jitter can leave.
Duration floor_after(const Schedule& schedule, std::int64_t attempt);

/// The wait after failed attempt number `attempt`; `previous` is the wait before that attempt
/// (zero before the first), which only decorrelated backoff looks at. `chance` is uniform in
/// [0, 1); the caller draws it, so this stays a pure function. Never more than `cap`.
Duration wait_after(const Schedule& schedule, std::int64_t attempt, Duration previous,
                    double chance);

}  // namespace gird::policy
