// Events and reports of one run.
#include "shared/telling.hpp"

#include "base/quoting.hpp"
#include "base/signal_name.hpp"
#include "base/utf8.hpp"
#include "policy/words.hpp"

namespace gird {
namespace {

void tell_finished(const Story& story, World& world) {
  if (!world.listening()) return;
  Record record = record_of("finished", story);
  record.fields.add("status", story.exit.code);
  if (story.exit.signal != 0) record.fields.add("signal", signal_name(story.exit.signal));
  record.fields.add("result", story.result);
  if (!story.refusal.empty()) record.fields.bytes("reason", story.refusal);
  record.fields.add("attempts", story.attempt_count).add("duration_s", story.took);
  world.tell(record);
}

}  // namespace

void say_hints(const std::vector<std::string>& hints, World& world) {
  for (std::size_t i = 0; i < hints.size() && i < 2; ++i) {
    world.err("  hint: " + printable(hints[i]) + "\n");
  }
}

Record record_of(std::string_view event, const Story& story) {
  Record record{event};
  if (!story.name.empty()) record.fields.add("name", story.name);
  return record;
}

void tell_started(const Story& story, const RunScope& scope, std::int64_t attempts,
                  std::optional<Duration> deadline, World& world) {
  if (!world.listening()) return;
  Record record = record_of("started", story);
  record.fields.add("argv", std::span<const std::string>(story.argv))
      .bytes("command", shell_quoted(story.argv))
      .add("attempts", attempts)
      .add("deadline_s", deadline)
      .add("depth", scope.depth);
  world.tell(record);
}

void tell_attempt(const Story& story, const Attempt& attempt, World& world) {
  if (!world.listening()) return;
  const bool failed = attempt.verdict != "success";
  const bool overtime = attempt.outcome.end == Outcome::End::timed_out ||
                        attempt.outcome.end == Outcome::End::overdue;
  Record record = record_of(overtime ? "timed-out"
                            : failed ? "attempt-failed"
                                     : "attempt-succeeded",
                            story);
  record.fields.add("attempt", attempt.number).add("status", exit_of(attempt.outcome).code);
  if (attempt.outcome.end == Outcome::End::signalled) {
    record.fields.add("signal", signal_name(attempt.outcome.code));
  }
  record.fields.add("outcome", to_text(attempt.outcome))
      .add("duration_s", attempt.outcome.took)
      .add("verdict", attempt.verdict);
  if (!attempt.reason.empty()) record.fields.bytes("reason", attempt.reason);
  record.fields.add("wait_s", attempt.wait);
  world.tell(record);
}

void tell_error(const Story& story, const Error& error, World& world) {
  if (!world.listening()) return;
  Record record = record_of("error", story);
  record.fields.add("code", error.code).bytes("message", error.what + ": " + error.why);
  if (!error.hints.empty()) record.fields.bytes("hint", error.hints.front());
  world.tell(record);
}

void tell_refused(const Story& story, const Stop& stop, Enforced enforced, World& world) {
  if (!world.listening()) return;
  Record record = record_of("refused", story);
  record.fields.add("cause", name_of(stop.cause)).bytes("reason", stop.reason);
  if (stop.retry_in > 0) record.fields.add("retry_in_s", policy::duration(stop.retry_in));
  record.fields.add("enforced", enforced == Enforced::yes);
  world.tell(record);
}

Result<Exit> tell_end(Story& story, Result<Exit> end, Instant begun, Reports& reports,
                      World& world) {
  story.took = world.now() - begun;
  const auto take = [&] {
    story.exit = end ? *end : broken;
    if (!end) story.result = "failed";
  };
  take();
  // Before `finished`, whose status is the one that counts.
  if (auto written = reports.write(story, world); !written && end) {
    end = std::unexpected(std::move(written.error()));
    take();
  }
  if (!end) tell_error(story, end.error(), world);
  tell_finished(story, world);
  return end;
}

}  // namespace gird
