// What settings and profiles decide, in one place.
#pragma once

#include "json/settings.hpp"

namespace gird::json {

/// Each is a question that the grammar leaves open, by the name of the answer.
struct Decisions {
  Missing missing_value = Missing::null;
  NotANumber not_a_number = NotANumber::null;
  bool leading_zero_is_text = true;
  bool wraps_documents = false;      ///< several documents become one array
  bool first_document_only = false;  ///< and what follows is dropped
  /// A key that the input cut off, `{"foo"`, gets null; else it goes.
  bool keeps_cut_key = true;
};

Decisions decisions_of(const Settings& settings);

}  // namespace gird::json
