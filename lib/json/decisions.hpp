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
  /// Blanks at the end of a string that nobody closed go, and a line feed that stood there as it is
  /// before a closing quote: a model broke the line, the text did not.
  bool trims_mended_strings = false;
  /// The input ends with a backslash: it is a character of the string, not half of an escape.
  bool keeps_cut_escape = false;
  /// What was opened and never filled, `["` and `[{]`, was never meant: it goes.
  bool drops_empty_starts = false;
};

Decisions decisions_of(const Settings& settings);

}  // namespace gird::json
