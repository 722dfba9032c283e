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
  const bool llm = settings.profile == Profile::llm;
  return {
      .missing_value = settings.missing,
      .not_a_number = settings.not_a_number,
      .leading_zero_is_text = settings.leading_zero == LeadingZero::string,
      .wraps_documents = settings.sequence == Sequence::array,
      .first_document_only = settings.sequence == Sequence::first,
      .keeps_cut_key = !llm,
      .joins_any_string = llm,
      .trims_mended_strings = llm,
      .keeps_cut_escape = llm,
      .keeps_last_of_shape = llm && !settings.live && settings.sequence != Sequence::first &&
                             settings.extract != Extract::largest &&
                             settings.allows(Kind::sequence, Confidence::guess),
      .drops_empty_starts = llm,
  };
}

}  // namespace gird::json
