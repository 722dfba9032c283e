// Whether what stands in a text looks like a JSON document, or like something almost that.
#pragma once

#include <cstddef>

#include "json/outlook.hpp"

namespace gird::json {

/// How well a bracket among other text may be the start of a document: in a log, `[12:30]` and
/// `{name=x}` are none.
enum class Suspicion : std::uint8_t { usual, log };

/// Whether the bracket at `i` looks like the start of an object or array, not like a placeholder
/// (`{name}`), a reference (`[1]`), a link or a check box.
bool container_starts(Outlook& text, std::size_t i, Suspicion suspicion);

/// Whether words in brackets stand at `i` that belong to text in their line, and are no array:
/// `[INFO] {"a":1}`, `[link](url)`.
bool label_at(Outlook& text, std::size_t i);

/// Whether a value with a start of its own is at `i`: a string, a tuple, a call, an escaped
/// document, or a number or literal with nothing but JSON behind it in its line.
bool value_starts(Outlook& text, std::size_t i);

/// Whether an unquoted string at `start` is a call around a document: `callback({`,
/// `NumberLong(2);`.
bool call_starts(Outlook& text, std::size_t start);

/// Behind a number or literal (in any case, and those of other languages) that is a whole word at
/// `i`; `i` where there is none.
std::size_t skip_scalar(Outlook& text, std::size_t i);

/// Behind a name at `i`: letters, digits, `_`, `$`, not starting with a digit; `i` without one.
std::size_t skip_name(Outlook& text, std::size_t i);

/// The length of an opening or closing quotation mark of any kind at `i`, or 0.
std::size_t quote_size(Outlook& text, std::size_t i);

/// Whether nothing but blanks stands from `i` to the end of the line.
bool line_ends(Outlook& text, std::size_t i);

}  // namespace gird::json
