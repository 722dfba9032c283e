// From the text of a schema to its program.
#pragma once

#include <expected>
#include <string_view>

#include "json/schema_documents.hpp"
#include "json/schema_program.hpp"

namespace gird::json {

/// Compiles `text`; `texts` are the other documents it may refer to, `draft` is for schemas that do
/// not name theirs. An error has the place in the schema: a keyword with a value it cannot have, a
/// reference to nothing, a pattern that RE2 cannot do, references that only lead to each other.
std::expected<SchemaProgram, SchemaError> compile_schema(std::string_view text, SchemaTexts texts,
                                                         Draft draft);

}  // namespace gird::json
