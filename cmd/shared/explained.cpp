// --explain: a course in words.
#include <algorithm>

#include "base/number.hpp"
#include "base/quoting.hpp"
#include "shared/course.hpp"

namespace gird {
namespace {

constexpr std::int64_t most_shown = 10;

void line(std::string& text, std::string_view label, std::string_view words) {
  text += label;
  text.append(label.size() < 12 ? 12 - label.size() : 1, ' ');
  text.append(words).append("\n");
}

std::string span_of(const policy::Schedule& schedule, std::int64_t attempt) {
  const Duration least = floor_after(schedule, attempt);
  Duration most = ceiling_after(schedule, attempt);
  if (schedule.jitter.kind == policy::Jitter::Kind::percent) {
    const auto wider = static_cast<double>(most.count()) * (1 + schedule.jitter.percent / 100);
    most = std::min(schedule.cap, Duration(static_cast<std::int64_t>(wider)));
  }
  if (least == most) return to_words(most);
  return to_words(least) + " to " + to_words(most);
}

void add_schedule(std::string& text, const Course& course) {
  const std::int64_t limit = course.retry.attempts;
  line(text, "attempts", limit == 0 ? "no limit" : "at most " + std::to_string(limit));
  const std::int64_t waits = limit == 0 ? most_shown : std::min(limit - 1, most_shown);
  for (std::int64_t attempt = 1; attempt <= waits; ++attempt) {
    line(text, attempt == 1 ? "waits" : "",
         "after attempt " + std::to_string(attempt) + ": " +
             span_of(course.retry.schedule, attempt));
  }
  if (limit == 0 || limit - 1 > waits) {
    line(text, "", "and so on, never more than " + to_words(course.retry.schedule.cap));
  }
  if (course.budget) line(text, "budget", in_words(*course.budget));
  if (course.retry.until_success > 1) {
    line(text, "until", std::to_string(course.retry.until_success) + " successes in a row");
  }
}

void add_limits(std::string& text, const Course& course) {
  if (course.timeout) line(text, "timeout", to_words(*course.timeout) + " for each attempt");
  if (course.deadline) line(text, "deadline", to_words(*course.deadline) + " for everything");
  if (course.timeout || course.deadline) {
    line(text, "then", "TERM to the whole tree, KILL " + to_words(course.kill_after) + " later");
  }
}

void add_patterns(std::string& text, std::string_view label, std::string_view stream,
                  const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    line(text, label,
         "a line of standard " + std::string(stream) + " matches " + shell_quoted(pattern));
  }
}

void add_rules(std::string& text, const Course& course) {
  const policy::Rules& rules = course.rules;
  const std::string success = rules.success_on ? to_text(*rules.success_on) : "0";
  line(text, "success", rules.invert ? "any failure (--invert)" : "outcome " + success);
  if (rules.stop_on) line(text, "stop", "outcome " + to_text(*rules.stop_on));
  add_patterns(text, "stop", "error", course.watch_for.stop_stderr);
  add_patterns(text, "stop", "output", course.watch_for.stop_stdout);
  if (rules.retry_on) line(text, "retry", "outcome " + to_text(*rules.retry_on));
  add_patterns(text, "retry", "error", course.watch_for.retry_stderr);
  add_patterns(text, "retry", "output", course.watch_for.retry_stdout);
  const bool chosen = rules.retry_on || rules.retry_patterns;
  for (const policy::TransientPack* pack : course.watch_for.packs) {
    if (chosen && !rules.named_packs) continue;
    for (const policy::TransientRule& rule : pack->rules) {
      std::string words = std::string(pack->name) + " " + std::string(rule.outcomes) + ": " +
                          std::string(rule.reason);
      if (!rule.message.empty()) words += " (by its message)";
      line(text, rule.nature == policy::Nature::transient ? "retry" : "stop", words);
    }
  }
  line(text, chosen ? "stop" : "retry",
       chosen ? "anything else" : "anything else but 126, 127, SIGPIPE");
}

}  // namespace

std::string explained(const Course& course) {
  std::string text;
  line(text, "command", shell_quoted(course.argv));
  if (course.then_sh) line(text, "then", "/bin/sh -c " + shell_quoted(*course.then_sh));
  add_schedule(text, course);
  add_limits(text, course);
  add_rules(text, course);
  return text;
}

}  // namespace gird
