// The doors of the schema engine.
#include "json/schema.hpp"

#include <utility>

#include "json/schema_compiler.hpp"
#include "json/schema_machine.hpp"
#include "json/schema_message.hpp"

namespace gird::json {

std::expected<Schema, SchemaError> Schema::compile(std::string_view text, SchemaTexts texts,
                                                   Draft draft) {
  auto program = compile_schema(text, std::move(texts), draft);
  if (!program) return std::unexpected(std::move(program.error()));
  return Schema(std::make_shared<const SchemaProgram>(std::move(*program)));
}

Validator::Validator(Schema schema)
    : schema_(std::move(schema)), machine_(std::make_unique<SchemaMachine>(schema_.program())) {}
Validator::Validator(Validator&&) noexcept = default;
Validator& Validator::operator=(Validator&&) noexcept = default;
Validator::~Validator() = default;

std::expected<bool, Unjudgeable> Validator::accepts(std::string_view document) {
  auto verdict = check(document, 0);
  if (!verdict) return std::unexpected(std::move(verdict.error()));
  return verdict->valid;
}

std::expected<Verdict, Unjudgeable> Validator::check(std::string_view document, std::size_t most) {
  if (auto read = machine_->tape().read(document); !read) {
    return std::unexpected(Unjudgeable{read.error().offset, std::move(read.error().what)});
  }
  const auto valid = machine_->run(schema_.program().root, {.most_findings = most});
  if (!valid) return std::unexpected(Unjudgeable{0, what_of(valid.error())});
  Verdict verdict{.valid = *valid, .violations = {}, .more = machine_->more()};
  for (const Finding& finding : machine_->findings()) {
    verdict.violations.push_back(violation_of(schema_.program(), machine_->tape(), finding));
  }
  return verdict;
}

}  // namespace gird::json
