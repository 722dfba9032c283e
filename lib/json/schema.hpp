// JSON Schema: is a document what it should be, and where is it not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/schema_texts.hpp"

namespace gird::json {

struct SchemaProgram;
class SchemaMachine;

/// A compiled schema, draft 2020-12 or 7. `format` and `content…` are annotations. Cheap to copy;
/// may be shared by threads. Source: json-schema.org, the specifications of these drafts.
class Schema {
 public:
  /// `texts` are other documents, by the URI that references use; the official metaschemas are
  /// there already, and nothing is ever fetched. `draft` is for schemas that do not name theirs.
  static std::expected<Schema, SchemaError> compile(std::string_view text, SchemaTexts texts = {},
                                                    Draft draft = Draft::draft_2020_12);

  [[nodiscard]] const SchemaProgram& program() const { return *program_; }

 private:
  explicit Schema(std::shared_ptr<const SchemaProgram> program) : program_(std::move(program)) {}

  std::shared_ptr<const SchemaProgram> program_;
};

/// One thing that a schema does not accept.
struct Violation {
  std::string instance;      ///< JSON Pointer to the value
  std::string schema;        ///< JSON Pointer to the keyword, after `URI#` in another document
  std::string keyword;       ///< "type", "required"
  std::string message;       ///< for people: "'x' is a string, not an integer"
  std::uint64_t offset = 0;  ///< of the value in the document, in bytes
};

/// Why a document could not be judged: it is no JSON, or the schema has no end for it.
struct Unjudgeable {
  std::uint64_t offset = 0;
  std::string what;
};

struct Verdict {
  bool valid = false;
  std::vector<Violation> violations;  ///< empty if valid
  bool more = false;                  ///< there are more violations than were asked for
};

/// Judges documents one after the other and keeps its memory between them. One for each thread.
class Validator {
 public:
  explicit Validator(Schema schema);
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;
  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;
  ~Validator();

  /// Stops at the first violation.
  std::expected<bool, Unjudgeable> accepts(std::string_view document);
  /// All violations, at most `most` of them (1 or more). A document with two members of one name is
  /// judged by both.
  std::expected<Verdict, Unjudgeable> check(std::string_view document, std::size_t most);

 private:
  Schema schema_;
  std::unique_ptr<SchemaMachine> machine_;
};

}  // namespace gird::json
