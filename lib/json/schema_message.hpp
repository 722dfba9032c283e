// What a schema does not accept, in words.
#pragma once

#include <string>

#include "json/schema.hpp"
#include "json/schema_machine.hpp"

namespace gird::json {

Violation violation_of(const SchemaProgram& program, const Tape& tape, const Finding& finding);
std::string what_of(Unjudged why);
/// The keyword that the finding is about.
std::string keyword_of(const SchemaProgram& program, const Finding& finding);

/// The place of a node: a JSON Pointer, after `URI#` in other documents.
std::string location_of(const SchemaProgram& program, const SchemaNode& node);

}  // namespace gird::json
