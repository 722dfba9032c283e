// Reports of a run of attempts.
#include "shared/story.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/json.hpp"
#include "base/quoting.hpp"
#include "base/signal_name.hpp"
#include "base/utf8.hpp"
#include "shared/github_escaped.hpp"

namespace gird {
namespace {

std::string seconds(Duration span) {
  JsonObject number;
  const std::string text = number.add("s", span).text();
  return text.substr(5, text.size() - 6);
}

std::string attempt_json(const Attempt& attempt) {
  JsonObject json;
  json.add("number", attempt.number).add("outcome", to_text(attempt.outcome));
  if (attempt.outcome.end == Outcome::End::signalled)
    json.add("signal", signal_name(attempt.outcome.code));
  json.add("status", exit_of(attempt.outcome).code).add("duration_s", attempt.outcome.took);
  json.add("verdict", attempt.verdict);
  if (!attempt.reason.empty()) json.bytes("reason", attempt.reason);
  return json.add("wait_s", attempt.wait).text();
}

/// XML text: what XML 1.0 forbids (section 2.2) is left out, not even a character reference may
/// stand for it.
std::string xml(std::string_view text) {
  const std::string clean = with_replacements(text);
  std::string_view rest = clean;
  std::string out;
  while (!rest.empty()) {
    const Utf8 next = next_character(rest);
    const bool forbidden = (next.point < 0x20 && next.point != '\t' && next.point != '\n') ||
                           next.point == 0xfffe || next.point == 0xffff || next.point == 0x7f;
    switch (next.point) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      case '\t': out += "&#9;"; break;
      default:
        if (!forbidden) out += rest.substr(0, next.length);
    }
    rest.remove_prefix(next.length);
  }
  return out;
}

std::string failure_element(std::string_view name, const Attempt& attempt) {
  const std::string outcome = to_text(attempt.outcome);
  const std::string why = attempt.reason.empty() ? outcome : outcome + ": " + attempt.reason;
  return fmt::format("    <{0} message=\"{1}\" type=\"{2}\">attempt {3} took {4} s</{0}>\n", name,
                     xml(why), xml(outcome), attempt.number, seconds(attempt.outcome.took));
}

/// Text in a cell of a Markdown table, as code.
std::string cell(std::string_view text) {
  std::string out = "`";
  for (const char byte : printable(text)) {
    if (byte == '`') {
      out += '\'';
    } else if (byte == '|') {
      out += "\\|";
    } else {
      out += byte;
    }
  }
  return out + "`";
}

std::string times(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " attempt" : " attempts");
}

/// Why the answer is not the command's.
std::string why_instead(const Story& story) {
  if (!story.refusal.empty()) return printable(story.refusal);
  return story.attempts.empty() ? std::string() : to_text(story.attempts.back().outcome);
}

/// The annotation of a run whose answer is not the command's.
std::string github_instead(const Story& story, const std::string& command) {
  const std::string why = github_escaped(why_instead(story), false);
  if (!story.passed()) {
    return fmt::format("::error title={}::not run: {}\n", github_escaped(command, true), why);
  }
  return fmt::format("::warning title={}::answered by the fallback: {}\n",
                     github_escaped("degraded: " + command, true), why);
}

/// "flaky: passed on attempt 2", "not run: api is open: ...".
std::string end_in_words(const Story& story) {
  if (story.result == "fell-back") return "answered by the fallback: " + why_instead(story);
  if (!story.refusal.empty()) return "not run: " + printable(story.refusal);
  if (story.flaky()) return fmt::format("flaky: passed on attempt {}", story.attempt_count);
  return fmt::format("{} after {}", story.result, times(story.attempt_count));
}

}  // namespace

bool Story::passed() const {
  return result == "succeeded" || (result == "fell-back" && exit == yes);
}

bool Story::flaky() const {
  const auto failed = [](const Attempt& attempt) { return attempt.verdict != "success"; };
  return result == "succeeded" && std::ranges::any_of(attempts, failed);
}

std::string as_json(const Story& story) {
  std::vector<std::string> attempts;
  for (const Attempt& attempt : story.attempts) attempts.push_back(attempt_json(attempt));
  JsonObject json;
  json.add("v", 1).add("tool", story.tool);
  if (!story.name.empty()) json.add("name", story.name);
  json.add("run", story.run);
  json.add("argv", std::span<const std::string>(story.argv));
  json.bytes("command", shell_quoted(story.argv)).add("started_at", story.started);
  json.add("duration_s", story.took).add("result", story.result).add("flaky", story.flaky());
  if (story.result == "fell-back") json.add("degraded", true);
  if (!story.refusal.empty()) json.bytes("reason", story.refusal);
  json.add("exit_status", story.exit.code);
  if (story.exit.signal != 0) json.add("exit_signal", signal_name(story.exit.signal));
  if (!story.facts_key.empty()) json.raw(story.facts_key, story.facts.text());
  json.add("attempt_count", story.attempt_count).raw("attempts", json_array(attempts));
  return pretty_json(json.text()) + "\n";
}

std::string as_junit(const Story& story) {
  const bool not_run = !story.passed() && !story.refusal.empty();
  const bool failed = !story.passed() && !not_run;
  const std::string took = seconds(story.took);
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuite name=\"gird {0}\" tests=\"1\" failures=\"{1}\" errors=\"{5}\" skipped=\"0\" "
      "time=\"{2}\" timestamp=\"{3}\">\n"
      "  <testcase classname=\"gird.{0}\" name=\"{4}\" time=\"{2}\">\n",
      xml(story.tool), failed ? 1 : 0, took, to_text(story.started).substr(0, 19),
      xml(shell_quoted(story.argv)), not_run ? 1 : 0);
  if (not_run) {
    text += fmt::format("    <error message=\"{}\" type=\"{}\">the command was not run</error>\n",
                        xml(story.refusal), xml(story.result));
  }
  // The final failure comes first, then its forerunners: the order that Surefire's schema has.
  if (failed && !story.attempts.empty()) text += failure_element("failure", story.attempts.back());
  if (failed && story.attempts.empty()) {
    text += fmt::format("    <failure message=\"{0}\" type=\"{0}\">no attempt was made</failure>\n",
                        xml(story.result));
  }
  for (const Attempt& attempt : story.attempts) {
    const bool told =
        attempt.verdict == "success" || (failed && &attempt == &story.attempts.back());
    if (!told) text += failure_element(failed ? "rerunFailure" : "flakyFailure", attempt);
  }
  return text + "  </testcase>\n</testsuite>\n";
}

std::string as_github_annotation(const Story& story) {
  const std::string command = printable(shell_quoted(story.argv));
  const bool fell_back = story.passed() && story.result == "fell-back";
  if (!story.refusal.empty() || fell_back) return github_instead(story, command);
  if (story.flaky()) {
    return fmt::format("::warning title={}::passed on attempt {}\n",
                       github_escaped("flaky: " + command, true), story.attempt_count);
  }
  if (story.result == "succeeded" || story.attempts.empty()) return {};
  const Attempt& last = story.attempts.back();
  const std::string reason =
      last.reason.empty() ? "" : fmt::format(" ({})", printable(last.reason));
  const std::string why = fmt::format("failed after {}: {}{}", times(story.attempt_count),
                                      to_text(last.outcome), reason);
  return fmt::format("::error title={}::{}\n", github_escaped(command, true),
                     github_escaped(why, false));
}

std::string as_github_summary(const Story& story) {
  std::string text = fmt::format(
      "### gird {}: {}\n\n{}\n\n| attempt | outcome | took | why |\n|---:|---|---:|---|\n",
      story.tool, cell(shell_quoted(story.argv)), end_in_words(story));
  for (const Attempt& attempt : story.attempts) {
    text +=
        fmt::format("| {} | {} | {} | {} |\n", attempt.number, cell(to_text(attempt.outcome)),
                    to_words(attempt.outcome.took),
                    attempt.reason.empty() ? std::string(attempt.verdict) : cell(attempt.reason));
  }
  return text + "\n";
}

}  // namespace gird
