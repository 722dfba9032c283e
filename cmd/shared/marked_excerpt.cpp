#include "shared/marked_excerpt.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace gird {
namespace {

constexpr std::size_t most_columns = 70;
constexpr std::size_t columns_before = 24;
constexpr std::string_view dots = "...";

/// One character as it is shown, and how wide that is.
struct Shown {
  std::string text;
  std::size_t columns = 0;
  std::size_t bytes = 0;
};

Shown shown_at(std::string_view rest) {
  Shown shown;
  shown.bytes = next_character(rest).length;
  shown.text = printable(rest.substr(0, shown.bytes));
  if (shown.text == "\t") shown.text = " ";
  const bool single = shown.bytes > 1 && shown.text.size() == shown.bytes;
  shown.columns = single ? 1 : shown.text.size();
  return shown;
}

/// Where an excerpt begins: so many characters before `at`, and at the head of one.
std::size_t start_before(std::string_view text, std::size_t at) {
  for (std::size_t count = 0; count < columns_before && at > 0; ++count) {
    --at;
    while (at > 0 && continues_character(text[at])) --at;
  }
  return at;
}

}  // namespace

MarkedExcerpt marked_excerpt(std::string_view text, detect::Span span) {
  MarkedExcerpt excerpt;
  std::size_t at = start_before(text, std::min(span.begin, text.size()));
  if (at > 0) {
    excerpt.line = dots;
    excerpt.blanks.assign(dots.size(), ' ');
  }
  std::size_t columns = 0;
  while (at < text.size()) {
    const Shown shown = shown_at(text.substr(at));
    if (columns + shown.columns > most_columns) break;
    if (at < span.begin) excerpt.blanks.append(shown.columns, ' ');
    if (at >= span.begin && at < span.end) excerpt.carets.append(shown.columns, '^');
    excerpt.line += shown.text;
    columns += shown.columns;
    at += shown.bytes;
  }
  if (at < text.size()) excerpt.line += dots;
  if (excerpt.carets.empty()) excerpt.carets = "^";
  return excerpt;
}

}  // namespace gird
