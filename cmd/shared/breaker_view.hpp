// A breaker as reports tell of it: points in time and shares in place of a cell's numbers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "policy/breaker.hpp"
#include "store/store.hpp"

namespace gird {

struct BreakerView {
  std::string name;
  policy::Breaker::Mode state = policy::Breaker::Mode::closed;
  Time seen;                   ///< when all of this was so
  Time since;                  ///< when the state began
  std::int64_t failures = 0;   ///< in a row
  std::int64_t successes = 0;  ///< of probes, in a row
  std::int64_t probes = 0;     ///< under way
  std::int64_t share = 100;    ///< percent of calls that pass a closed one
  std::int64_t window_calls = 0;
  std::int64_t window_failures = 0;
  std::int64_t window_slow = 0;
  std::optional<Time> opened;    ///< it does not let all calls through since then
  policy::Note opening;          ///< why it opened last, if it ever did
  std::optional<Time> next_try;  ///< open: when the first probe may pass; may be over
  Duration open_for{};           ///< the open time in force, before chance varies it
  Duration next_open_for{};      ///< what a failed probe makes of it
  Duration idle{};               ///< since it was last used
  std::int64_t calls_total = 0;
  std::int64_t failures_total = 0;
  std::int64_t refused_total = 0;
  std::int64_t opened_total = 0;
  policy::Breaker::Config config;
  policy::Breaker::State raw;          ///< for those who compare
  std::vector<store::Holder> holders;  ///< calls under way
  std::vector<store::Entry> journal;   ///< oldest first

  /// Shares of the window; nothing while there is no call in it.
  [[nodiscard]] std::optional<double> failure_rate() const;
  [[nodiscard]] std::optional<double> slow_rate() const;
};

BreakerView view_of(std::string name, const store::Look<policy::Breaker>& look);

/// How much of a breaker a JSON object tells.
enum class Depth { brief, full };

/// Appends what there is to say of `view` to `object`, from "name" on; `full` adds the thresholds
/// ("config") and the journal.
JsonObject& add_breaker(JsonObject& object, const BreakerView& view, Depth depth);

/// One line of a journal: "time", "event", "cause", "value", "message".
std::string entry_json(const store::Entry& entry);
/// The same with "v" and "name" before it.
std::string entry_json(std::string_view name, const store::Entry& entry);

/// For people: "opened: 5 failures in a row".
std::string in_words(const policy::Note& note);

/// The state with what a share of the calls makes of it: "closed, 10%" during a ramp, "open, not
/// enforced" where refusals are not carried out.
std::string state_text(const BreakerView& view);

/// Whether every refusal that there may be now is carried out; those that somebody wanted by hand
/// always are.
bool enforces_all(const BreakerView& view);

/// Half-open: whether the next call may be a probe.
bool has_free_permit(const BreakerView& view);

/// "33.3%".
std::string percent(double share);

}  // namespace gird
