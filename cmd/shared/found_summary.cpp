#include "shared/found_summary.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace gird {
namespace {

std::string counted(std::uint64_t count, std::string_view thing) {
  return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

/// "12 sqli, 3 xss": the most frequent first.
std::string classes_of(const FoundTotals& totals) {
  std::vector<std::pair<std::string_view, std::uint64_t>> classes(totals.by_class.begin(),
                                                                  totals.by_class.end());
  std::ranges::stable_sort(classes, std::ranges::greater{},
                           &std::pair<std::string_view, std::uint64_t>::second);
  std::string text;
  for (const auto& [name, count] : classes) {
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(name);
  }
  return text;
}

/// "2 critical, 5 high": the worst first.
std::string severities_of(const FoundTotals& totals) {
  std::string text;
  for (std::size_t i = totals.by_severity.size(); i-- > 0;) {
    if (totals.by_severity.at(i) == 0) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(totals.by_severity.at(i)) + " " +
            std::string(rules::severities.at(i).name);
  }
  return text;
}

class Summary final : public FoundListener {
 public:
  explicit Summary(World& world) : world_(world) {}

  void found(const Found&) override {}
  Result<void> finish(const FoundTotals& totals) override {
    world_.say(counted(totals.records, "record") + ", " + std::to_string(totals.flagged) +
               " flagged, " + std::to_string(totals.rejected) + " rejected; " +
               counted(totals.findings, "finding"));
    if (totals.findings == 0) return {};
    world_.err("  by severity: " + severities_of(totals) + "\n");
    world_.err("  by class: " + classes_of(totals) + "\n");
    return {};
  }

 private:
  World& world_;
};

}  // namespace

std::unique_ptr<FoundListener> found_summary(World& world) {
  return std::make_unique<Summary>(world);
}

}  // namespace gird
