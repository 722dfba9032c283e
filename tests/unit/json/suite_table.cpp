// Counts and prints.
#include "json/suite_table.hpp"

#include <cstdio>

namespace gird::json {

Outcome outcome_of(std::string_view input, const Settings& settings) {
  const auto repaired = repair_json(input, settings);
  Outcome outcome;
  if (!repaired) {
    outcome.text = repaired.error().what;
    outcome.kinds.insert("(refused)");
    return outcome;
  }
  outcome.repaired = true;
  outcome.text = repaired->text;
  outcome.value = nlohmann::json::parse(outcome.text, nullptr, false);
  for (const Repair& repair : repaired->repairs) {
    outcome.kinds.emplace(facts_of(repair.kind).name);
  }
  if (outcome.kinds.empty()) outcome.kinds.insert("(valid)");
  return outcome;
}

void SuiteTable::add(const std::string& id, const std::set<std::string>& kinds, bool right) {
  ++rows_;
  if (!right) wrong_.push_back(id);
  for (const std::string& kind : kinds) {
    Score& score = scores_[kind];
    ++score.rows;
    score.right += static_cast<std::size_t>(right);
  }
}

void SuiteTable::add(const std::string& id, const Outcome& outcome, bool right) {
  add(id, outcome.kinds, right);
}

double SuiteTable::share() const {
  if (rows_ == 0) return 1;
  return static_cast<double>(rows_ - wrong_.size()) / static_cast<double>(rows_);
}

void SuiteTable::print() const {
  std::printf("%s: %zu of %zu rows\n", title_.c_str(), rows_ - wrong_.size(), rows_);
  for (const auto& [kind, score] : scores_) {
    std::printf("  %-22s %5zu of %5zu\n", kind.c_str(), score.right, score.rows);
  }
  for (const std::string& id : wrong_) std::printf("  wrong: %s\n", id.c_str());
  std::fflush(stdout);
}

}  // namespace gird::json
