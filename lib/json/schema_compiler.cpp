// Compiling schemas, keyword by keyword; a schema that is referred to is compiled when it is met.
#include "json/schema_compiler.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "json/pointer.hpp"
#include "json/same_value.hpp"
#include "json/string_value.hpp"

namespace gird::json {
namespace {

constexpr std::size_t most_nodes = 1'000'000;

struct TypeName {
  std::string_view name;
  TypeSet set;
};

constexpr std::array<TypeName, 7> type_names{{
    {"null", types::null},
    {"boolean", types::boolean},
    {"integer", types::integer},
    {"number", types::number},
    {"string", types::string},
    {"array", types::array},
    {"object", types::object},
}};

enum class Group : std::uint8_t { core, applicator, validation, unevaluated };

class Compiler;
using Made = std::expected<void, SchemaError>;

/// A keyword at work: the schema it stands in, and its value.
struct At {
  SchemaPlace schema;
  SchemaPlace value;
};

struct Keyword {
  std::string_view name;
  Group group;
  Made (Compiler::*compile)(const At& at);
};

class Compiler {
 public:
  Compiler(SchemaTexts texts, Draft draft) {
    program_.documents = std::make_unique<SchemaDocuments>(std::move(texts), draft);
  }

  std::expected<SchemaProgram, SchemaError> run(std::string_view text) {
    const auto root = program_.documents->open_root(text);
    if (!root) return std::unexpected(root.error());
    program_.root = node_at(*root);
    if (const auto made = compile_pending(); !made) return std::unexpected(made.error());
    if (const auto made = refuse_loops(); !made) return std::unexpected(made.error());
    return std::move(program_);
  }

 private:
  static std::span<const Keyword> keywords_2020_12();
  static std::span<const Keyword> keywords_7();

  // --- nodes

  std::uint32_t node_at(SchemaPlace place) {
    const auto index = static_cast<std::uint32_t>(program_.nodes.size());
    const auto [known, added] = by_place_.try_emplace({place.document, place.token}, index);
    if (!added) return known->second;
    program_.nodes.push_back(
        {.resource = place.resource, .document = place.document, .token = place.token});
    return index;
  }

  Made compile_pending() {
    for (std::uint32_t at = 0; at < program_.nodes.size(); ++at) {
      const SchemaNode& node = program_.nodes[at];
      const SchemaPlace place{
          .document = node.document, .token = node.token, .resource = node.resource};
      if (at >= most_nodes) return fail(place, "the schema has too many parts");
      if (const auto made = compile(at, place); !made) return made;
      // New documents may bring new dynamic anchors, and these new nodes.
      if (at + 1 == program_.nodes.size()) collect_dynamic_anchors();
    }
    return {};
  }

  void collect_dynamic_anchors() {
    for (; resources_seen_ < program_.documents->resources(); ++resources_seen_) {
      const SchemaResource& resource =
          program_.documents->resource(static_cast<std::uint32_t>(resources_seen_));
      for (const auto& [name, token] : resource.dynamic_anchors) {
        const auto index = static_cast<std::uint32_t>(resources_seen_);
        program_.dynamic_anchors[{index, anchor_number(name)}] =
            node_at({.document = resource.document, .token = token, .resource = index});
      }
    }
  }

  std::uint32_t anchor_number(const std::string& name) {
    return anchors_.try_emplace(name, static_cast<std::uint32_t>(anchors_.size())).first->second;
  }

  Made compile(std::uint32_t index, SchemaPlace place) {
    code_.clear();
    const Token& token = tape(place)[place.token];
    if (token.is(TokenType::boolean)) {
      if (!token.is_true()) emit(Op::never, types::all, 0);
    } else if (token.is(TokenType::object)) {
      if (const auto made = compile_keywords(place); !made) return made;
    } else {
      return fail(place, "a schema is an object, true or false");
    }
    finish(program_.nodes[index]);
    return {};
  }

  Made compile_keywords(SchemaPlace place) {
    const Dialect& dialect = program_.documents->resource(place.resource).dialect;
    const bool draft_7 = dialect.draft == Draft::draft_7;
    const auto reference = member(place, "$ref");
    if (draft_7 && reference) return reference_to({.schema = place, .value = *reference});
    for (const Keyword& keyword : draft_7 ? keywords_7() : keywords_2020_12()) {
      const bool on = keyword.group == Group::core ||
                      (keyword.group == Group::applicator && dialect.applicator) ||
                      (keyword.group == Group::validation && dialect.validation) ||
                      (keyword.group == Group::unevaluated && dialect.unevaluated);
      const auto value = on ? member(place, keyword.name) : std::nullopt;
      if (!value) continue;
      const auto made = (this->*keyword.compile)({.schema = place, .value = *value});
      if (!made) return made;
    }
    return {};
  }

  void finish(SchemaNode& node) {
    node.first = static_cast<std::uint32_t>(program_.code.size());
    node.count = static_cast<std::uint32_t>(code_.size());
    node.leaf =
        std::ranges::all_of(code_, [](const Instruction& in) { return in.op < Op::reference; });
    node.needs_marks = std::ranges::any_of(
        code_, [](const Instruction& in) { return in.op >= Op::unevaluated_items; });
    program_.code.insert(program_.code.end(), code_.begin(), code_.end());
  }

  void emit(Op op, TypeSet applies, std::size_t argument) {
    code_.push_back(
        {.op = op, .applies = applies, .argument = static_cast<std::uint32_t>(argument)});
  }
  template <class Row>
  void emit(Op op, TypeSet applies, std::vector<Row>& table, Row row) {
    emit(op, applies, table.size());
    table.push_back(std::move(row));
  }

  // --- reading the schema

  [[nodiscard]] const Tape& tape(SchemaPlace place) const {
    return program_.documents->document(place.document).tape;
  }
  [[nodiscard]] const Token& token(SchemaPlace place) const { return tape(place)[place.token]; }
  [[nodiscard]] SchemaPlace part(SchemaPlace place, std::size_t token) const {
    return program_.documents->below(place, token);
  }
  [[nodiscard]] std::optional<SchemaPlace> member(SchemaPlace place, std::string_view name) const {
    const auto value = member_of(tape(place), place.token, name);
    if (!value) return std::nullopt;
    return part(place, *value);
  }
  [[nodiscard]] std::vector<SchemaPlace> items(SchemaPlace array) const {
    std::vector<SchemaPlace> out;
    for (std::size_t at = array.token + 1; at < token(array).next; at = tape(array)[at].next) {
      out.push_back(part(array, at));
    }
    return out;
  }
  /// Each name once: of members of one name the last counts, as in `member`.
  [[nodiscard]] std::vector<std::pair<std::string, SchemaPlace>> members(SchemaPlace object) const {
    std::vector<std::pair<std::string, SchemaPlace>> out;
    std::map<std::string, std::size_t> places;
    for (std::size_t at = object.token + 1; at < token(object).next; at = tape(object)[at].next) {
      const std::string name = text(part(object, at));
      const auto [known, added] = places.try_emplace(name, out.size());
      if (added) out.emplace_back(name, part(object, at + 1));
      out[known->second].second = part(object, at + 1);
    }
    return out;
  }
  [[nodiscard]] std::string text(SchemaPlace place) const {
    std::string room;
    return std::string(string_at(tape(place), place.token, room));
  }
  [[nodiscard]] bool is(SchemaPlace place, TokenType type) const { return token(place).is(type); }

  std::unexpected<SchemaError> fail(SchemaPlace place, std::string what) const {
    return std::unexpected(program_.documents->error(place, std::move(what)));
  }

  std::expected<std::vector<std::string>, SchemaError> strings(SchemaPlace place) const {
    if (!is(place, TokenType::array)) return fail(place, "this must be an array of strings");
    std::vector<std::string> out;
    for (const SchemaPlace item : items(place)) {
      if (!is(item, TokenType::string)) return fail(item, "this must be a string");
      out.push_back(text(item));
    }
    return out;
  }

  std::expected<std::vector<std::uint32_t>, SchemaError> nodes(SchemaPlace place) {
    if (!is(place, TokenType::array) || token(place).count() == 0) {
      return fail(place, "this must be an array of schemas");
    }
    std::vector<std::uint32_t> out;
    for (const SchemaPlace item : items(place)) out.push_back(node_at(item));
    return out;
  }

  std::expected<std::uint64_t, SchemaError> count(SchemaPlace place) const {
    if (!is(place, TokenType::number)) return fail(place, "this must be a number");
    const Decimal number(tape(place).text_of(place.token));
    if (!number.integer() || number.negative()) {
      return fail(place, "this must be a whole number of 0 or more");
    }
    const auto small = number.small();
    // A text has fewer parts than that.
    return small ? static_cast<std::uint64_t>(*small) : std::numeric_limits<std::uint64_t>::max();
  }

  // --- keywords: assertions

  Made type(const At& at) {
    std::vector<SchemaPlace> names{at.value};
    if (is(at.value, TokenType::array)) names = items(at.value);
    TypeSet set = 0;
    for (const SchemaPlace name : names) {
      if (!is(name, TokenType::string)) return fail(name, "a type is a string");
      const auto* found = std::ranges::find(type_names, text(name), &TypeName::name);
      if (found == type_names.end()) return fail(name, "no type is named " + text(name));
      set |= found->set;
    }
    emit(Op::type, types::all, set);
    return {};
  }

  ValuesTable values_of(SchemaPlace schema, const std::vector<SchemaPlace>& values) const {
    ValuesTable table{.document = schema.document, .values = {}, .strings = {}};
    ValueHashes hashes(tape(schema));
    std::vector<KeyTable::Entry> strings;
    for (const SchemaPlace value : values) {
      if (is(value, TokenType::string)) {
        strings.push_back({.key = text(value), .value = value.token});
      } else {
        table.values.push_back({.hash = hashes.of(value.token), .token = value.token});
      }
    }
    std::ranges::sort(table.values, {}, &ValuesTable::Value::hash);
    table.strings = KeyTable(std::move(strings));
    return table;
  }

  Made enumeration(const At& at) {
    if (!is(at.value, TokenType::array)) return fail(at.value, "this must be an array");
    emit(Op::enumeration, types::all, program_.values, values_of(at.schema, items(at.value)));
    return {};
  }
  Made constant(const At& at) {
    emit(Op::constant, types::all, program_.values, values_of(at.schema, {at.value}));
    return {};
  }

  Made number(const At& at, Op op) {
    if (!is(at.value, TokenType::number)) return fail(at.value, "this must be a number");
    const Decimal limit(tape(at.value).text_of(at.value.token));
    emit(op, types::number, program_.numbers, NumberLimit{.exact = limit, .small = limit.small()});
    return {};
  }
  Made minimum(const At& at) { return number(at, Op::minimum); }
  Made maximum(const At& at) { return number(at, Op::maximum); }
  Made exclusive_minimum(const At& at) { return number(at, Op::exclusive_minimum); }
  Made exclusive_maximum(const At& at) { return number(at, Op::exclusive_maximum); }
  Made multiple_of(const At& at) {
    if (const auto made = number(at, Op::multiple_of); !made) return made;
    const Decimal& divisor = program_.numbers.back().exact;
    if (divisor.zero() || divisor.negative()) return fail(at.value, "this must be above 0");
    if (divisor.count() > Decimal::most_divisor) {
      return fail(at.value, "this has more than 36 significant digits");
    }
    return {};
  }

  Made limit(const At& at, Op op, TypeSet applies) {
    const auto number = count(at.value);
    if (!number) return std::unexpected(number.error());
    emit(op, applies, std::min<std::uint64_t>(*number, std::numeric_limits<std::uint32_t>::max()));
    return {};
  }
  Made min_length(const At& at) { return limit(at, Op::min_length, types::string); }
  Made max_length(const At& at) { return limit(at, Op::max_length, types::string); }
  Made min_items(const At& at) { return limit(at, Op::min_items, types::array); }
  Made max_items(const At& at) { return limit(at, Op::max_items, types::array); }
  Made min_properties(const At& at) { return limit(at, Op::min_properties, types::object); }
  Made max_properties(const At& at) { return limit(at, Op::max_properties, types::object); }

  std::expected<std::uint32_t, SchemaError> pattern_number(SchemaPlace place,
                                                           const std::string& pattern) {
    const auto [known, added] =
        patterns_.try_emplace(pattern, static_cast<std::uint32_t>(program_.patterns.size()));
    if (!added) return known->second;
    auto compiled = SchemaPattern::compile(pattern);
    if (!compiled) return fail(place, "the pattern '" + pattern + "': " + compiled.error());
    program_.patterns.push_back(std::move(*compiled));
    return known->second;
  }

  Made pattern(const At& at) {
    if (!is(at.value, TokenType::string)) return fail(at.value, "a pattern is a string");
    const auto number = pattern_number(at.value, text(at.value));
    if (!number) return std::unexpected(number.error());
    emit(Op::pattern, types::string, *number);
    return {};
  }

  Made unique_items(const At& at) {
    if (!is(at.value, TokenType::boolean)) return fail(at.value, "this must be true or false");
    if (token(at.value).is_true()) emit(Op::unique_items, types::array, 0);
    return {};
  }

  Made required(const At& at) {
    const auto names = strings(at.value);
    if (!names) return std::unexpected(names.error());
    std::vector<KeyTable::Entry> entries;
    std::set<std::string_view> seen;
    for (const std::string& name : *names) {
      const auto place = static_cast<std::uint32_t>(entries.size());
      if (seen.insert(name).second) entries.push_back({.key = name, .value = place});
    }
    emit(Op::required, types::object, program_.names, KeyTable(std::move(entries)));
    return {};
  }

  /// `dependentRequired`, `dependentSchemas`, and `dependencies`, which is both.
  Made dependent_required(const At& at) { return dependencies(at, TokenType::array); }
  Made dependent_schemas(const At& at) { return dependencies(at, TokenType::object); }
  Made both_dependencies(const At& at) { return dependencies(at, TokenType::null); }

  Made dependencies(const At& at, TokenType only) {
    if (!is(at.value, TokenType::object)) return fail(at.value, "this must be an object");
    std::vector<Dependency> keys;
    std::vector<Dependency> schemas;
    for (const auto& [name, value] : members(at.value)) {
      if (only == TokenType::object || (only == TokenType::null && !is(value, TokenType::array))) {
        schemas.push_back({.key = name, .node = node_at(value), .keys = {}});
        continue;
      }
      auto names = strings(value);
      if (!names) return std::unexpected(names.error());
      keys.push_back({.key = name, .node = no_node, .keys = std::move(*names)});
    }
    if (!keys.empty()) {
      emit(Op::dependent_required, types::object, program_.dependencies, std::move(keys));
    }
    if (!schemas.empty()) {
      emit(Op::dependent_schemas, types::object, program_.dependencies, std::move(schemas));
    }
    return {};
  }

  // --- keywords: applicators

  Made reference_to(const At& at) {
    if (!is(at.value, TokenType::string)) return fail(at.value, "a reference is a string");
    const auto target = target_of(at);
    if (!target) return std::unexpected(target.error());
    emit(Op::reference, types::all, node_at(*target));
    return {};
  }

  std::expected<SchemaPlace, SchemaError> target_of(const At& at) {
    SchemaPlace from = at.value;
    from.resource = at.schema.resource;
    return program_.documents->find(from, text(at.value));
  }

  Made dynamic_reference(const At& at) {
    if (!is(at.value, TokenType::string)) return fail(at.value, "a reference is a string");
    const auto target = target_of(at);
    if (!target) return std::unexpected(target.error());
    const std::string reference = text(at.value);
    const std::size_t hash = reference.find('#');
    const std::string name = hash == reference.npos ? "" : reference.substr(hash + 1);
    const auto& anchors = program_.documents->resource(target->resource).dynamic_anchors;
    const auto anchor = anchors.find(name);
    const bool dynamic = anchor != anchors.end() && anchor->second == target->token;
    emit(Op::dynamic_reference, types::all, program_.dynamics,
         DynamicTable{.node = node_at(*target), .anchor = dynamic ? anchor_number(name) : no_node});
    return {};
  }

  Made list(const At& at, Op op) {
    auto all = nodes(at.value);
    if (!all) return std::unexpected(all.error());
    emit(op, types::all, program_.lists, std::move(*all));
    return {};
  }
  Made all_of(const At& at) { return list(at, Op::all_of); }
  Made any_of(const At& at) { return list(at, Op::any_of); }
  Made one_of(const At& at) { return list(at, Op::one_of); }

  Made negation(const At& at) {
    emit(Op::negation, types::all, node_at(at.value));
    return {};
  }

  Made condition(const At& at) {
    const auto then = member(at.schema, "then");
    const auto otherwise = member(at.schema, "else");
    emit(Op::condition, types::all, program_.conditions,
         ConditionTable{.test = node_at(at.value),
                        .then = then ? node_at(*then) : no_node,
                        .otherwise = otherwise ? node_at(*otherwise) : no_node});
    return {};
  }

  Made property_names(const At& at) {
    emit(Op::property_names, types::object, node_at(at.value));
    return {};
  }

  /// The three keywords on members work together: the first of them that is met compiles them all.
  Made members_of(const At& at) {
    if (!code_.empty() && code_.back().op == Op::members) return {};
    MembersTable table;
    if (const auto made = properties(at.schema, table); !made) return made;
    if (const auto made = pattern_properties(at.schema, table); !made) return made;
    if (const auto rest = member(at.schema, "additionalProperties")) {
      table.additional = node_at(*rest);
    }
    emit(Op::members, types::object, program_.members, std::move(table));
    return {};
  }

  Made properties(SchemaPlace schema, MembersTable& table) {
    const auto value = member(schema, "properties");
    if (!value) return {};
    if (!is(*value, TokenType::object)) return fail(*value, "this must be an object");
    std::vector<KeyTable::Entry> entries;
    std::vector<KeyTable::Entry> defaults;
    for (const auto& [name, place] : members(*value)) {
      entries.push_back({.key = name, .value = node_at(place)});
      const auto standard = member(place, "default");
      const auto row = static_cast<std::uint32_t>(defaults.size());
      if (standard) defaults.push_back({.key = name, .value = row});
    }
    table.properties = KeyTable(std::move(entries));
    if (!defaults.empty()) {
      emit(Op::defaults, types::object, program_.names, KeyTable(std::move(defaults)));
    }
    return {};
  }

  Made pattern_properties(SchemaPlace schema, MembersTable& table) {
    const auto value = member(schema, "patternProperties");
    if (!value) return {};
    if (!is(*value, TokenType::object)) return fail(*value, "this must be an object");
    for (const auto& [name, place] : members(*value)) {
      const auto number = pattern_number(place, name);
      if (!number) return std::unexpected(number.error());
      table.patterns.push_back({.pattern = *number, .node = node_at(place)});
    }
    return {};
  }

  Made items_2020_12(const At& at) {
    if (!code_.empty() && code_.back().op == Op::items) return {};
    // Schemas that name no draft often have the lists of draft 7; nothing else can be meant.
    const auto all = member(at.schema, "items");
    const bool old = all && is(*all, TokenType::array) && !member(at.schema, "prefixItems");
    if (old) return items_7(at);
    ItemsTable table;
    if (const auto prefix = member(at.schema, "prefixItems")) {
      auto all = nodes(*prefix);
      if (!all) return std::unexpected(all.error());
      table.prefix = std::move(*all);
    }
    if (const auto rest = member(at.schema, "items")) table.rest = node_at(*rest);
    emit(Op::items, types::array, program_.items, std::move(table));
    return {};
  }

  Made items_7(const At& at) {
    ItemsTable table;
    if (is(at.value, TokenType::array)) {
      for (const SchemaPlace item : items(at.value)) table.prefix.push_back(node_at(item));
      if (const auto rest = member(at.schema, "additionalItems")) table.rest = node_at(*rest);
    } else {
      table.rest = node_at(at.value);
    }
    emit(Op::items, types::array, program_.items, std::move(table));
    return {};
  }

  Made contains(const At& at) {
    const Dialect& dialect = program_.documents->resource(at.schema.resource).dialect;
    const bool draft_7 = dialect.draft == Draft::draft_7;
    ContainsTable table{.node = node_at(at.value), .marks = !draft_7};
    for (const auto& [name, bound] :
         {std::pair("minContains", &table.least), std::pair("maxContains", &table.most)}) {
      const auto value = draft_7 || !dialect.validation ? std::nullopt : member(at.schema, name);
      if (!value) continue;
      const auto number = count(*value);
      if (!number) return std::unexpected(number.error());
      *bound = *number;
    }
    emit(Op::contains, types::array, program_.contains, table);
    return {};
  }

  Made unevaluated_items(const At& at) {
    emit(Op::unevaluated_items, types::array, node_at(at.value));
    return {};
  }
  Made unevaluated_properties(const At& at) {
    emit(Op::unevaluated_properties, types::object, node_at(at.value));
    return {};
  }

  // --- references that lead to each other

  /// The schemas that always judge the same value as this one.
  [[nodiscard]] std::vector<std::uint32_t> always_asked(const SchemaNode& node) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      const Instruction& in = program_.code[i];
      if (in.op == Op::reference || in.op == Op::negation) out.push_back(in.argument);
      if (in.op != Op::all_of) continue;
      const auto& all = program_.lists[in.argument];
      out.insert(out.end(), all.begin(), all.end());
    }
    return out;
  }

  Made refuse_loops() const {
    enum class State : std::uint8_t { fresh, open, done };
    std::vector<State> states(program_.nodes.size(), State::fresh);
    for (std::uint32_t start = 0; start < program_.nodes.size(); ++start) {
      std::vector<std::uint32_t> path{start};
      while (!path.empty()) {
        const std::uint32_t at = path.back();
        if (states[at] != State::fresh) {
          states[at] = State::done;
          path.pop_back();
          continue;
        }
        states[at] = State::open;
        for (const std::uint32_t next : always_asked(program_.nodes[at])) {
          if (states[next] == State::open) return loop(program_.nodes[next]);
          if (states[next] == State::fresh) path.push_back(next);
        }
      }
    }
    return {};
  }
  Made loop(const SchemaNode& node) const {
    return fail({.document = node.document, .token = node.token, .resource = node.resource},
                "this schema refers to itself for the same value");
  }

  SchemaProgram program_;
  std::vector<Instruction> code_;  ///< of the node being compiled
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> by_place_;
  std::map<std::string, std::uint32_t> patterns_;
  std::map<std::string, std::uint32_t> anchors_;
  std::size_t resources_seen_ = 0;
};

using enum Group;

/// In the order in which they run: cheap ones first, unevaluated… last.
std::span<const Keyword> Compiler::keywords_2020_12() {
  static constexpr std::array<Keyword, 36> all{{
      {"type", validation, &Compiler::type},
      {"const", validation, &Compiler::constant},
      {"enum", validation, &Compiler::enumeration},
      {"minimum", validation, &Compiler::minimum},
      {"maximum", validation, &Compiler::maximum},
      {"exclusiveMinimum", validation, &Compiler::exclusive_minimum},
      {"exclusiveMaximum", validation, &Compiler::exclusive_maximum},
      {"multipleOf", validation, &Compiler::multiple_of},
      {"minLength", validation, &Compiler::min_length},
      {"maxLength", validation, &Compiler::max_length},
      {"pattern", validation, &Compiler::pattern},
      {"minItems", validation, &Compiler::min_items},
      {"maxItems", validation, &Compiler::max_items},
      {"uniqueItems", validation, &Compiler::unique_items},
      {"minProperties", validation, &Compiler::min_properties},
      {"maxProperties", validation, &Compiler::max_properties},
      {"required", validation, &Compiler::required},
      {"dependentRequired", validation, &Compiler::dependent_required},
      {"$ref", core, &Compiler::reference_to},
      {"$dynamicRef", core, &Compiler::dynamic_reference},
      {"propertyNames", applicator, &Compiler::property_names},
      {"properties", applicator, &Compiler::members_of},
      {"patternProperties", applicator, &Compiler::members_of},
      {"additionalProperties", applicator, &Compiler::members_of},
      {"prefixItems", applicator, &Compiler::items_2020_12},
      {"items", applicator, &Compiler::items_2020_12},
      {"contains", applicator, &Compiler::contains},
      {"allOf", applicator, &Compiler::all_of},
      {"anyOf", applicator, &Compiler::any_of},
      {"oneOf", applicator, &Compiler::one_of},
      {"not", applicator, &Compiler::negation},
      {"if", applicator, &Compiler::condition},
      {"dependentSchemas", applicator, &Compiler::dependent_schemas},
      {"dependencies", applicator, &Compiler::both_dependencies},
      {"unevaluatedItems", unevaluated, &Compiler::unevaluated_items},
      {"unevaluatedProperties", unevaluated, &Compiler::unevaluated_properties},
  }};
  return all;
}

std::span<const Keyword> Compiler::keywords_7() {
  static constexpr std::array<Keyword, 29> all{{
      {"type", validation, &Compiler::type},
      {"const", validation, &Compiler::constant},
      {"enum", validation, &Compiler::enumeration},
      {"minimum", validation, &Compiler::minimum},
      {"maximum", validation, &Compiler::maximum},
      {"exclusiveMinimum", validation, &Compiler::exclusive_minimum},
      {"exclusiveMaximum", validation, &Compiler::exclusive_maximum},
      {"multipleOf", validation, &Compiler::multiple_of},
      {"minLength", validation, &Compiler::min_length},
      {"maxLength", validation, &Compiler::max_length},
      {"pattern", validation, &Compiler::pattern},
      {"minItems", validation, &Compiler::min_items},
      {"maxItems", validation, &Compiler::max_items},
      {"uniqueItems", validation, &Compiler::unique_items},
      {"minProperties", validation, &Compiler::min_properties},
      {"maxProperties", validation, &Compiler::max_properties},
      {"required", validation, &Compiler::required},
      {"propertyNames", applicator, &Compiler::property_names},
      {"properties", applicator, &Compiler::members_of},
      {"patternProperties", applicator, &Compiler::members_of},
      {"additionalProperties", applicator, &Compiler::members_of},
      {"items", applicator, &Compiler::items_7},
      {"contains", applicator, &Compiler::contains},
      {"dependencies", applicator, &Compiler::both_dependencies},
      {"allOf", applicator, &Compiler::all_of},
      {"anyOf", applicator, &Compiler::any_of},
      {"oneOf", applicator, &Compiler::one_of},
      {"not", applicator, &Compiler::negation},
      {"if", applicator, &Compiler::condition},
  }};
  return all;
}

}  // namespace

std::expected<SchemaProgram, SchemaError> compile_schema(std::string_view text, SchemaTexts texts,
                                                         Draft draft) {
  return Compiler(std::move(texts), draft).run(text);
}

}  // namespace gird::json
