#include "shared/detection_choice.hpp"

#include <algorithm>
#include <array>

#include "base/nearest.hpp"
#include "cli/value.hpp"
#include "detect/compiled.hpp"

namespace gird::rules {

std::span<const Choice<Sensitivity>> choices(Sensitivity) { return sensitivities; }

}  // namespace gird::rules

namespace gird {
namespace {

constexpr std::array<Choice<FailOn>, 6> fail_ons{{
    {"info", FailOn::info, "any finding"},
    {"low", FailOn::low, "findings of severity low and above"},
    {"medium", FailOn::medium, "findings of severity medium and above"},
    {"high", FailOn::high, "findings of severity high and critical"},
    {"critical", FailOn::critical, "findings of severity critical"},
    {"never", FailOn::never, "no finding"},
}};

}  // namespace

std::span<const Choice<FailOn>> choices(FailOn) { return fail_ons; }

bool counts(rules::Severity severity, FailOn fail_on) {
  return fail_on != FailOn::never && static_cast<int>(severity) >= static_cast<int>(fail_on);
}

std::vector<std::string_view> class_names() {
  const rules::Book book = detect::compiled_rules();
  std::vector<std::string_view> names;
  for (std::size_t rule = 0; rule < book.size(); ++rule) names.push_back(book.class_name(rule));
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

Result<void> from_text(std::string_view text, SensitivityChoice& choice) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos) return cli::Field<rules::Sensitivity>::set(choice.level, text);
  const std::string_view name = text.substr(0, equals);
  const std::vector<std::string_view> names = class_names();
  if (!std::ranges::binary_search(names, name)) {
    std::string list;
    for (const std::string_view one : names) list += (list.empty() ? "" : ", ") + std::string(one);
    return misuse("value-choice", "'" + std::string(name) + "'",
                  "there is no such class; there are " + list, did_you_mean(nearest(name, names)));
  }
  choice.class_name = name;
  return cli::Field<rules::Sensitivity>::set(choice.level, text.substr(equals + 1));
}

std::string to_text(const SensitivityChoice& choice) {
  const std::string level = cli::Field<rules::Sensitivity>::show(choice.level);
  return choice.class_name.empty() ? level : choice.class_name + "=" + level;
}

std::vector<std::pair<std::string_view, std::string_view>> words_of(const SensitivityChoice*) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  for (const auto& level : rules::sensitivities) words.emplace_back(level.name, level.help);
  return words;
}

cli::Rows detection_rows(DetectionChoice& choice) {
  using cli::Row;
  return {
      Row("Detection"),
      Row("--sensitivity", choice.sensitivity, "LEVEL",
          "low, medium or high; CLASS=LEVEL for one class, as sqli=high")
          .otherwise("medium")
          .common(),
      Row("--fail-on", choice.fail_on, "SEVERITY",
          "from which severity on a finding counts against a record; never: none does")
          .otherwise("high; never with --action encode")
          .common(),
  };
}

detect::Settings settings_of(const DetectionChoice& choice) {
  detect::Settings settings;
  for (const SensitivityChoice& one : choice.sensitivity) {
    if (one.class_name.empty()) {
      settings.sensitivity = one.level;
      continue;
    }
    const auto same = [&](const auto& of) { return of.class_name == one.class_name; };
    std::erase_if(settings.of_class, same);
    settings.of_class.push_back({one.class_name, one.level});
  }
  return settings;
}

}  // namespace gird
