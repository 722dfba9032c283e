// Reading sets of outcomes.
#include "policy/outcome_set.hpp"

#include <array>

#include "base/nearest.hpp"
#include "base/number.hpp"
#include "base/signal_name.hpp"

namespace gird::policy {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

constexpr std::array<Named, 3> words{{
    {"any", "every failure"},
    {"signal", "death by any signal"},
    {"timeout", "the attempt's time limit passed"},
}};

std::unexpected<Error> wrong(std::string_view item, std::string why) {
  std::vector<std::string_view> names;
  for (const Named& word : words) names.push_back(word.first);
  return misuse("value-outcomes", "'" + std::string(item) + "'", std::move(why),
                did_you_mean(nearest(item, names)));
}

Result<void> add_codes(std::string_view item, OutcomeSet& set) {
  const std::size_t dash = item.find('-');
  const auto first = parse_integer(item.substr(0, dash), 0, 255);
  const auto last = dash == item.npos ? first : parse_integer(item.substr(dash + 1), 0, 255);
  if (!first || !last) return wrong(item, "an exit code is a number from 0 to 255");
  if (*last < *first) return wrong(item, "the range runs backwards");
  for (auto code = *first; code <= *last; ++code) set.codes.set(static_cast<std::size_t>(code));
  return {};
}

Result<void> add_item(std::string_view item, OutcomeSet& set) {
  if (item.empty()) return wrong(item, "empty item in a list of outcomes");
  if (item.front() >= '0' && item.front() <= '9') return add_codes(item, set);
  const bool any = item == "any";
  if (any) {
    set.codes.set();
    set.codes.reset(0);
  }
  if (any || item == "signal") {
    set.signals.set();
    set.signals.reset(0);
  }
  if (any || item == "timeout") set.timeout = true;
  if (any || item == "signal" || item == "timeout") return {};
  const auto signal = signal_number(item);
  if (!signal)
    return wrong(item, "not an exit code, a range, a signal, 'signal', 'timeout' or 'any'");
  set.signals.set(static_cast<std::size_t>(*signal));
  return {};
}

}  // namespace

bool OutcomeSet::holds(const Outcome& outcome) const {
  switch (outcome.end) {
    case Outcome::End::exited: return codes.test(static_cast<std::size_t>(outcome.code));
    case Outcome::End::signalled: return signals.test(static_cast<std::size_t>(outcome.code));
    case Outcome::End::timed_out: return timeout;
    case Outcome::End::overdue: return false;
    case Outcome::End::not_found: return codes.test(127);
    case Outcome::End::not_runnable: return codes.test(126);
  }
  return false;
}

bool OutcomeSet::overlaps(const OutcomeSet& other) const {
  return (codes & other.codes).any() || (signals & other.signals).any() ||
         (timeout && other.timeout);
}

OutcomeSet operator|(const OutcomeSet& one, const OutcomeSet& other) {
  return {one.codes | other.codes, one.signals | other.signals, one.timeout || other.timeout};
}

std::span<const Named> words_of(const OutcomeSet*) { return words; }

Result<void> from_text(std::string_view text, OutcomeSet& set) {
  OutcomeSet read = set;
  while (true) {
    const std::size_t comma = text.find(',');
    if (auto done = add_item(text.substr(0, comma), read); !done) return done;
    if (comma == text.npos) break;
    text.remove_prefix(comma + 1);
  }
  set = read;
  return {};
}

std::string to_text(const OutcomeSet& set) {
  std::string text;
  const auto add = [&](const std::string& item) { text += (text.empty() ? "" : ",") + item; };
  OutcomeSet any;
  static_cast<void>(add_item("any", any));
  if (set == any) return "any";
  for (std::size_t first = 0; first < set.codes.size(); ++first) {
    if (!set.codes.test(first)) continue;
    std::size_t last = first;
    while (last + 1 < set.codes.size() && set.codes.test(last + 1)) ++last;
    add(first == last ? std::to_string(first) : std::to_string(first) + "-" + std::to_string(last));
    first = last;
  }
  if (set.signals == any.signals) {
    add("signal");
  } else {
    for (std::size_t number = 1; number < set.signals.size(); ++number) {
      if (set.signals.test(number)) add(signal_name(static_cast<int>(number)));
    }
  }
  if (set.timeout) add("timeout");
  return text;
}

}  // namespace gird::policy
