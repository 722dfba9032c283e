// A compiled schema: a flat array of instructions.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "json/decimal.hpp"
#include "json/key_table.hpp"
#include "json/schema_documents.hpp"
#include "json/schema_pattern.hpp"
#include "json/tape.hpp"

namespace gird::json {

/// Sets of types, a bit each; `integer` is a part of `number`.
using TypeSet = std::uint8_t;
namespace types {
inline constexpr TypeSet null = 1U << static_cast<unsigned>(TokenType::null);
inline constexpr TypeSet boolean = 1U << static_cast<unsigned>(TokenType::boolean);
inline constexpr TypeSet number = 1U << static_cast<unsigned>(TokenType::number);
inline constexpr TypeSet string = 1U << static_cast<unsigned>(TokenType::string);
inline constexpr TypeSet array = 1U << static_cast<unsigned>(TokenType::array);
inline constexpr TypeSet object = 1U << static_cast<unsigned>(TokenType::object);
inline constexpr TypeSet integer = 1U << static_cast<unsigned>(TokenType::key);
inline constexpr TypeSet all = 0xFF;
}  // namespace types

/// The bit of a token; a key is judged as the string it is.
inline TypeSet type_bit(TokenType type) {
  return type == TokenType::key ? types::string
                                : static_cast<TypeSet>(1U << static_cast<unsigned>(type));
}

enum class Op : std::uint8_t {
  // assertions: they look at one value
  never,
  type,
  enumeration,
  constant,
  minimum,
  maximum,
  exclusive_minimum,
  exclusive_maximum,
  multiple_of,
  min_length,
  max_length,
  pattern,
  min_items,
  max_items,
  unique_items,
  min_properties,
  max_properties,
  required,
  dependent_required,
  defaults,  ///< asserts nothing: tells which properties with a default are missing
  // applicators: they ask other schemas
  reference,
  dynamic_reference,
  all_of,
  any_of,
  one_of,
  negation,
  condition,
  dependent_schemas,
  property_names,
  members,
  items,
  contains,
  unevaluated_items,
  unevaluated_properties,
};

inline constexpr std::uint32_t no_node = KeyTable::none;

struct Instruction {
  Op op = Op::never;
  TypeSet applies = types::all;  ///< values of other types pass
  std::uint32_t argument = 0;    ///< a TypeSet, a count, a node, or a row of the op's table below
};

/// One schema.
struct SchemaNode {
  std::uint32_t first = 0;  ///< instruction
  std::uint32_t count = 0;
  std::uint32_t resource = 0;
  std::uint32_t document = 0;
  std::uint32_t token = 0;   ///< of the document's tape
  bool leaf = false;         ///< assertions only
  bool needs_marks = false;  ///< has an unevaluated… keyword
};

struct NumberLimit {
  Decimal exact;
  std::optional<std::int64_t> small;
};

struct MembersTable {
  KeyTable properties;  ///< to nodes
  struct Pattern {
    std::uint32_t pattern;
    std::uint32_t node;
  };
  std::vector<Pattern> patterns;
  std::uint32_t additional = no_node;
};

struct ItemsTable {
  std::vector<std::uint32_t> prefix;
  std::uint32_t rest = no_node;
};

struct ContainsTable {
  std::uint32_t node = no_node;
  std::uint64_t least = 1;
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  bool marks = false;  ///< what is contained counts as evaluated
};

struct ConditionTable {
  std::uint32_t test = no_node;
  std::uint32_t then = no_node;
  std::uint32_t otherwise = no_node;
};

struct DynamicTable {
  std::uint32_t node = no_node;    ///< where there is no outer one
  std::uint32_t anchor = no_node;  ///< none: like a plain reference
};

/// Names that follow from a key: nodes for dependentSchemas, keys for dependentRequired.
struct Dependency {
  std::string key;
  std::uint32_t node = no_node;
  std::vector<std::string> keys;
};

struct ValuesTable {
  struct Value {
    std::uint64_t hash;
    std::uint32_t token;
  };
  std::uint32_t document = 0;
  std::vector<Value> values;  ///< by hash
  KeyTable strings;           ///< those of them that are strings, to tokens
};

struct SchemaProgram {
  std::unique_ptr<SchemaDocuments> documents;
  std::vector<Instruction> code;
  std::vector<SchemaNode> nodes;
  std::uint32_t root = 0;
  std::vector<NumberLimit> numbers;
  std::deque<SchemaPattern> patterns;
  std::vector<std::vector<std::uint32_t>> lists;
  std::vector<KeyTable> names;  ///< of `required` and `defaults`: key to its place
  std::vector<MembersTable> members;
  std::vector<ItemsTable> items;
  std::vector<ContainsTable> contains;
  std::vector<ConditionTable> conditions;
  std::vector<DynamicTable> dynamics;
  std::vector<std::vector<Dependency>> dependencies;
  std::vector<ValuesTable> values;
  /// (resource, dynamic anchor) to node.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> dynamic_anchors;
};

}  // namespace gird::json
