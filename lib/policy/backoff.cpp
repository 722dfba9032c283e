// Waits: shape, cap, jitter, in this order.
#include "policy/backoff.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/nearest.hpp"
#include "base/number.hpp"

namespace gird::policy {
namespace {

using Shape = Backoff::Shape;
using Named = std::pair<std::string_view, std::string_view>;

constexpr std::array<Named, 5> shapes{{
    {"exponential", "base, times the factor after each failure"},
    {"linear", "base, twice base, three times base"},
    {"fixed", "always base"},
    {"fibonacci", "base times 1, 1, 2, 3, 5, 8"},
    {"decorrelated", "a random wait from base to three times the last one"},
}};

constexpr std::array<Named, 3> jitters{{
    {"full", "anything from nothing to the whole wait"},
    {"equal", "half the wait, and up to another half"},
    {"none", "exactly the wait"},
}};

std::optional<Shape> shape_named(std::string_view name) {
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i].first == name) return static_cast<Shape>(i);
  }
  return std::nullopt;
}

Result<void> read_range(std::string_view text, Backoff& backoff) {
  const std::size_t dots = text.find("..");
  backoff.base = TRY(parse_duration(text.substr(0, dots)));
  backoff.cap = TRY(parse_duration(text.substr(dots + 2)));
  if (*backoff.cap < *backoff.base) {
    return misuse("value-backoff", "'" + std::string(text) + "'", "the range runs backwards");
  }
  return {};
}

Result<void> read_list(std::string_view text, Backoff& backoff) {
  backoff.shape = Shape::list;
  while (true) {
    const std::size_t comma = text.find(',');
    backoff.list.push_back(TRY(parse_duration(text.substr(0, comma))));
    if (comma == text.npos) return {};
    text.remove_prefix(comma + 1);
  }
}

/// `span` times `factor`, at most `cap`; doubles hold any span that matters exactly enough, and
/// what overflows them is over the cap anyway. No wait at all stays none, though zero times an
/// infinite factor is no number.
Duration scaled(Duration span, double factor, Duration cap) {
  if (span == Duration::zero()) return std::min(span, cap);
  const double wait = static_cast<double>(span.count()) * factor;
  if (!(wait < static_cast<double>(cap.count()))) return cap;
  return Duration(static_cast<std::int64_t>(wait));
}

/// `base` to the power of `steps`. By multiplication: std::pow would bring in libm, whose choice of
/// a version for the processor costs a page fault at every start of the program.
double power(double base, std::int64_t steps) {
  double value = 1;
  for (std::int64_t i = 0; i < steps && value < 1e300 && base > 1; ++i) value *= base;
  return value;
}

double fibonacci(std::int64_t n) {
  double one = 1;
  double two = 1;
  for (std::int64_t i = 2; i < n && two < 1e300; ++i) {
    one = std::exchange(two, one + two);
  }
  return two;
}

}  // namespace

std::span<const Named> words_of(const Backoff*) { return shapes; }
std::span<const Named> words_of(const Jitter*) { return jitters; }

Result<void> from_text(std::string_view text, Backoff& backoff) {
  Backoff read;
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const bool starts_with_number = !text.empty() && text.front() >= '0' && text.front() <= '9';
  if (starts_with_number && text.contains("..")) {
    if (auto done = read_range(text, read); !done) return done;
  } else if (starts_with_number) {
    if (auto done = read_list(text, read); !done) return done;
  } else {
    const auto shape = shape_named(name);
    if (!shape) {
      std::vector<std::string_view> names;
      for (const Named& known : shapes) names.push_back(known.first);
      return misuse("value-backoff", "'" + std::string(text) + "'",
                    "not a shape, a range like 1s..1m or a list like 1s,2s,5s",
                    did_you_mean(nearest(name, names)));
    }
    read.shape = *shape;
    if (colon != text.npos) {
      const std::string_view range = text.substr(colon + 1);
      if (!range.contains("..")) {
        return misuse("value-backoff", "'" + std::string(text) + "'",
                      "a range START..CAP belongs after the colon",
                      {"-d " + std::string(range) + " sets the first wait alone"});
      }
      if (auto done = read_range(range, read); !done) return done;
    }
  }
  backoff = std::move(read);
  return {};
}

std::string to_text(const Backoff& backoff) {
  std::string text;
  if (backoff.shape == Shape::list) {
    for (const Duration wait : backoff.list)
      text += (text.empty() ? "" : ",") + gird::to_text(wait);
    return text;
  }
  text = shapes[static_cast<std::size_t>(backoff.shape)].first;
  if (backoff.base && backoff.cap) {
    text += ":" + gird::to_text(*backoff.base) + ".." + gird::to_text(*backoff.cap);
  }
  return text;
}

Result<void> from_text(std::string_view text, Jitter& jitter) {
  for (std::size_t i = 0; i < jitters.size(); ++i) {
    if (jitters[i].first == text) {
      jitter = {static_cast<Jitter::Kind>(i), 0};
      return {};
    }
  }
  if (text.ends_with('%')) {
    const auto percent = parse_number(text.substr(0, text.size() - 1));
    if (percent && *percent >= 0 && *percent <= 100) {
      jitter = {Jitter::Kind::percent, *percent};
      return {};
    }
  }
  return misuse("value-jitter", "'" + std::string(text) + "'",
                "must be full, equal, none or a percentage from 0% to 100%");
}

std::string to_text(const Jitter& jitter) {
  if (jitter.kind == Jitter::Kind::percent) return gird::to_text(jitter.percent) + "%";
  return std::string(jitters[static_cast<std::size_t>(jitter.kind)].first);
}

Duration ceiling_after(const Schedule& schedule, std::int64_t attempt) {
  const std::int64_t steps = attempt - 1;
  const Duration base = schedule.base;
  const Duration cap = schedule.cap;
  switch (schedule.shape) {
    case Shape::exponential: return scaled(base, power(schedule.factor, steps), cap);
    case Shape::linear: return scaled(base, static_cast<double>(attempt), cap);
    case Shape::fixed: return std::min(base, cap);
    case Shape::fibonacci: return scaled(base, fibonacci(attempt), cap);
    case Shape::decorrelated: return scaled(base, power(3, attempt), cap);
    case Shape::list: {
      assert(!schedule.list.empty());
      const auto index = std::min(static_cast<std::size_t>(attempt), schedule.list.size()) - 1;
      return std::min(schedule.list[index], cap);
    }
  }
  return cap;
}

Duration floor_after(const Schedule& schedule, std::int64_t attempt) {
  if (schedule.shape == Shape::decorrelated) return std::min(schedule.base, schedule.cap);
  const Duration ceiling = ceiling_after(schedule, attempt);
  switch (schedule.jitter.kind) {
    case Jitter::Kind::full: return Duration::zero();
    case Jitter::Kind::equal: return ceiling / 2;
    case Jitter::Kind::none: return ceiling;
    case Jitter::Kind::percent: return scaled(ceiling, 1 - schedule.jitter.percent / 100, ceiling);
  }
  return ceiling;
}

Duration wait_after(const Schedule& schedule, std::int64_t attempt, Duration previous,
                    double chance) {
  const Duration cap = schedule.cap;
  if (schedule.shape == Shape::decorrelated) {
    const Duration least = std::min(schedule.base, cap);
    const Duration most = scaled(std::max(previous, schedule.base), 3, cap);
    return least + scaled(std::max(most - least, Duration::zero()), chance, cap);
  }
  const Duration wait = ceiling_after(schedule, attempt);
  switch (schedule.jitter.kind) {
    case Jitter::Kind::full: return scaled(wait, chance, wait);
    case Jitter::Kind::equal: return wait / 2 + scaled(wait - wait / 2, chance, wait);
    case Jitter::Kind::none: return wait;
    case Jitter::Kind::percent:
      return scaled(wait, 1 + schedule.jitter.percent / 100 * (2 * chance - 1), cap);
  }
  return wait;
}

}  // namespace gird::policy
