// Sorting more records than fit into memory.
#pragma once

#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "json/spill.hpp"

namespace gird::json {

/// Sorted records, one behind the other in a hoard. A record begins with its size, these four bytes
/// included, in the machine's order.
struct Run {
  std::uint64_t at = 0;
  std::uint64_t size = 0;
};

inline std::uint32_t record_size(const char* record) {
  std::uint32_t size = 0;
  std::memcpy(&size, record, sizeof size);
  return size;
}

/// Reads the records of one run.
class RunReader {
 public:
  RunReader(Hoard& hoard, Run run) : hoard_(&hoard), run_(run) {}

  /// Goes to the next record; false at the end of the run, and where the spill failed.
  bool next();
  /// The record, until `next` is called.
  [[nodiscard]] std::string_view record() const {
    return std::string_view(window_).substr(from_, size_);
  }

 private:
  /// The bytes at `from_` in the window, which has `size` of them at least; false where it cannot.
  bool fill(std::size_t size);

  Hoard* hoard_;
  Run run_;             ///< what is not in the window yet
  std::string window_;  ///< read ahead
  std::size_t from_ = 0;
  std::size_t size_ = 0;
};

/// Calls `use(record)` for the records of all runs, in order; of equal ones those of an earlier run
/// come first. `less(a, b)` compares records.
template <class Less, class Use>
void merge(Hoard& hoard, std::span<const Run> runs, const Less& less, const Use& use) {
  std::vector<RunReader> readers;
  for (const Run& run : runs) {
    RunReader reader(hoard, run);
    if (reader.next()) readers.push_back(std::move(reader));
  }
  while (!readers.empty()) {
    auto least = readers.begin();
    for (auto other = std::next(least); other != readers.end(); ++other) {
      if (less(other->record(), least->record())) least = other;
    }
    use(least->record());
    if (!least->next()) readers.erase(least);
  }
}

/// Merges neighbours until the runs are few enough for one `merge`.
template <class Less>
void make_few(Hoard& hoard, std::vector<Run>& runs, const Less& less) {
  static constexpr std::size_t few = 16;
  while (runs.size() > few && hoard.state()) {
    std::vector<Run> longer;
    for (std::size_t i = 0; i < runs.size(); i += few) {
      const Run begun{.at = hoard.size()};
      const auto group = std::span(runs).subspan(i, std::min(few, runs.size() - i));
      merge(hoard, group, less, [&](std::string_view record) { hoard.append(record); });
      longer.push_back({.at = begun.at, .size = hoard.size() - begun.at});
    }
    runs = std::move(longer);
  }
}

}  // namespace gird::json
