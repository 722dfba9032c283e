#include "detect/ci.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

using Names = std::span<const std::string_view>;

constexpr ByteSet line_ends("\n\r");

// Commands that change what later steps see or run.
constexpr std::array<std::string_view, 10> settings = {
    "add-mask", "add-matcher", "add-path",   "remove-matcher", "save-state",
    "set-env",  "set-output",  "set-secret", "stop-commands",  "set-variable"};

// Commands that only write to the log, or are written there.
constexpr std::array<std::string_view, 10> notes = {"command",    "debug",  "echo",   "endgroup",
                                                    "error",      "group",  "notice", "section",
                                                    "set-failed", "warning"};

// Variables that make programs load or run something.
constexpr std::array<std::string_view, 22> variables = {"BASH_ENV",
                                                        "CDPATH",
                                                        "ENV",
                                                        "GIT_SSH",
                                                        "GIT_SSH_COMMAND",
                                                        "GITHUB_TOKEN",
                                                        "HOME",
                                                        "IFS",
                                                        "JAVA_TOOL_OPTIONS",
                                                        "LD_AUDIT",
                                                        "LD_LIBRARY_PATH",
                                                        "LD_PRELOAD",
                                                        "NODE_OPTIONS",
                                                        "NODE_PATH",
                                                        "PATH",
                                                        "PERL5LIB",
                                                        "PERL5OPT",
                                                        "PROMPT_COMMAND",
                                                        "PYTHONPATH",
                                                        "PYTHONSTARTUP",
                                                        "RUBYOPT",
                                                        "SHELLOPTS"};

bool is_any(std::string_view word, Names names) {
  return std::ranges::any_of(names,
                             [&](std::string_view name) { return equals_folded(word, name); });
}

bool is_variable(std::string_view name) {
  return std::ranges::find(variables, name) != variables.end() || name.starts_with("GITHUB_") ||
         name.starts_with("DYLD_") || name.starts_with("npm_config_");
}

// Letters and hyphens from `at` on.
std::string_view command_name(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end < at + 24 && (letter(text[end]) || text[end] == '-')) ++end;
  return part(text, std::min(at, text.size()), end - at);
}

class Line {
 public:
  Line(std::string_view text, std::size_t begin, Signs& signs)
      : text_(text), begin_(begin), end_(line_ends.find(text, begin)), signs_(signs) {}

  [[nodiscard]] std::size_t end() const { return end_; }

  void read() {
    const std::size_t at = std::min(text_.find_first_not_of(" \t\"'", begin_), end_);
    const std::string_view rest = part(text_, at, end_ - at);
    if (rest.starts_with("::")) return colons(at);
    if (rest.starts_with("section_start:") || rest.starts_with("section_end:")) return section(at);
    if (rest.starts_with("^^^ +++") || rest.starts_with("travis_fold:")) {
      signs_.add("ci/fold", {at, at + 7});
    }
    entry(at);
  }

 private:
  // `::name key=value,…::message`
  void colons(std::size_t at) {
    const std::string_view name = command_name(text_, at + 2);
    const std::size_t after = at + 2 + name.size();
    const char next = at_or_nul(text_, after);
    if (name.empty() || (next != ':' && next != ' ')) return;
    if (part(text_, after, end_ - after).find("::") == std::string_view::npos) return;
    if (is_any(name, settings)) {
      signs_.add("ci/setting", {at, after});
    } else if (is_any(name, notes)) {
      signs_.add("ci/note", {at, after});
    }
  }

  // `section_start:1560896352:name`
  void section(std::size_t at) {
    const std::size_t colon = text_.find(':', at);
    const std::size_t end = digits_end(text_, colon + 1);
    if (end > colon + 1 && at_or_nul(text_, end) == ':') signs_.add("ci/section", {at, end + 1});
  }

  // `NAME<<EOF` or `PATH=/tmp/x`: an entry of an environment file.
  void entry(std::size_t at) {
    const std::size_t end = name_end(text_, at);
    if (end == at || digit(text_[at])) return;
    if (part(text_, end).starts_with("<<")) return heredoc(at, end + 2);
    if (at_or_nul(text_, end) != '=' || !is_variable(part(text_, at, end - at))) return;
    const std::string_view value = part(text_, end + 1, end_ - end - 1);
    if (value.empty() || value.find('$') != std::string_view::npos) return;
    signs_.add(begin_ > 0 ? "ci/variable" : "ci/variable-alone", {at, end + 1});
  }

  void heredoc(std::size_t at, std::size_t word) {
    const std::size_t end = name_end(text_, word);
    if (end == word || end != end_ || end == text_.size()) return;
    const std::string_view delimiter = part(text_, word, end - word);
    const std::string_view behind = part(text_, end, 4096);
    const std::size_t closing = behind.find(delimiter);
    if (closing == std::string_view::npos || !line_ends.has(behind[closing - 1])) return;
    signs_.add("ci/heredoc", {at, end});
  }

  std::string_view text_;
  std::size_t begin_;
  std::size_t end_;
  Signs& signs_;
};

// `##vso[`, `##teamcity[`, `##[`
void hashes(std::string_view text, std::size_t at, Signs& signs) {
  const std::string_view rest = part(text, at + 2);
  const std::string_view service = command_name(rest, 0);
  if (at_or_nul(rest, service.size()) != '[' || !letter(at_or_nul(rest, service.size() + 1)))
    return;
  const Span where{at, at + 3 + service.size()};
  if (equals_folded(service, "vso")) return signs.add("ci/azure", where);
  if (equals_folded(service, "teamcity")) return signs.add("ci/teamcity", where);
  if (!service.empty()) return;
  const std::string_view name = command_name(rest, 1);
  if (is_any(name, settings)) return signs.add("ci/setting", where);
  if (is_any(name, notes)) signs.add("ci/note", where);
}

// Whether the line up to `at` is one of a workflow: `key: ${{ … }}`, `X=${{ … }}`.
bool is_workflow(std::string_view text, std::size_t at) {
  const std::size_t least = at > 200 ? at - 200 : 0;
  std::size_t begin = at;
  while (begin > least && !line_ends.has(text[begin - 1])) --begin;
  const std::string_view before = part(text, begin, at - begin);
  const std::size_t colon = before.find(": ");
  const std::string_view key = part(before, 0, std::min(colon, before.size()));
  const std::size_t name = key.find_first_not_of(" \t-#\"");
  const bool keyed = colon != std::string_view::npos && name != std::string_view::npos &&
                     key.find(' ', name) == std::string_view::npos;
  return keyed || before.ends_with('=') || before.ends_with("=\"") || before.ends_with("='");
}

bool reads_secret(std::string_view inside) {
  static constexpr std::array<std::string_view, 7> contexts = {
      "secrets.",       "secrets[",      "github.token", "github['token",
      "tojson(secrets", "tojson(github", "github.event"};
  return std::ranges::any_of(contexts, [&](std::string_view context) {
    for (std::size_t at = 0; at < inside.size(); ++at) {
      if (starts_folded(part(inside, at), context)) return true;
    }
    return false;
  });
}

// `${{ secrets.x }}`
void expression(std::string_view text, std::size_t at, Signs& signs) {
  const std::size_t close = part(text, 0, at + 256).find("}}", at + 3);
  if (close == std::string_view::npos) return;
  const Span where{at, close + 2};
  const bool secret = reads_secret(part(text, at + 3, close - at - 3));
  signs.add(secret && !is_workflow(text, at) ? "ci/expression" : "ci/expression-any", where);
}

}  // namespace

void ci_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = 0; at < text.size();) {
    Line line(text, at, signs);
    line.read();
    at = line.end() + 1;
  }
  for (std::size_t at = text.find("##"); at != std::string_view::npos;
       at = text.find("##", at + 1)) {
    hashes(text, at, signs);
  }
  for (std::size_t at = text.find("${{"); at != std::string_view::npos;
       at = text.find("${{", at + 3)) {
    expression(text, at, signs);
  }
  const std::size_t hidden = text.find("\x1b[8mha:");
  if (hidden != std::string_view::npos) signs.add("ci/jenkins", {hidden, hidden + 7});
}

}  // namespace gird::detect
