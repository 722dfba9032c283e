// What a suite's rows came to, as a table by the kinds of repair they needed.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "json/repairer.hpp"

namespace gird::json {

/// What became of one input.
struct Outcome {
  bool repaired = false;  ///< false: refused
  std::string text;       ///< the output, or why it was refused
  nlohmann::json value;   ///< of the output; discarded when that is no single valid document
  std::set<std::string> kinds;

  [[nodiscard]] bool gives(const nlohmann::json& expected) const {
    return repaired && !value.is_discarded() && value == expected;
  }
};

Outcome outcome_of(std::string_view input, const Settings& settings);

class SuiteTable {
 public:
  explicit SuiteTable(std::string title) : title_(std::move(title)) {}
  /// One row of the suite. A row that needed several kinds of repair counts for each.
  void add(const std::string& id, const std::set<std::string>& kinds, bool right);
  void add(const std::string& id, const Outcome& outcome, bool right);
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] const std::vector<std::string>& wrong() const { return wrong_; }
  [[nodiscard]] double share() const;
  void print() const;

 private:
  struct Score {
    std::size_t rows = 0;
    std::size_t right = 0;
  };
  std::string title_;
  std::map<std::string, Score> scores_;
  std::vector<std::string> wrong_;
  std::size_t rows_ = 0;
};

}  // namespace gird::json
