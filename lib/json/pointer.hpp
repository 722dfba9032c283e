// JSON Pointer: the place of a value in a document. Source: RFC 6901.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "json/tape.hpp"

namespace gird::json {

/// `name` as one step of a pointer: `~` and `/` are escaped.
std::string pointer_step(std::string_view name);
/// What a step of a pointer says: `~1` is `/`, `~0` is `~`.
std::string step_name(std::string_view step);

/// The pointer of the token at `index`; that of a key is its value's.
std::string pointer_to(const Tape& tape, std::size_t index);

/// The value of the member named `name` of the object at `object`; the last one where there are
/// several.
std::optional<std::size_t> member_of(const Tape& tape, std::size_t object, std::string_view name);
/// The value that one step (already unescaped) below `index` names.
std::optional<std::size_t> step_down(const Tape& tape, std::size_t index, std::string_view name);

}  // namespace gird::json
