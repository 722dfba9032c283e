// Reading schemas.
#include "shared/repair_schema.hpp"

#include <algorithm>
#include <array>

#include "base/quoting.hpp"
#include "base/utf8.hpp"
#include "json/locator.hpp"
#include "sys/input.hpp"

namespace gird::json {

std::span<const Choice<Coercion>> choices(Coercion) {
  static constexpr std::array<Choice<Coercion>, 2> all{{
      {"standard", Coercion::standard, "what is plain"},
      {"salvage", Coercion::salvage, "also what loses something"},
  }};
  return all;
}

}  // namespace gird::json

namespace gird {
namespace {

Result<std::string> read_all(const std::string& file) {
  sys::Input input = TRY(sys::Input::open(file));
  std::string text;
  while (true) {
    const std::string_view piece = TRY(input.next());
    if (piece.empty()) return text;
    text += piece;
  }
}

Error error_of(const json::SchemaError& error, const std::string& file, std::string_view text) {
  const json::Spot spot = json::spot_of(text, error.offset);
  const std::string place = (file == "-" ? file : shell_quoted(file)) + ":" +
                            std::to_string(spot.line) + ":" + std::to_string(spot.column);
  const std::string pointer = error.pointer.empty() ? "" : error.pointer + ": ";
  return {Fault::usage, "schema-invalid", place, printable(pointer + error.what)};
}

}  // namespace

Result<void> from_text(std::string_view text, SchemaRef& ref) {
  const std::size_t equals = text.rfind('=');
  if (equals == text.npos || equals == 0 || equals + 1 == text.size()) {
    return misuse("value-schema-ref", "'" + std::string(text) + "'",
                  "must be URI=FILE, like https://example.org/address=address.json");
  }
  ref = {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
  return {};
}

std::string to_text(const SchemaRef& ref) { return ref.uri + "=" + ref.file; }

bool SchemaChoice::reads_input() const {
  return schema == "-" || std::ranges::find(refs, "-", &SchemaRef::file) != refs.end();
}

cli::Rows schema_rows(SchemaChoice& choice) {
  using cli::Row;
  return {
      Row("Schema"),
      Row("--schema", choice.schema, "FILE",
          "refuse a document that this JSON Schema (2020-12 or 7) does not accept")
          .yields_to("follow")
          .completes(cli::Completes::file),
      Row("--schema-ref", choice.refs, "URI=FILE",
          "the text of a document that the schema refers to (repeatable)"),
      Row("--coerce", choice.coerce, "HOW",
          "repair what the schema does not accept: standard, or salvage what can be kept")
          .alone("standard"),
  };
}

Result<std::optional<SchemaTask>> schema_task(const SchemaChoice& choice) {
  if (!choice.schema) {
    if (choice.coerce)
      return misuse("options-contradict", "--coerce", "it needs a schema: add --schema FILE");
    if (!choice.refs.empty())
      return misuse("options-contradict", "--schema-ref", "it needs a schema: add --schema FILE");
    return std::optional<SchemaTask>();
  }
  const std::string text = TRY(read_all(*choice.schema));
  json::SchemaTexts texts;
  for (const SchemaRef& ref : choice.refs) {
    if (!texts.emplace(ref.uri, TRY(read_all(ref.file))).second)
      return misuse("options-contradict", "--schema-ref " + ref.uri, "it is given twice");
  }
  auto schema = json::Schema::compile(text, texts);
  if (schema) return SchemaTask{std::move(*schema), choice.coerce};
  const json::SchemaError& error = schema.error();
  for (const SchemaRef& ref : choice.refs) {
    if (!error.document.empty() && ref.uri == error.document)
      return std::unexpected(error_of(error, ref.file, texts[ref.uri]));
  }
  return std::unexpected(error_of(error, *choice.schema, text));
}

}  // namespace gird
