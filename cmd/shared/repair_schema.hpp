// --schema, --schema-ref, --coerce: what repaired documents have to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/choice.hpp"
#include "base/result.hpp"
#include "cli/rows.hpp"
#include "json/schema_coerce.hpp"

namespace gird::json {

std::span<const Choice<Coercion>> choices(Coercion);

}  // namespace gird::json

namespace gird {

/// A document that schemas refer to: "URI=FILE"; the last equals sign parts them.
struct SchemaRef {
  std::string uri;
  std::string file;
};
Result<void> from_text(std::string_view text, SchemaRef& ref);
std::string to_text(const SchemaRef& ref);

struct SchemaChoice {
  std::optional<std::string> schema;
  std::vector<SchemaRef> refs;
  std::optional<json::Coercion> coerce;

  /// Whether one of the files is standard input.
  [[nodiscard]] bool reads_input() const;
};

cli::Rows schema_rows(SchemaChoice& choice);

/// What is asked of each document.
struct SchemaTask {
  json::Schema schema;
  std::optional<json::Coercion> coerce;
};

/// Nothing where no schema was asked for. Fault::usage: options-contradict, schema-invalid.
/// Fault::system: file-unreadable.
Result<std::optional<SchemaTask>> schema_task(const SchemaChoice& choice);

}  // namespace gird
