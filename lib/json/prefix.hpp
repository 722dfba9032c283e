// What is written before a document to say that one comes: fences, assignments, tags.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "json/outlook.hpp"

namespace gird::json {

/// Three or more ticks or tildes, with the info string behind them.
struct Fence {
  char mark = 0;
  char bracket = 0;       ///< opened before it: "[```json"
  std::size_t marks = 0;  ///< the size of bracket and marks
  std::size_t size = 0;   ///< with the info string
  bool language = false;  ///< an info string names one
  bool document = false;  ///< that one is JSON, or what follows looks like it
};

/// The fence at `i`, if three or more marks stand there, or a bracket and then they.
/// Source: CommonMark 0.31.2, section 4.5; but a fence may stand inside a line, as models write it.
std::optional<Fence> fence_at(Outlook& text, std::size_t i);

/// What stands before a document at `i`, up to it.
struct Prefix {
  std::size_t size = 0;
  char quote = 0;  ///< opened by it: x='{…}'
  std::uint8_t quotes = 0;
  bool assigned = false;  ///< a `;` may follow the document
};

/// A `data:` or other field of server-sent events, an assignment or export, or the word `json`.
/// Source: WHATWG HTML, section 9.2.6, "Interpreting an event stream".
std::optional<Prefix> prefix_at(Outlook& text, std::size_t i);

/// The size of a guard at `i`, written before a document so that it cannot run as a script:
/// `)]}',`, `while(1);` and the like; 0 without one, and where no document follows.
/// Source: OWASP AJAX Security Cheat Sheet, "Protect against JSON Hijacking".
std::size_t guard_at(Outlook& text, std::size_t i);

/// The size of a tag at `i` that is known to stand around documents (`<json>`, `</answer>`,
/// `<|assistant|>`), or 0.
std::size_t tag_at(Outlook& text, std::size_t i);

/// Which opening tag of reasoning stands at `i`: its number in the list, from 1; 0 for none.
std::uint8_t reasoning_at(Outlook& text, std::size_t i);
std::string_view reasoning_start(std::uint8_t number);
std::string_view reasoning_end(std::uint8_t number);

}  // namespace gird::json
