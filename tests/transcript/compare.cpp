// Comparing outputs line by line.
#include "transcript/compare.hpp"

#include <algorithm>
#include <cstddef>

namespace gird::transcript {
namespace {

constexpr std::string_view dots = "...";

/// Beyond this many cells a table of differences takes too long to be worth it.
constexpr std::size_t most_cells = 16'000'000;

/// The fewest edits from the rest of one text to the rest of another, for each pair of places.
class Table {
 public:
  Table(const std::vector<std::string>& expected, const std::vector<std::string>& actual)
      : expected_(expected), actual_(actual), width_(actual.size() + 1) {
    costs_.resize((expected.size() + 1) * width_);
    for (std::size_t i = expected.size() + 1; i-- > 0;) {
      for (std::size_t j = actual.size() + 1; j-- > 0;) cost(i, j) = best(i, j);
    }
  }

  std::vector<Edit> walk() {
    std::vector<Edit> edits;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < expected_.size() || j < actual_.size()) {
      const bool more = i < expected_.size();
      const bool printed = j < actual_.size();
      if (more && expected_[i] == dots) {
        if (!skipping_) edits.push_back({Edit::Kind::skip, expected_[i]});
        skipping_ = printed && cost(i, j + 1) == cost(i, j) && cost(i + 1, j) != cost(i, j);
        if (skipping_) {
          edits.push_back({Edit::Kind::covered, actual_[j++]});
        } else {
          ++i;
        }
      } else if (more && printed && line_matches(expected_[i], actual_[j]) &&
                 cost(i + 1, j + 1) == cost(i, j)) {
        edits.push_back({Edit::Kind::same, expected_[i++]});
        ++j;
      } else if (more && cost(i + 1, j) + 1 == cost(i, j)) {
        edits.push_back({Edit::Kind::missing, expected_[i++]});
      } else {
        edits.push_back({Edit::Kind::extra, actual_[j++]});
      }
    }
    return edits;
  }

 private:
  unsigned& cost(std::size_t i, std::size_t j) { return costs_[i * width_ + j]; }

  unsigned best(std::size_t i, std::size_t j) {
    const bool more = i < expected_.size();
    const bool printed = j < actual_.size();
    if (!more) return static_cast<unsigned>(actual_.size() - j);
    if (expected_[i] == dots) {
      return printed ? std::min(cost(i + 1, j), cost(i, j + 1)) : cost(i + 1, j);
    }
    unsigned least = cost(i + 1, j) + 1;
    if (!printed) return least;
    least = std::min(least, cost(i, j + 1) + 1);
    if (line_matches(expected_[i], actual_[j])) least = std::min(least, cost(i + 1, j + 1));
    return least;
  }

  const std::vector<std::string>& expected_;
  const std::vector<std::string>& actual_;
  std::size_t width_;
  std::vector<unsigned> costs_;
  bool skipping_ = false;  ///< inside of a line "..."
};

}  // namespace

bool line_matches(std::string_view expected, std::string_view actual) {
  const std::size_t at = expected.find(dots);
  if (at == expected.npos) return expected == actual;
  if (!actual.starts_with(expected.substr(0, at))) return false;
  actual.remove_prefix(at);
  expected.remove_prefix(at + dots.size());
  // The leftmost place for each piece leaves the most room; the last piece must end the line.
  for (std::size_t next = expected.find(dots); next != expected.npos; next = expected.find(dots)) {
    const std::size_t found = actual.find(expected.substr(0, next));
    if (found == actual.npos) return false;
    actual.remove_prefix(found + next);
    expected.remove_prefix(next + dots.size());
  }
  return actual.ends_with(expected);
}

std::vector<Edit> compared(const std::vector<std::string>& expected,
                           const std::vector<std::string>& actual) {
  if ((expected.size() + 1) * (actual.size() + 1) <= most_cells) {
    return Table(expected, actual).walk();
  }
  std::vector<Edit> edits;
  for (const std::string& line : expected) edits.push_back({Edit::Kind::missing, line});
  for (const std::string& line : actual) edits.push_back({Edit::Kind::extra, line});
  return edits;
}

bool is_match(const std::vector<Edit>& edits) {
  return std::ranges::none_of(edits, [](const Edit& edit) {
    return edit.kind == Edit::Kind::missing || edit.kind == Edit::Kind::extra;
  });
}

std::vector<std::string> accepted(const std::vector<Edit>& edits) {
  std::vector<std::string> lines;
  for (const Edit& edit : edits) {
    const bool gone = edit.kind == Edit::Kind::missing || edit.kind == Edit::Kind::covered;
    if (!gone) lines.emplace_back(edit.text);
  }
  return lines;
}

std::vector<std::string> output_lines(std::string_view output) {
  std::vector<std::string> lines;
  while (!output.empty()) {
    const std::size_t end = output.find('\n');
    lines.emplace_back(output.substr(0, end));
    if (end == output.npos) {
      lines.back() += " (no-eol)";
      break;
    }
    output.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace gird::transcript
