// Repaired text and a schema: what is wrong with it, and what it becomes.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/repairer.hpp"
#include "json/settings.hpp"
#include "shared/repair_merge.hpp"
#include "shared/repair_schema.hpp"

namespace gird {

/// What a schema makes of a text with documents.
struct Fitted {
  std::vector<TextEdit> edits;
  std::vector<json::Violation>
      violations;     ///< in the order of their offsets, which are of the input
  bool more = false;  ///< there are more violations than are told
};

/// Judges text that a repairer gave. One for each thread.
class Fitter {
 public:
  /// So many violations of a document are told.
  static constexpr std::size_t most_violations = 1000;

  /// Both must outlive it.
  Fitter(const SchemaTask& task, const json::Settings& settings);

  /// `repairs` are those that made `text`, in their order. Refused: forbidden, too_many, unjudged.
  std::expected<Fitted, json::Refusal> fit(std::string_view text,
                                           std::span<const Stretch> documents,
                                           std::span<const json::Repair> repairs);

 private:
  std::expected<json::Coerced, json::Unjudgeable> judge(std::string_view text, Stretch document,
                                                        std::span<const json::Repair> repairs);

  const SchemaTask& task_;
  const json::Settings& settings_;
  json::Validator validator_;
};

/// A violation as a refusal of what it is in.
json::Refusal refusal_of(const json::Violation& violation);

/// "/a/0: 'x' is a string, not an integer (type)"
std::string violation_text(const json::Violation& violation);

}  // namespace gird
