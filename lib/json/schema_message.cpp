// Findings turned into words and pointers.
#include "json/schema_message.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "json/pointer.hpp"
#include "json/string_value.hpp"

namespace gird::json {
namespace {

constexpr std::size_t most_excerpt = 60;

/// Cut at a character.
std::string excerpt(std::string_view text) {
  if (text.size() <= most_excerpt) return std::string(text);
  std::size_t end = most_excerpt;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string_view noun_of(TokenType type) {
  switch (type) {
    case TokenType::null: return "null";
    case TokenType::boolean: return "a boolean";
    case TokenType::number: return "a number";
    case TokenType::string:
    case TokenType::key: return "a string";
    case TokenType::array: return "an array";
    case TokenType::object: return "an object";
  }
  return "";
}

std::string quoted(std::string_view text) { return "'" + excerpt(text) + "'"; }

/// "'x'", "12", "the array".
std::string named(const Tape& tape, std::uint32_t token) {
  switch (tape[token].type()) {
    case TokenType::string: return quoted(tape.inside_of(token));
    case TokenType::key: return "the name " + quoted(tape.inside_of(token));
    case TokenType::array: return "the array";
    case TokenType::object: return "the object";
    default: return excerpt(tape.text_of(token));
  }
}

/// "an integer or null".
std::string words_of(TypeSet set) {
  constexpr std::array<std::pair<TypeSet, std::string_view>, 7> nouns{{
      {types::string, "a string"},
      {types::integer, "an integer"},
      {types::number, "a number"},
      {types::boolean, "a boolean"},
      {types::array, "an array"},
      {types::object, "an object"},
      {types::null, "null"},
  }};
  std::vector<std::string_view> words;
  for (const auto& [bit, noun] : nouns) {
    if ((set & bit) != 0) words.push_back(noun);
  }
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string own_text(const SchemaProgram& program, const SchemaNode& node,
                     std::string_view keyword) {
  const Tape& tape = program.documents->document(node.document).tape;
  const auto value = member_of(tape, node.token, keyword);
  return value ? excerpt(tape.text_of(*value)) : "";
}

/// The keyword that a schema `false` is the value of, by its place.
std::string keyword_of_place(std::string_view pointer) {
  constexpr std::array<std::string_view, 11> holders{
      "properties",       "patternProperties", "allOf", "anyOf",       "oneOf", "prefixItems",
      "dependentSchemas", "dependencies",      "$defs", "definitions", "items"};
  const auto last = [&] {
    const std::size_t slash = pointer.rfind('/');
    const std::string_view step = slash == pointer.npos ? "" : pointer.substr(slash + 1);
    pointer = pointer.substr(0, slash == pointer.npos ? 0 : slash);
    return step;
  };
  const std::string_view own = last();
  const std::string_view outer = last();
  return std::string(std::ranges::find(holders, outer) == holders.end() ? own : outer);
}

class Words {
 public:
  Words(const SchemaProgram& program, const Tape& tape, const Finding& finding)
      : program_(program),
        tape_(tape),
        finding_(finding),
        node_(program.nodes[finding.node]),
        in_(program.code[finding.instruction]),
        what_(named(tape, finding.token)) {}

  [[nodiscard]] std::string message() const;

 private:
  [[nodiscard]] std::string own(std::string_view keyword) const {
    return own_text(program_, node_, keyword);
  }
  [[nodiscard]] std::string never() const;
  [[nodiscard]] std::string type() const;
  [[nodiscard]] std::string limit(std::string_view words) const {
    return what_ + " is " + std::string(words) + " " + own(keyword_of(program_, finding_));
  }
  [[nodiscard]] std::string length(std::string_view words) const {
    std::string room;
    const std::size_t length = code_points(string_at(tape_, finding_.token, room));
    return what_ + " has " + counted(length, "character") + ", " + std::string(words) + " " +
           std::to_string(in_.argument);
  }
  [[nodiscard]] std::string size(std::string_view noun, std::string_view words) const {
    return what_ + " has " + counted(tape_.count_of(finding_.token), noun) + ", " +
           std::string(words) + " " + std::to_string(in_.argument);
  }
  [[nodiscard]] std::string dependent() const;
  [[nodiscard]] std::string contains() const;

  const SchemaProgram& program_;
  const Tape& tape_;
  const Finding& finding_;
  const SchemaNode& node_;
  const Instruction& in_;
  std::string what_;
};

std::string Words::never() const {
  const std::string keyword = keyword_of(program_, finding_);
  const bool member = finding_.token > 0 && tape_[finding_.token - 1].is(TokenType::key);
  if (member && keyword.ends_with("roperties")) {
    return "the property " + quoted(tape_.inside_of(finding_.token - 1)) + " is not allowed";
  }
  if (keyword.ends_with("tems")) return "this item is one too many";
  return "nothing is allowed here";
}

std::string Words::type() const {
  const TokenType type = tape_[finding_.token].type();
  std::string out = type == TokenType::array || type == TokenType::object || type == TokenType::null
                        ? "this is "
                        : what_ + " is ";
  out += noun_of(type);
  return out + ", not " + words_of(static_cast<TypeSet>(in_.argument));
}

std::string Words::dependent() const {
  const Dependency& row = program_.dependencies[in_.argument][finding_.detail];
  for (const std::string& key : row.keys) {
    if (member_of(tape_, finding_.token, key)) continue;
    return "the property " + quoted(row.key) + " needs " + quoted(key) + " beside it";
  }
  return "";
}

std::string Words::contains() const {
  const ContainsTable& table = program_.contains[in_.argument];
  const std::string found = counted(finding_.detail, "item") + " of the array " +
                            (finding_.detail == 1 ? "is" : "are") + " of the kind that ";
  return finding_.detail < table.least
             ? found + "at least " + std::to_string(table.least) + " must be"
             : found + "at most " + std::to_string(table.most) + " may be";
}

std::string Words::message() const {
  switch (in_.op) {
    case Op::never: return never();
    case Op::type: return type();
    case Op::enumeration: return what_ + " is none of " + own("enum");
    case Op::constant: return what_ + " is not " + own("const");
    case Op::minimum: return limit("below");
    case Op::maximum: return limit("above");
    case Op::exclusive_minimum: return limit("not above");
    case Op::exclusive_maximum: return limit("not below");
    case Op::multiple_of: return limit("no multiple of");
    case Op::min_length: return length("fewer than");
    case Op::max_length: return length("more than");
    case Op::pattern:
      return what_ + " does not match the pattern " +
             quoted(program_.patterns[in_.argument].text());
    case Op::min_items: return size("item", "fewer than");
    case Op::max_items: return size("item", "more than");
    case Op::min_properties: return size("member", "fewer than");
    case Op::max_properties: return size("member", "more than");
    case Op::unique_items:
      return "the item " + pointer_to(tape_, finding_.detail) + " is there twice";
    case Op::required:
      return "the property " + quoted(program_.names[in_.argument].entries()[finding_.detail].key) +
             " is missing";
    case Op::dependent_required: return dependent();
    case Op::any_of: return what_ + " fits none of the alternatives";
    case Op::one_of:
      return what_ + (finding_.detail == 0 ? " fits none of the alternatives"
                                           : " fits more than one of the alternatives");
    case Op::negation: return what_ + " is what it must not be";
    case Op::contains: return contains();
    default: return "";
  }
}

}  // namespace

std::string keyword_of(const SchemaProgram& program, const Finding& finding) {
  const SchemaNode& node = program.nodes[finding.node];
  switch (program.code[finding.instruction].op) {
    case Op::never: return keyword_of_place(location_of(program, node));
    case Op::type: return "type";
    case Op::enumeration: return "enum";
    case Op::constant: return "const";
    case Op::minimum: return "minimum";
    case Op::maximum: return "maximum";
    case Op::exclusive_minimum: return "exclusiveMinimum";
    case Op::exclusive_maximum: return "exclusiveMaximum";
    case Op::multiple_of: return "multipleOf";
    case Op::min_length: return "minLength";
    case Op::max_length: return "maxLength";
    case Op::pattern: return "pattern";
    case Op::min_items: return "minItems";
    case Op::max_items: return "maxItems";
    case Op::unique_items: return "uniqueItems";
    case Op::min_properties: return "minProperties";
    case Op::max_properties: return "maxProperties";
    case Op::required: return "required";
    case Op::dependent_required:
      return own_text(program, node, "dependentRequired").empty() ? "dependencies"
                                                                  : "dependentRequired";
    case Op::defaults: return "default";
    case Op::any_of: return "anyOf";
    case Op::one_of: return "oneOf";
    case Op::negation: return "not";
    case Op::contains: return "contains";
    default: return "";
  }
}

std::string location_of(const SchemaProgram& program, const SchemaNode& node) {
  const SchemaDocument& document = program.documents->document(node.document);
  return (node.document == 0 ? "" : document.uri + "#") + pointer_to(document.tape, node.token);
}

Violation violation_of(const SchemaProgram& program, const Tape& tape, const Finding& finding) {
  const Words words(program, tape, finding);
  const bool never = program.code[finding.instruction].op == Op::never;
  Violation out;
  out.instance = pointer_to(tape, finding.token);
  out.keyword = keyword_of(program, finding);
  out.schema = location_of(program, program.nodes[finding.node]);
  if (!never) out.schema += "/" + out.keyword;
  out.message = words.message();
  out.offset = tape[finding.token].offset;
  return out;
}

std::string what_of(Unjudged why) {
  return why == Unjudged::loop ? "the schema asks itself about the same value without an end"
                               : "the schema takes too many steps for this document";
}

}  // namespace gird::json
