// What the words of JavaScript do when a text puts them into a program.
#pragma once

#include <cstdint>
#include <string_view>

namespace gird::detect {

enum class Call : std::uint8_t {
  none,
  dialog,      ///< alert, confirm, prompt: what a probe shows itself with
  program,     ///< eval and its kin: run a text as a program
  timer,       ///< setTimeout and its kin: run a text, or call a function, later
  apply,       ///< call, apply, bind: what is called stands in front of the dot
  each,        ///< some, map, find, ...: call what they are given
  codes,       ///< fromCharCode: a text written as numbers
  write,       ///< write, writeln: of a document
  element,     ///< createElement
  send,        ///< fetch, import, sendBeacon, getScript: ask another host
  constructs,  ///< constructor: a way to Function
  maker,       ///< ActiveXObject: what it makes runs
};

/// `name` is in small letters.
Call call_kind(std::string_view name);

/// Is it a name of the global object, or of one of its ways to itself?
bool is_global(std::string_view name);

/// Is it a value that only a page has, and that probes show: document, location, cookie, ...?
bool is_page_value(std::string_view name);

/// Is it a property of `document` or `window` whose use by a foreign text is an attack?
bool is_page_secret(std::string_view name);

/// Does it decode a text, or take one from the address?
bool is_decoder(std::string_view name);

/// Does it declare what follows: function, def, fn, void, ...?
bool is_declarer(std::string_view name);

}  // namespace gird::detect
