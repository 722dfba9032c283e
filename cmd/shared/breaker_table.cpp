// Columns.
#include "shared/breaker_table.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include "base/utf8.hpp"

namespace gird {
namespace {

using policy::Breaker;

constexpr std::size_t columns = 7;
using Line = std::array<std::string, columns>;
using Widths = std::array<std::size_t, columns>;

const Line heading{"NAME", "STATE", "FAILURES", "RATE", "OPEN SINCE", "NEXT TRY", "HOLDERS"};
constexpr std::string_view gap = "  ";

/// How long ago something was: whole seconds from one second on, which a display can follow.
std::string age(Duration span) {
  using std::chrono::seconds;
  span = std::max(span, Duration::zero());
  return to_words(span < seconds(1) ? span : std::chrono::floor<seconds>(span)) + " ago";
}

std::string next_try(const BreakerView& view) {
  if (view.state == Breaker::Mode::held_open) return "never";
  if (view.state == Breaker::Mode::half_open) {
    return has_free_permit(view) ? "now" : "when a probe ends";
  }
  if (!view.next_try) return "-";
  if (*view.next_try <= view.seen) return "now";
  return "in " + to_words(std::chrono::ceil<std::chrono::seconds>(*view.next_try - view.seen));
}

/// A process by its number, or by its host where it is on another.
std::string holder_name(const store::Holder& holder) {
  const std::string pid = holder.pid == 0 ? "?" : std::to_string(holder.pid);
  return holder.host.empty() ? pid : pid + "@" + printable(holder.host);
}

/// The first ones, and how many more there are.
std::string holders_of(const BreakerView& view) {
  constexpr std::size_t shown = 2;
  if (view.holders.empty()) return "-";
  std::string text;
  for (const store::Holder& holder : view.holders | std::views::take(shown)) {
    text += (text.empty() ? "" : " ") + holder_name(holder);
  }
  if (view.holders.size() > shown) text += " +" + std::to_string(view.holders.size() - shown);
  return text;
}

Line line_of(const BreakerView& view) {
  const auto rate = view.failure_rate();
  return {view.name,
          state_text(view),
          std::to_string(view.failures),
          rate ? percent(*rate) : "-",
          view.opened ? age(view.seen - *view.opened) : "-",
          next_try(view),
          holders_of(view)};
}

/// Numbers stand on the right of their column.
constexpr bool is_number(std::size_t column) { return column == 2 || column == 3; }

std::string text_of(const Line& line, const Widths& widths) {
  std::string text = line[0];
  // What does not fit stands above the rest of its line.
  if (text.size() > widths[0]) text += "\n" + std::string(widths[0], ' ');
  if (line[0].size() < widths[0]) text.append(widths[0] - line[0].size(), ' ');
  for (std::size_t i = 1; i < columns; ++i) {
    const std::string padding(widths[i] - line[i].size(), ' ');
    text += gap;
    text += is_number(i) ? padding + line[i] : line[i] + padding;
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

/// Every column as wide as it must be; the names get what is left of `width`.
Widths widths_of(std::span<const Line> lines, std::size_t width) {
  Widths widths{};
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::size_t others = 0;
  for (std::size_t i = 1; i < columns; ++i) others += gap.size() + widths[i];
  const std::size_t left = width > others ? width - others : 0;
  widths[0] = std::min(widths[0], std::max(left, heading[0].size()));
  return widths;
}

}  // namespace

std::string table_of(std::span<const BreakerView> views, std::size_t width) {
  std::vector<Line> lines{heading};
  for (const BreakerView& view : views) lines.push_back(line_of(view));
  const Widths widths = widths_of(lines, width);
  std::string text;
  for (const Line& line : lines) text += text_of(line, widths);
  return text;
}

}  // namespace gird
