// Values that a schema itself offers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json/schema_program.hpp"

namespace gird::json {

/// What a value stands in for. `no_value`: a key is there, what should follow it is not: any value
/// of the type will do. `no_member`: the member is missing: only what cannot be anything else.
enum class Gap : std::uint8_t { no_value, no_member };

/// JSON text for a gap where `node` must hold: its constant, default or enumeration, or the empty
/// value of its type. References are followed.
std::optional<std::string> filling(const SchemaProgram& program, std::uint32_t node, Gap gap);

/// The schema of the property `name` by the `properties` of `node`, or `no_node`.
std::uint32_t property_node(const SchemaProgram& program, std::uint32_t node,
                            std::string_view name);

/// The names of `properties` of `node`, in their order.
std::vector<std::string> property_names(const SchemaProgram& program, std::uint32_t node);

/// The values that `enum` or `const` of `node` allow: tokens of its document.
std::vector<std::size_t> allowed_values(const SchemaProgram& program, std::uint32_t node);

const Tape& tape_of(const SchemaProgram& program, std::uint32_t node);

}  // namespace gird::json
