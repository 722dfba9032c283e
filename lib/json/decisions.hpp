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
  /// A last key without a colon, as in `{"a": 1, "b`, gets a value; else it goes, or is an item if
  /// it is alone: `{"foo"` is a set.
  bool keeps_cut_key = true;
  /// An object that ends before a comma and a string, `{"a": 1}, "b": 2}`, goes on there; else only
  /// if what follows looks like a member.
  bool joins_any_string = false;
  /// Blanks at the end of a string that nobody closed go, and a line feed that stood there as it is
  /// before a closing quote: a model broke the line, the text did not.
  bool trims_mended_strings = false;
  /// The input ends with a backslash: it is a character of the string, not half of an escape.
  bool keeps_cut_escape = false;
  /// Of documents side by side that have one shape the last stays, and empty ones go.
  bool keeps_last_of_shape = false;
  /// What was opened and never filled, `["` and `[{]`, was never meant: it goes.
  bool drops_empty_starts = false;
};

Decisions decisions_of(const Settings& settings);

}  // namespace gird::json
