// Finding the word that was meant.
#include "base/nearest.hpp"

#include <algorithm>

namespace gird {

std::size_t edit_distance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> before(other.size() + 1);
  std::vector<std::size_t> last(other.size() + 1);
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t j = 0; j <= other.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t changed = one[i - 1] == other[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + changed});
      const bool swapped =
          i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[other.size()];
}

std::vector<std::string> nearest(std::string_view word, std::span<const std::string_view> known) {
  struct Guess {
    std::size_t edits;
    std::string_view name;
  };
  std::vector<Guess> guesses;
  const std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
  for (const std::string_view name : known) {
    const std::size_t longer = std::max(name.size(), word.size());
    const std::size_t shorter = std::min(name.size(), word.size());
    if (longer - shorter > limit) continue;
    const std::size_t edits = edit_distance(word, name);
    if (edits <= limit) guesses.push_back({edits, name});
  }
  std::ranges::stable_sort(guesses, {}, &Guess::edits);
  std::vector<std::string> names;
  for (const Guess& guess : guesses) {
    if (names.size() < 3) names.emplace_back(guess.name);
  }
  if (!names.empty() || word.size() < 3) return names;
  for (const std::string_view name : known) {
    if (name.contains(word) || word.contains(name)) names.emplace_back(name);
  }
  if (names.size() > 1) names.clear();
  return names;
}

std::vector<std::string> did_you_mean(std::span<const std::string> names) {
  if (names.empty()) return {};
  std::string text = "did you mean " + names.front();
  for (std::size_t i = 1; i < names.size(); ++i) {
    text += (i + 1 == names.size() ? " or " : ", ") + names[i];
  }
  return {text + "?"};
}

}  // namespace gird
