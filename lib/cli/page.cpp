// Reading the Markdown of man/.
#include "cli/page.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace gird::cli {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool punctuation(char byte) { return std::string_view("\\`*_{}[]()#+-.!|<>").contains(byte); }

/// The text of `raw` without the backslashes that guard punctuation.
std::string unguarded(std::string_view raw) {
  std::string text;
  text.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && i + 1 < raw.size() && punctuation(raw[i + 1])) ++i;
    text += raw[i];
  }
  return text;
}

/// Cuts one paragraph's text into spans.
class ProseReader {
 public:
  explicit ProseReader(std::string_view text) : text_(text) {}

  Prose read() {
    while (at_ < text_.size()) {
      if (!styled()) plain_character();
    }
    flush();
    return std::move(prose_);
  }

 private:
  void plain_character() {
    if (text_[at_] == '\\' && at_ + 1 < text_.size() && punctuation(text_[at_ + 1])) ++at_;
    plain_ += text_[at_++];
  }

  bool styled() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with('`')) return between("`", Span::Style::code);
    if (rest.starts_with("**")) return between("**", Span::Style::strong);
    if (rest.starts_with('*')) return between("*", Span::Style::emphasis);
    if (rest.starts_with('[')) return link();
    return false;
  }

  bool between(std::string_view mark, Span::Style style) {
    const std::size_t from = at_ + mark.size();
    const std::size_t to = text_.find(mark, from);
    // "2 * 3" and "a*b" alone are no emphasis: it hugs its words.
    if (to == text_.npos || to == from || text_[from] == ' ') return false;
    const std::string_view inner = text_.substr(from, to - from);
    const bool code = style == Span::Style::code;
    push({style, code ? std::string(inner) : unguarded(inner)});
    at_ = to + mark.size();
    return true;
  }

  bool link() {
    const std::size_t middle = text_.find("](", at_);
    if (middle == text_.npos) return false;
    const std::size_t end = text_.find(')', middle);
    if (end == text_.npos || text_.substr(at_ + 1, middle - at_ - 1).contains('[')) return false;
    push({Span::Style::link, unguarded(text_.substr(at_ + 1, middle - at_ - 1)),
          std::string(text_.substr(middle + 2, end - middle - 2))});
    at_ = end + 1;
    return true;
  }

  void push(Span span) {
    flush();
    prose_.push_back(std::move(span));
  }

  void flush() {
    if (!plain_.empty()) prose_.push_back({Span::Style::plain, std::exchange(plain_, {})});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string plain_;
  Prose prose_;
};

Title parse_title(std::string_view text) {
  const std::size_t open = text.find('(');
  const std::size_t colon = text.find("): ");
  if (open == text.npos || colon != open + 2) return {text, '\0', {}};
  return {text.substr(0, open), text[open + 1], trimmed(text.substr(colon + 3))};
}

bool is_dashes(std::string_view line) { return line.find_first_not_of("|-: ") == line.npos; }

std::vector<Prose> cells(std::string_view line) {
  std::vector<Prose> row;
  line.remove_prefix(1);
  std::size_t from = 0;
  bool code = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '`') code = !code;
    // A guarded bar, or one inside code, belongs to its cell.
    if (line[i] != '|' || code || (i > 0 && line[i - 1] == '\\')) continue;
    row.push_back(parse_prose(trimmed(line.substr(from, i - from))));
    from = i + 1;
  }
  return row;
}

class PageReader {
 public:
  /// With `wanted`, only those sections are taken apart; the description is not.
  explicit PageReader(std::string_view text,
                      std::optional<std::span<const std::string_view>> wanted = {})
      : rest_(text), wanted_(wanted), skips_(wanted.has_value()) {
    next();
  }

  Document read() {
    page_.sections.emplace_back();
    while (!done_) block();
    return std::move(page_);
  }

 private:
  void next() {
    if (rest_.empty()) {
      done_ = true;
      line_ = {};
      return;
    }
    const std::size_t end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
  }

  void block() {
    if (skips_ && line_.starts_with("```")) return skip_fenced();
    if (line_.starts_with('#')) return heading();
    if (skips_) return next();
    if (line_.starts_with("```")) return fenced();
    if (line_.starts_with("- ")) return list();
    if (line_.starts_with('|')) return table();
    if (trimmed(line_).empty() || line_.starts_with("<!--")) return next();
    add(Paragraph{parse_prose(gathered(line_))});
  }

  void heading() {
    const std::size_t level = std::min(line_.find_first_not_of('#'), line_.size());
    const std::string_view text = trimmed(line_.substr(level));
    if (level == 1) {
      page_.title = parse_title(text);
    } else {
      if (wanted_ && level == 2) skips_ = std::ranges::find(*wanted_, text) == wanted_->end();
      if (!skips_)
        page_.sections.push_back({text, static_cast<int>(std::min<std::size_t>(level, 3)), {}});
    }
    next();
  }

  /// A listing may hold lines that look like headings.
  void skip_fenced() {
    for (next(); !done_ && !line_.starts_with("```");) next();
    next();
  }

  bool interrupts() const {
    return done_ || trimmed(line_).empty() || line_.starts_with("```") || line_.starts_with('#') ||
           line_.starts_with("- ") || line_.starts_with('|') || line_.starts_with("<!--");
  }

  /// `first` and the lines below that go on with it, as one line.
  std::string gathered(std::string_view first) {
    std::string text(trimmed(first));
    for (next(); !interrupts(); next()) text.append(" ").append(trimmed(line_));
    return text;
  }

  void list() {
    List list;
    while (!done_ && line_.starts_with("- ")) {
      list.items.push_back(parse_prose(gathered(line_.substr(2))));
    }
    add(std::move(list));
  }

  void table() {
    Table table;
    table.heading = cells(line_);
    for (next(); !done_ && line_.starts_with('|'); next()) {
      if (is_dashes(line_)) continue;
      table.rows.push_back(cells(line_));
      table.rows.back().resize(table.heading.size());
    }
    add(std::move(table));
  }

  void fenced() {
    const bool console = trimmed(line_.substr(3)) == "console";
    std::vector<std::string_view> lines;
    for (next(); !done_ && !line_.starts_with("```"); next()) lines.push_back(line_);
    next();
    if (!console) return add(Listing{std::move(lines)});
    Console transcript;
    for (const std::string_view line : lines) {
      if (line.starts_with("$ ")) {
        transcript.steps.push_back({line.substr(2)});
        continue;
      }
      if (transcript.steps.empty()) continue;
      Step& step = transcript.steps.back();
      const bool goes_on = line.starts_with("> ") && step.output.empty();
      (goes_on ? step.more : step.output).push_back(goes_on ? line.substr(2) : line);
    }
    add(std::move(transcript));
  }

  void add(Block block) { page_.sections.back().blocks.push_back(std::move(block)); }

  Document page_;
  std::string_view rest_;
  std::string_view line_;
  bool done_ = false;
  std::optional<std::span<const std::string_view>> wanted_;
  bool skips_ = false;
};

}  // namespace

const Section* Document::section(std::string_view name) const {
  const auto found = std::ranges::find(sections, name, &Section::title);
  return found == sections.end() ? nullptr : &*found;
}

std::pair<std::size_t, std::size_t> Document::reach(std::string_view name) const {
  const auto head = std::ranges::find(sections, name, &Section::title);
  if (head == sections.end()) return {0, 0};
  const auto deeper = [&](const Section& section) { return section.level > head->level; };
  const auto end = std::find_if_not(head + 1, sections.end(), deeper);
  return {static_cast<std::size_t>(head - sections.begin()),
          static_cast<std::size_t>(end - sections.begin())};
}

Document parse_page(std::string_view text) { return PageReader(text).read(); }

Document parse_sections(std::string_view text, std::span<const std::string_view> names) {
  return PageReader(text, names).read();
}

Title title_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.starts_with("# ") ? parse_title(trimmed(line.substr(2))) : Title{};
}

Prose parse_prose(std::string_view text) { return ProseReader(text).read(); }

std::optional<Reference> parse_reference(std::string_view word) {
  if (word.size() < 4 || !word.ends_with(')') || word[word.size() - 3] != '(') return std::nullopt;
  const char number = word[word.size() - 2];
  const std::string_view name = word.substr(0, word.size() - 3);
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.+").contains(c);
  };
  if (number < '1' || number > '9' || !std::ranges::all_of(name, fits)) return std::nullopt;
  return Reference{name, number};
}

}  // namespace gird::cli
