// Reading and rewriting transcript pages.
#include "transcript/document.hpp"

#include <algorithm>
#include <optional>

#include "base/number.hpp"

namespace gird::transcript {
namespace {

constexpr std::string_view not_run = "<!-- not run:";

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// The text of a heading of level one to three.
std::optional<std::string_view> heading(std::string_view line) {
  const std::size_t level = line.find_first_not_of('#');
  if (level == 0 || level > 3 || level == line.npos || line[level] != ' ') return std::nullopt;
  return trimmed(line.substr(level));
}

/// The number of backticks that open (or close) a block; 0 for any other line.
std::size_t fence(std::string_view line) {
  const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
  return ticks >= 3 ? ticks : 0;
}

std::optional<std::string> file_name(std::string_view info) {
  const std::size_t at = info.find(" file=");
  if (at == info.npos) return std::nullopt;
  info.remove_prefix(at + 6);
  return std::string(info.substr(0, info.find(' ')));
}

std::optional<int> exit_status(std::string_view line) {
  if (!line.starts_with('[') || !line.ends_with(']')) return std::nullopt;
  const auto status = parse_integer(line.substr(1, line.size() - 2), 1, 255);
  return status ? std::optional(static_cast<int>(*status)) : std::nullopt;
}

/// Walks over the lines of a page once.
class Reader {
 public:
  explicit Reader(Document& page) : page_(page) {}

  Result<void> read() {
    page_.cases.push_back({.title = "(before the first heading)", .line = 1});
    for (at_ = 0; at_ < page_.lines.size(); ++at_) {
      const std::string_view line = page_.lines[at_];
      if (fence(line) > 0) {
        TRY(block());
        before_ = {};
      } else if (const auto title = heading(line)) {
        page_.cases.push_back({.title = std::string(*title), .line = at_ + 1});
        before_ = {};
      } else if (!trimmed(line).empty()) {
        before_ = trimmed(line);
      }
    }
    std::erase_if(page_.cases, [](const Case& it) {
      return std::ranges::none_of(it.steps, [](const Step& step) { return step.is_command(); });
    });
    if (page_.cases.empty() && page_.skipped.empty()) return wrong(0, "no console block");
    return {};
  }

 private:
  std::unexpected<Error> wrong(std::size_t line, std::string why) const {
    return std::unexpected(Error{Fault::input, "transcript-syntax",
                                 page_.path + ":" + std::to_string(line + 1), std::move(why)});
  }

  /// Handles the block that opens at `at_` and leaves `at_` on the line that closes it.
  Result<void> block() {
    const std::string_view opening = page_.lines[at_];
    const std::size_t ticks = fence(opening);
    const std::string_view info = trimmed(opening.substr(ticks));
    const std::size_t first = at_ + 1;
    std::size_t last = first;
    const auto closes = [&](std::string_view line) {
      return fence(line) >= ticks && trimmed(line.substr(fence(line))).empty();
    };
    while (last < page_.lines.size() && !closes(page_.lines[last])) ++last;
    if (last == page_.lines.size()) return wrong(at_, "this block never closes");
    if (info == "console") {
      TRY(console(first, last));
    } else if (const auto name = file_name(info)) {
      TRY(file(*name, first, last));
    }
    at_ = last;
    return {};
  }

  Result<void> console(std::size_t first, std::size_t last) {
    if (before_.starts_with(not_run)) {
      std::string_view reason = before_.substr(not_run.size());
      reason = trimmed(reason.substr(0, reason.find("-->")));
      if (reason.empty()) return wrong(first - 1, "left out without a reason");
      page_.skipped.push_back({first, std::string(reason)});
      return {};
    }
    std::vector<Step>& steps = page_.cases.back().steps;
    for (std::size_t i = first; i < last;) {
      if (!page_.lines[i].starts_with("$ ")) return wrong(i, "output before the first command");
      Step step{.line = i + 1, .text = page_.lines[i].substr(2)};
      for (++i; i < last && page_.lines[i].starts_with("> "); ++i) {
        step.text += '\n' + page_.lines[i].substr(2);
      }
      step.answer_from = i;
      while (i < last && !page_.lines[i].starts_with("$ "))
        step.expected.push_back(page_.lines[i++]);
      step.answer_to = i;
      if (!step.expected.empty()) {
        const auto status = exit_status(step.expected.back());
        if (status) step.expected.pop_back();
        step.status = status.value_or(0);
      }
      steps.push_back(std::move(step));
    }
    return {};
  }

  Result<void> file(const std::string& name, std::size_t first, std::size_t last) {
    if (name.empty() || name.starts_with('/') || name.contains("..")) {
      return wrong(first - 1, "a file must be inside the scratch folder");
    }
    Step step{.line = first, .file = name};
    for (std::size_t i = first; i < last; ++i) step.text += page_.lines[i] + '\n';
    page_.cases.back().steps.push_back(std::move(step));
    return {};
  }

  Document& page_;
  std::size_t at_ = 0;
  std::string_view before_;  ///< the last line with text before this one
};

}  // namespace

Result<Document> read_document(std::string path, std::string_view text) {
  Document page{.path = std::move(path), .lines = split(text)};
  TRY(Reader(page).read());
  return page;
}

std::string rewritten(const Document& document, const std::vector<Answer>& answers) {
  std::string text;
  std::size_t next = 0;
  const auto copy = [&](std::size_t to) {
    for (; next < to; ++next) text += document.lines[next] + '\n';
  };
  for (const Answer& answer : answers) {
    copy(answer.step->answer_from);
    for (const std::string& line : answer.lines) text += line + '\n';
    next = answer.step->answer_to;
  }
  copy(document.lines.size());
  return text;
}

bool misread(std::string_view line) {
  return line.starts_with("$ ") || line.starts_with("> ") || fence(line) > 0 ||
         exit_status(line).has_value();
}

std::string status_line(int status) { return "[" + std::to_string(status) + "]"; }

}  // namespace gird::transcript
