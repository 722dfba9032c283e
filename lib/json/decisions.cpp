// From settings to decisions.
#include "json/decisions.hpp"

namespace gird::json {

Settings settings_of(Profile profile) {
  Settings settings;
  settings.profile = profile;
  switch (profile) {
    case Profile::data:
    case Profile::config:
    case Profile::log: break;
    case Profile::llm:
      settings.missing = Missing::empty;
      settings.leading_zero = LeadingZero::number;
      break;
  }
  return settings;
}

Decisions decisions_of(const Settings& settings) {
  return {
      .missing_value = settings.missing,
      .not_a_number = settings.not_a_number,
      .leading_zero_is_text = settings.leading_zero == LeadingZero::string,
      .wraps_documents = settings.sequence == Sequence::array,
      .first_document_only = settings.sequence == Sequence::first,
      .keeps_cut_key = settings.profile != Profile::llm,
      .trims_mended_strings = settings.profile == Profile::llm,
      .keeps_cut_escape = settings.profile == Profile::llm,
      .drops_empty_starts = settings.profile == Profile::llm,
  };
}

}  // namespace gird::json
