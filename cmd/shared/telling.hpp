// The events that all wrappers tell, and the end of a run: reports, `finished`.
#pragma once

#include <optional>

#include "shared/call.hpp"
#include "shared/reporting.hpp"
#include "shared/run_scope.hpp"
#include "shared/story.hpp"

namespace gird {

/// Without somebody who listens, nothing is put together.
/// `attempts` is the most there will be, 0 for no limit.
void tell_started(const Story& story, const RunScope& scope, std::int64_t attempts,
                  std::optional<Duration> deadline, World& world);
void tell_attempt(const Story& story, const Attempt& attempt, World& world);
/// What gird itself failed at.
void tell_error(const Story& story, const Error& error, World& world);

/// Lines below a message, of which two are shown.
void say_hints(const std::vector<std::string>& hints, World& world);

enum class Enforced { no, yes };
/// The call is not made; or, where refusals are not carried out, it would not have been.
void tell_refused(const Story& story, const Stop& stop, Enforced enforced, World& world);

/// An event that names the story's guard, to be filled further.
Record record_of(std::string_view event, const Story& story);

/// Ends the run: fills in the story, writes the reports, tells `error` where gird failed, and
/// `finished`. `end` again, or why a report could not be written.
Result<Exit> tell_end(Story& story, Result<Exit> end, Instant begun, Reports& reports,
                      World& world);

}  // namespace gird
