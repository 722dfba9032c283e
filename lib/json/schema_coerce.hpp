// Makes a document what a schema wants it to be, where that is plain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/repair.hpp"
#include "json/schema.hpp"

namespace gird::json {

/// How far coercion goes. `standard`: scalars become the type that they write, a single value an
/// array of one, a string that holds a document that document, another spelling of an allowed value
/// that value; defaults stand in for missing members; members and items that the schema has no
/// place for go. `salvage`: also, an array of one becomes its item, an array of values an object by
/// the order of the properties, members that can only be empty are made, and items that cannot be
/// kept go.
enum class Coercion : std::uint8_t { standard, salvage };

struct Coerced {
  std::string text;             ///< as far as coercion came
  std::vector<Repair> repairs;  ///< what turned the document into `text`; kinds `coercion`,
                                ///< `default_value`, `unknown_property`
  Verdict verdict;              ///< on `text`; offsets are of the document that was given
};

/// `earlier` are the repairs that the document is the output of: they tell which values stand where
/// there was none, and which arrays were written in braces. At most `most` violations are told.
std::expected<Coerced, Unjudgeable> coerce(const Schema& schema, Coercion how,
                                           std::string_view document,
                                           std::span<const Repair> earlier, std::size_t most);

}  // namespace gird::json
