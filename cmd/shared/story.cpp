// Reports of a run of attempts.
#include "shared/story.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/quoting.hpp"
#include "base/signal_name.hpp"
#include "base/utf8.hpp"

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
  std::string why = to_text(attempt.outcome);
  if (!attempt.reason.empty()) why += ": " + attempt.reason;
  std::string element = "    <";
  element.append(name).append(" message=\"").append(xml(why)).append("\" type=\"");
  element.append(xml(to_text(attempt.outcome))).append("\">attempt ");
  element.append(std::to_string(attempt.number)).append(" took ");
  element.append(seconds(attempt.outcome.took)).append(" s</").append(name).append(">\n");
  return element;
}

/// GitHub's escapes for the data of a workflow command; for properties also `:` and `,`.
std::string github(std::string_view text, bool property) {
  std::string out;
  for (const char byte : text) {
    switch (byte) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += byte;
    }
  }
  return out;
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

}  // namespace

bool Story::flaky() const {
  const auto failed = [](const Attempt& attempt) { return attempt.verdict != "success"; };
  return result == "succeeded" && std::ranges::any_of(attempts, failed);
}

std::string as_json(const Story& story) {
  std::vector<std::string> attempts;
  for (const Attempt& attempt : story.attempts) attempts.push_back(attempt_json(attempt));
  JsonObject json;
  json.add("v", 1).add("tool", story.tool).add("run", story.run);
  json.add("argv", std::span<const std::string>(story.argv));
  json.bytes("command", shell_quoted(story.argv)).add("started_at", story.started);
  json.add("duration_s", story.took).add("result", story.result).add("flaky", story.flaky());
  json.add("exit_status", story.exit.code);
  if (story.exit.signal != 0) json.add("exit_signal", signal_name(story.exit.signal));
  json.add("attempt_count", story.attempt_count).raw("attempts", json_array(attempts));
  return pretty_json(json.text()) + "\n";
}

std::string as_junit(const Story& story) {
  const bool failed = story.result != "succeeded";
  const std::string name = xml(shell_quoted(story.argv));
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"gird ";
  text += xml(story.tool) + "\" tests=\"1\" failures=\"" + (failed ? "1" : "0") +
          "\" errors=\"0\" skipped=\"0\" time=\"" + seconds(story.took) + "\" timestamp=\"" +
          to_text(story.started).substr(0, 19) + "\">\n";
  text += "  <testcase classname=\"gird." + xml(story.tool) + "\" name=\"" + name + "\" time=\"" +
          seconds(story.took) + "\">\n";
  // The final failure comes first, then its forerunners: the order that Surefire's schema has.
  if (failed && !story.attempts.empty()) text += failure_element("failure", story.attempts.back());
  for (const Attempt& attempt : story.attempts) {
    const bool told =
        attempt.verdict == "success" || (failed && &attempt == &story.attempts.back());
    if (!told) text += failure_element(failed ? "rerunFailure" : "flakyFailure", attempt);
  }
  return text + "  </testcase>\n</testsuite>\n";
}

std::string as_github_annotation(const Story& story) {
  const std::string command = printable(shell_quoted(story.argv));
  if (story.flaky()) {
    return "::warning title=" + github("flaky: " + command, true) +
           "::" + github("passed on attempt " + std::to_string(story.attempt_count), false) + "\n";
  }
  if (story.result == "succeeded" || story.attempts.empty()) return {};
  const Attempt& last = story.attempts.back();
  std::string why = "failed after " + times(story.attempt_count) + ": " + to_text(last.outcome);
  if (!last.reason.empty()) why += " (" + printable(last.reason) + ")";
  return "::error title=" + github(command, true) + "::" + github(why, false) + "\n";
}

std::string as_github_summary(const Story& story) {
  std::string text = "### gird " + story.tool + ": " + cell(shell_quoted(story.argv)) + "\n\n";
  text += story.flaky() ? "flaky: passed on attempt " + std::to_string(story.attempt_count)
                        : std::string(story.result) + " after " + times(story.attempt_count);
  text += "\n\n| attempt | outcome | took | why |\n|---:|---|---:|---|\n";
  for (const Attempt& attempt : story.attempts) {
    text += "| " + std::to_string(attempt.number) + " | " + cell(to_text(attempt.outcome)) + " | " +
            to_words(attempt.outcome.took) + " | " +
            (attempt.reason.empty() ? std::string(attempt.verdict) : cell(attempt.reason)) + " |\n";
  }
  return text + "\n";
}

}  // namespace gird
