// Messages about repairs.
#include "shared/repair_prose.hpp"

#include <algorithm>

#include "base/quoting.hpp"
#include "base/utf8.hpp"
#include "shared/repair_fit.hpp"

namespace gird {
namespace {

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view red = "\x1b[31m";
constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view yellow = "\x1b[33m";

std::string_view color_of(json::Confidence confidence) {
  switch (confidence) {
    case json::Confidence::certain: return green;
    case json::Confidence::likely: return yellow;
    case json::Confidence::guess: return red;
  }
  return red;
}

/// "2 trailing-comma, 1 missing-quote", the most frequent first.
std::string kinds_text(const RepairCounts& counts) {
  std::vector<json::Kind> kinds;
  for (const json::KindFacts& facts : json::all_kinds()) {
    if (counts.by_kind[static_cast<std::size_t>(facts.kind)] > 0) kinds.push_back(facts.kind);
  }
  const auto count = [&](json::Kind kind) {
    return counts.by_kind[static_cast<std::size_t>(kind)];
  };
  std::ranges::stable_sort(kinds, std::ranges::greater{}, count);
  std::string text;
  for (const json::Kind kind : kinds) {
    text.append(text.empty() ? "" : ", ").append(std::to_string(count(kind)));
    text.append(" ").append(json::facts_of(kind).name);
  }
  return text;
}

std::string counted(std::uint64_t count, std::string_view thing) {
  return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

std::string shown_file(std::string_view file) {
  return file == "-" ? std::string("-") : shell_quoted(file);
}

}  // namespace

std::string RepairProse::paint(std::string_view color, std::string_view text) const {
  if (!style_.colour) return std::string(text);
  return std::string(color).append(text).append("\x1b[0m");
}

void RepairProse::say(const std::string& place, const std::string& text) {
  progress_.erase();
  world_.err(world_.tool() + ": " + paint(bold, place) + ": " + text + "\n");
}

void RepairProse::show(const Excerpt& excerpt, std::uint64_t width, std::string_view color) {
  // Control bytes of the data are escaped, so the place is counted in what is shown.
  std::string line;
  std::string under;
  std::string_view rest = excerpt.text;
  std::size_t at = 0;
  for (; !rest.empty(); ++at) {
    const std::size_t length = next_character(rest).length;
    std::string shown = printable(rest.substr(0, length));
    if (shown == "\t") shown = " ";
    const bool single = length > 1 && shown.size() == length;
    const std::size_t columns = single ? 1 : shown.size();
    const bool before = at < excerpt.column;
    const bool marked = !before && at < excerpt.column + std::max<std::uint64_t>(width, 1);
    if (before) under.append(columns, ' ');
    if (marked) under.append(columns, '^');
    line += shown;
    rest.remove_prefix(length);
  }
  if (at <= excerpt.column) under += '^';
  const std::size_t blanks = std::min(under.find('^'), under.size());
  const std::string_view dots = excerpt.cut_before ? "..." : "";
  world_.err("    " + std::string(dots) + line + (excerpt.cut_behind ? "..." : "") + "\n" + "    " +
             std::string(dots.size(), ' ') + under.substr(0, blanks) +
             paint(color, under.substr(blanks)) + "\n");
}

void RepairProse::begin(std::string_view) {
  named_ = 0;
  unnamed_ = 0;
  violations_ = 0;
  refused_ = false;
}

bool RepairProse::wants(const json::Repair& repair) const {
  if (style_.explain) return true;
  return !style_.quiet && (style_.every || (style_.notes && is_note(repair)) ||
                           repair.confidence == json::Confidence::guess);
}

void RepairProse::repaired(const Located& located) {
  const json::Repair& repair = located.repair;
  if (named_ >= most_named && !style_.unlimited) {
    ++unnamed_;
    return;
  }
  ++named_;
  const json::KindFacts& facts = json::facts_of(repair.kind);
  const std::string_view color = color_of(repair.confidence);
  say(place_text(located.file, located.at),
      paint(color, facts.name) + " (" + std::string(json::to_text(repair.confidence)) +
          "): " + std::string(facts.what) + "; " + deed_of(repair));
  if (!style_.explain) return;
  constexpr std::size_t columns = 92;
  const std::size_t width = repair.before.size();
  std::size_t characters = 0;
  for (std::string_view rest = repair.before; !rest.empty(); ++characters)
    rest.remove_prefix(next_character(rest).length);
  show(located.where.excerpt(repair.offset, columns), width == 0 ? 1 : characters, color);
}

void RepairProse::refused(const Refused& refused) {
  refused_ = true;
  if (style_.annotated) return;
  const Error error = error_of(refused);
  say(printable(error.what), printable(error.why));
  if (style_.explain) show(refused.where.excerpt(refused.refusal.offset, 92), 1, red);
}

void RepairProse::rejected(const Refused& refused) {
  if (style_.quiet) return;
  if (named_ >= most_named && !style_.unlimited) {
    ++unnamed_;
    return;
  }
  ++named_;
  say(place_text(refused.file, refused.at),
      "line not repaired: " + printable(refused.refusal.what));
}

void RepairProse::violated(const Violated& violated) {
  if (style_.annotated) return;
  if (violations_ >= most_named && !style_.unlimited) return;
  ++violations_;
  say(place_text(violated.file, violated.at), printable(violation_text(violated.violation)));
  if (style_.explain) show(violated.where.excerpt(violated.violation.offset, 92), 1, red);
}

void RepairProse::failed(std::string_view, const Error& error) {
  progress_.erase();
  world_.say(printable(error.what) + ": " + printable(error.why));
  for (std::size_t i = 0; i < error.hints.size() && i < 2; ++i)
    world_.err("  hint: " + printable(error.hints[i]) + "\n");
}

void RepairProse::end(std::string_view file, const RepairCounts& counts, bool written) {
  if (style_.annotated) return;
  const std::uint64_t left = counts.violations - violations_;
  if (left > 0 || counts.more_violations) {
    const std::string number = left == 0 ? "more violations" : counted(left, "more violation");
    say(shown_file(file), (counts.more_violations && left > 0 ? "at least " : "") + number +
                              (left > 0 ? " (-v names them)" : ""));
  }
  if (style_.quiet || refused_) return;
  if (unnamed_ > 0) {
    say(shown_file(file), std::to_string(unnamed_) + " more (-v names all)");
  }
  if (counts.all == 0) return;
  std::string text = counted(counts.all, "repair");
  if (style_.needed || !written) text += counts.all == 1 ? " is needed" : " are needed";
  const std::uint64_t guesses =
      counts.by_confidence[static_cast<std::size_t>(json::Confidence::guess)];
  if (guesses > 0) text += ", " + std::to_string(guesses) + (guesses == 1 ? " guess" : " guesses");
  say(shown_file(file), text + ": " + kinds_text(counts));
}

}  // namespace gird
