// What may be repaired, and how: the dial and the knobs of json-repair.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/choice.hpp"
#include "cli/rows.hpp"
#include "json/settings.hpp"

namespace gird::json {

std::span<const Choice<Missing>> choices(Missing);
std::span<const Choice<NotANumber>> choices(NotANumber);
std::span<const Choice<LeadingZero>> choices(LeadingZero);
std::span<const Choice<Extract>> choices(Extract);
std::span<const Choice<Sequence>> choices(Sequence);

}  // namespace gird::json

namespace gird {

/// A kind of repair by its name: "trailing-comma".
struct KindName {
  json::Kind kind = json::Kind::prose;
};
Result<void> from_text(std::string_view text, KindName& name);
std::string to_text(const KindName& name);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const KindName*);

/// A profile of the repairer, or the name of one that only the configuration knows.
struct ProfileName {
  std::string name = "data";
  std::optional<json::Profile> built_in = json::Profile::data;
};
Result<void> from_text(std::string_view text, ProfileName& name);
std::string to_text(const ProfileName& name);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const ProfileName*);

struct RepairChoice {
  bool strict = false;
  bool safe = false;
  bool aggressive = false;
  std::vector<KindName> only;
  std::vector<KindName> except;
  std::optional<std::int64_t> most_repairs;
  std::int64_t most_depth = 100'000;
  ProfileName profile;
  std::optional<json::Missing> missing;
  std::optional<json::NotANumber> not_a_number;
  std::optional<json::LeadingZero> leading_zero;
  std::optional<json::Extract> extract;
  std::optional<json::Sequence> sequence;
};

cli::Rows dial_rows(RepairChoice& choice);
cli::Rows knob_rows(RepairChoice& choice);

/// Fault::usage, options-contradict.
Result<json::Settings> settings_of(const RepairChoice& choice);

}  // namespace gird
