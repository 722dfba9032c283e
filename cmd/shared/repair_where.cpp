// Counting lines and characters.
#include "shared/repair_where.hpp"

#include <unistd.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace gird {

/// The encoding is known as soon as there is text.
void Where::begin() {
  here_ = json::Locator(input_.sniffed());
  before_ = here_;
  marks_ = {here_};
}

void Where::count(std::string_view text) {
  while (input_.lasting() && text.size() > distance_) {
    const std::string_view part = text.substr(0, distance_);  // which may grow meanwhile
    count(part);
    text.remove_prefix(part.size());
  }
  here_.pass(text);
  if (input_.lasting() && here_.passed() >= marks_.back().passed() + distance_) remember();
}

void Where::remember() {
  marks_.push_back(here_);
  if (marks_.size() < most_marks) return;
  for (std::size_t i = 0; 2 * i < marks_.size(); ++i) marks_[i] = marks_[2 * i];
  marks_.resize(marks_.size() / 2);
  distance_ *= 2;
}

/// To the last place not behind `offset` that is known.
void Where::go_back(std::uint64_t offset) {
  const auto behind = std::ranges::upper_bound(marks_, offset, {}, &json::Locator::passed);
  here_ = *std::prev(behind);
  if (before_.passed() <= offset && before_.passed() > here_.passed()) here_ = before_;
}

void Where::pass(std::string_view text) {
  if (marks_.empty()) begin();
  settle();
  piece_ = text;
}

void Where::settle() {
  const std::uint64_t next = piece_at_ + piece_.size();
  if (!input_.lasting()) {
    const std::uint64_t kept = tail_.size() + piece_.size();
    // What goes is counted first; a place in what stays may still be asked for.
    count_until(next - std::min<std::uint64_t>(kept, most_tail));
    if (piece_.size() >= most_tail) {
      tail_ = piece_.substr(piece_.size() - most_tail);
    } else {
      tail_ += piece_;
      if (tail_.size() > most_tail) tail_.erase(0, tail_.size() - most_tail);
    }
  }
  piece_ = {};
  piece_at_ = next;
}

std::string Where::read(std::uint64_t from, std::size_t count) const {
  if (input_.lasting()) {
    std::string text(count, '\0');
    const ssize_t got =
        ::pread(input_.number(), text.data(), count, static_cast<off_t>(input_.start() + from));
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }
  std::string text;
  const std::uint64_t first = piece_at_ - tail_.size();
  if (from < first) return text;
  if (from < piece_at_) text = tail_.substr(from - first, count);
  const std::uint64_t at = from + text.size();
  if (at >= piece_at_ && at - piece_at_ <= piece_.size())
    text += piece_.substr(at - piece_at_, count - text.size());
  return text;
}

void Where::count_until(std::uint64_t offset) {
  constexpr std::size_t step = 64 << 10;
  while (here_.passed() < offset) {
    const std::uint64_t at = here_.passed();
    // The piece that is in memory need not be read again.
    if (at >= piece_at_ && at - piece_at_ < piece_.size()) {
      count(piece_.substr(at - piece_at_, offset - at));
      continue;
    }
    const std::string text = read(at, std::min<std::uint64_t>(step, offset - at));
    if (text.empty()) return;
    count(text);
  }
}

void Where::keep(std::uint64_t offset) {
  if (input_.lasting() || (kept_ && kept_->passed() == offset)) return;
  count_until(offset);
  kept_ = here_;
}

json::Spot Where::place_of(std::uint64_t offset) {
  if (kept_ && kept_->passed() == offset) return kept_->spot();
  if (offset < here_.passed() && input_.lasting()) go_back(offset);
  before_ = here_;
  count_until(offset);
  return here_.spot();
}

Excerpt Where::excerpt(std::uint64_t offset, std::size_t most) const {
  // Four bytes a character at most; more of the line than can be shown tells that it was cut.
  const std::size_t reach = 4 * most;
  const std::uint64_t from = offset - std::min<std::uint64_t>(offset, reach);
  const std::string around = read(from, static_cast<std::size_t>(offset - from) + reach);
  auto here = std::min<std::size_t>(offset - from, around.size());
  std::size_t begin = here == 0 ? std::string::npos : around.find_last_of("\r\n", here - 1);
  begin = begin == std::string::npos ? 0 : begin + 1;
  while (begin < here && continues_character(around[begin])) ++begin;
  constexpr std::string_view mark = "\ufeff";
  if (from == 0 && begin == 0 && around.starts_with(mark)) {
    begin = mark.size();
    here = std::max(here, begin);
  }
  const std::size_t end = std::min(around.find_first_of("\r\n", here), around.size());
  Excerpt excerpt;
  excerpt.cut_before = begin == 0 && from > 0;
  // Two thirds of the width stand before the place: what led there explains most.
  std::size_t before = characters_in(std::string_view(around).substr(begin, here - begin));
  const std::size_t most_before = most * 2 / 3;
  while (before > most_before) {
    ++begin;
    while (begin < here && continues_character(around[begin])) ++begin;
    --before;
    excerpt.cut_before = true;
  }
  std::size_t stop = here;
  for (std::size_t shown = before; stop < end && shown < most; ++shown) {
    ++stop;
    while (stop < end && continues_character(around[stop])) ++stop;
  }
  excerpt.cut_behind = stop < end;
  excerpt.text = around.substr(begin, stop - begin);
  excerpt.column = before;
  return excerpt;
}

}  // namespace gird
