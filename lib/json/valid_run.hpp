// The fast path: how far a text is valid JSON.
#pragma once

#include <cstddef>
#include <string_view>

#include "json/place.hpp"

namespace gird::json {

/// Goes forward from `place` over what RFC 8259 allows there and returns how many bytes were
/// passed; `place` moves with them. The bytes are well-formed UTF-8 as far as they were passed.
///
/// What was passed needs no second look: a scalar is passed only together with what shows that it
/// ended there, so the run stops
/// - at the start of a value (`value`, or `value_or_end` behind `[`): of the first that is not
///   allowed, is cut off by the end of `window`, or is not followed by a comma with the start of
///   the next member or element, or by the right closing bracket. A value is the start of a member
///   or element when its first byte is one of `"{[-0123456789tfn`; a member has its key and colon
///   before it. So a trailing comma is never passed, nor a key without a value, nor the `{` of a
///   set;
/// - before the `]` of an array that is a member's value, where a comma and another array follow or
///   `window` ends before that is known: `{"a": [1], [2]}`;
/// - right behind a closing bracket (`comma_or_end`, or `nothing` at the top, where it always
/// stops);
/// - at the very start of `window`, nothing passed and `place` as it was.
///
/// A scalar at the top is passed only when `last` (no bytes come behind `window`) and only blanks
/// follow it. Blanks behind a value at the top are not passed. A bracket that would open level
/// `most_depth` + 1 is not allowed. With `stop_at_elements` the run stops also right behind each
/// element (`comma_or_end`) of an array at the top. It does not go on behind a closing bracket that
/// leaves `floor` open levels or fewer.
///
/// Takes time linear in `window`, whatever it passes: to stay linear, ask again with the same start
/// only when `window` has grown by half of itself, or is the last.
std::size_t valid_run(Place& place, std::string_view window, bool last, std::size_t most_depth,
                      bool stop_at_elements, std::size_t floor = 0);

}  // namespace gird::json
