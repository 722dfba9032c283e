// How attentive detection is, and what of it counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/choice.hpp"
#include "cli/rows.hpp"
#include "detect/scan.hpp"

namespace gird::rules {

std::span<const Choice<Sensitivity>> choices(Sensitivity);

}  // namespace gird::rules

namespace gird {

/// One --sensitivity: "high", or "sqli=high" for one class of rules.
struct SensitivityChoice {
  std::string class_name;  ///< empty: all others
  rules::Sensitivity level = rules::Sensitivity::medium;
};
/// Fault::usage, value-choice.
Result<void> from_text(std::string_view text, SensitivityChoice& choice);
std::string to_text(const SensitivityChoice& choice);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const SensitivityChoice*);

/// The least severity that counts against a record; `never`: none does.
enum class FailOn : std::uint8_t { info, low, medium, high, critical, never };
std::span<const Choice<FailOn>> choices(FailOn);
/// Whether a finding counts.
bool counts(rules::Severity severity, FailOn fail_on);

struct DetectionChoice {
  std::vector<SensitivityChoice> sensitivity;
  std::optional<FailOn> fail_on;
};

cli::Rows detection_rows(DetectionChoice& choice);

/// What was said last of a class holds.
detect::Settings settings_of(const DetectionChoice& choice);

/// The names of all classes that there are rules of, sorted.
std::vector<std::string_view> class_names();

}  // namespace gird
