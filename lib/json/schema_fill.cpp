// Reading fillings from schemas.
#include "json/schema_fill.hpp"

#include <array>
#include <utility>

#include "json/pointer.hpp"

namespace gird::json {
namespace {

constexpr std::size_t most_references = 64;

const Instruction* find(const SchemaProgram& program, std::uint32_t node, Op op) {
  const SchemaNode& schema = program.nodes[node];
  for (std::uint32_t at = schema.first; at < schema.first + schema.count; ++at) {
    if (program.code[at].op == op) return &program.code[at];
  }
  return nullptr;
}

std::string text_of(const Tape& tape, std::size_t token) {
  return std::string(tape.text_of(token));
}

std::optional<std::string> given(const SchemaProgram& program, std::uint32_t node, Gap gap) {
  const Tape& tape = tape_of(program, node);
  const std::uint32_t token = program.nodes[node].token;
  for (const std::string_view keyword : {"const", "default"}) {
    if (const auto value = member_of(tape, token, keyword)) return text_of(tape, *value);
  }
  const auto values = allowed_values(program, node);
  const bool only = values.size() == 1 || (gap == Gap::no_value && !values.empty());
  if (only) return text_of(tape, values.front());
  return std::nullopt;
}

std::optional<std::string> empty_value(const SchemaProgram& program, std::uint32_t node, Gap gap) {
  constexpr std::array<std::pair<TypeSet, std::string_view>, 7> empties{{
      {types::null, "null"},
      {types::array, "[]"},
      {types::object, "{}"},
      {types::string, "\"\""},
      {types::integer, "0"},
      {types::number, "0"},
      {types::boolean, "false"},
  }};
  const Instruction* type = find(program, node, Op::type);
  if (type == nullptr) return std::nullopt;
  for (const auto& [bit, text] : empties) {
    const bool container = bit == types::array || bit == types::object || bit == types::null;
    if ((type->argument & bit) != 0 && (gap == Gap::no_value || container)) {
      return std::string(text);
    }
  }
  return std::nullopt;
}

/// `node`, or what it refers to: the first that has an answer.
template <class Ask>
auto first_answer(const SchemaProgram& program, std::uint32_t node, Ask ask)
    -> decltype(ask(node)) {
  for (std::size_t i = 0; i < most_references; ++i) {
    if (auto answer = ask(node)) return answer;
    const Instruction* reference = find(program, node, Op::reference);
    if (reference == nullptr) break;
    node = reference->argument;
  }
  return {};
}

}  // namespace

const Tape& tape_of(const SchemaProgram& program, std::uint32_t node) {
  return program.documents->document(program.nodes[node].document).tape;
}

std::vector<std::size_t> allowed_values(const SchemaProgram& program, std::uint32_t node) {
  const Tape& tape = tape_of(program, node);
  const std::uint32_t token = program.nodes[node].token;
  if (const auto value = member_of(tape, token, "const")) return {*value};
  std::vector<std::size_t> out;
  const auto list = member_of(tape, token, "enum");
  if (!list) return out;
  for (std::size_t at = *list + 1; at < tape[*list].next; at = tape[at].next) out.push_back(at);
  return out;
}

std::optional<std::string> filling(const SchemaProgram& program, std::uint32_t node, Gap gap) {
  return first_answer(program, node, [&](std::uint32_t at) {
    auto text = given(program, at, gap);
    return text ? text : empty_value(program, at, gap);
  });
}

std::uint32_t property_node(const SchemaProgram& program, std::uint32_t node,
                            std::string_view name) {
  const Instruction* members = find(program, node, Op::members);
  return members == nullptr ? no_node : program.members[members->argument].properties.find(name);
}

std::vector<std::string> property_names(const SchemaProgram& program, std::uint32_t node) {
  std::vector<std::string> names;
  const Instruction* members = find(program, node, Op::members);
  if (members == nullptr) return names;
  for (const auto& entry : program.members[members->argument].properties.entries()) {
    names.push_back(entry.key);
  }
  return names;
}

}  // namespace gird::json
