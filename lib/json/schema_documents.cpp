// Loading documents, giving each schema its base, following references.
#include "json/schema_documents.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "json/pointer.hpp"
#include "json/schema_official.hpp"
#include "json/string_value.hpp"
#include "json/uri.hpp"

namespace gird::json {
namespace {

constexpr std::string_view draft_7_uri = "http://json-schema.org/draft-07/schema";
constexpr std::string_view draft_2020_12_uri = "https://json-schema.org/draft/2020-12/schema";

/// How a keyword holds schemas: itself, as a list, by names; `any` tells by what stands there.
enum class Holds : std::uint8_t { schema, list, names, any };

struct Holder {
  std::string_view keyword;
  Holds holds;
};

constexpr std::array<Holder, 21> holders_2020_12{{
    {"$defs", Holds::names},
    {"definitions", Holds::names},
    {"properties", Holds::names},
    {"patternProperties", Holds::names},
    {"dependentSchemas", Holds::names},
    {"dependencies", Holds::names},
    {"allOf", Holds::list},
    {"anyOf", Holds::list},
    {"oneOf", Holds::list},
    {"prefixItems", Holds::list},
    {"items", Holds::any},
    {"contains", Holds::schema},
    {"additionalProperties", Holds::schema},
    {"propertyNames", Holds::schema},
    {"if", Holds::schema},
    {"then", Holds::schema},
    {"else", Holds::schema},
    {"not", Holds::schema},
    {"unevaluatedItems", Holds::schema},
    {"unevaluatedProperties", Holds::schema},
    {"contentSchema", Holds::schema},
}};

constexpr std::array<Holder, 16> holders_7{{
    {"definitions", Holds::names},
    {"properties", Holds::names},
    {"patternProperties", Holds::names},
    {"dependencies", Holds::names},
    {"allOf", Holds::list},
    {"anyOf", Holds::list},
    {"oneOf", Holds::list},
    {"items", Holds::any},
    {"additionalItems", Holds::schema},
    {"contains", Holds::schema},
    {"additionalProperties", Holds::schema},
    {"propertyNames", Holds::schema},
    {"if", Holds::schema},
    {"then", Holds::schema},
    {"else", Holds::schema},
    {"not", Holds::schema},
}};

constexpr std::string_view vocabulary = "https://json-schema.org/draft/2020-12/vocab/";

constexpr std::array<std::string_view, 7> vocabularies{
    "core", "applicator", "validation", "unevaluated", "meta-data", "format-annotation", "content"};

std::string_view without_empty_fragment(std::string_view uri) {
  if (uri.ends_with('#')) uri.remove_suffix(1);
  return uri;
}

void push_children(const Tape& tape, std::size_t container, std::vector<std::uint32_t>& out) {
  const bool object = tape[container].is(TokenType::object);
  if (!object && !tape[container].is(TokenType::array)) return;
  for (std::size_t child = container + 1; child < tape[container].next; child = tape[child].next) {
    out.push_back(static_cast<std::uint32_t>(object ? child + 1 : child));
  }
}

/// The schemas that the keyword holds whose value stands at `value`.
std::vector<std::uint32_t> held(const Tape& tape, std::size_t value, Holds holds) {
  std::vector<std::uint32_t> out;
  const TokenType type = tape[value].type();
  const bool spread = (holds == Holds::names && type == TokenType::object) ||
                      (holds != Holds::schema && type == TokenType::array);
  if (spread) {
    push_children(tape, value, out);
  } else if (holds == Holds::schema || holds == Holds::any) {
    out.push_back(static_cast<std::uint32_t>(value));
  }
  return out;
}

}  // namespace

SchemaError SchemaDocuments::error(SchemaPlace at, std::string what) const {
  const SchemaDocument& document = documents_[at.document];
  return {.document = at.document == 0 ? "" : document.uri,
          .pointer = pointer_to(document.tape, at.token),
          .offset = document.tape[at.token].offset,
          .what = std::move(what)};
}

std::optional<std::string> SchemaDocuments::string_member(SchemaPlace at,
                                                          std::string_view name) const {
  const Tape& tape = documents_[at.document].tape;
  const auto value = member_of(tape, at.token, name);
  if (!value || !tape[*value].is(TokenType::string)) return std::nullopt;
  std::string room;
  return std::string(string_at(tape, *value, room));
}

std::optional<std::string_view> SchemaDocuments::text_named(std::string_view uri) const {
  const auto given = texts_.find(uri);
  if (given != texts_.end()) return given->second;
  const auto with_hash = texts_.find(std::string(uri) + "#");
  if (with_hash != texts_.end()) return with_hash->second;
  return official_schema(uri);
}

std::expected<SchemaPlace, SchemaError> SchemaDocuments::open_root(std::string_view text) {
  const auto document = add_document("", text, Dialect{.draft = draft_});
  if (!document) return std::unexpected(document.error());
  return SchemaPlace{.document = 0, .token = 0, .resource = documents_[0].resource_of[0]};
}

std::expected<std::uint32_t, SchemaError> SchemaDocuments::add_document(std::string uri,
                                                                        std::string_view text,
                                                                        Dialect outer) {
  const auto index = static_cast<std::uint32_t>(documents_.size());
  SchemaDocument& document = documents_.emplace_back();
  document.uri = std::move(uri);
  document.text = text;
  if (const auto read = document.tape.read(document.text); !read) {
    return std::unexpected(SchemaError{.document = document.uri,
                                       .offset = read.error().offset,
                                       .what = "no JSON: " + read.error().what});
  }
  if (!valid_utf8(document.text)) {
    return std::unexpected(SchemaError{.document = document.uri, .what = "no valid UTF-8"});
  }
  document.resource_of.assign(document.tape.size(), none);
  if (const auto made = register_schemas(index, outer); !made) {
    return std::unexpected(made.error());
  }
  return index;
}

SchemaDocuments::Made SchemaDocuments::register_schemas(std::uint32_t document, Dialect outer) {
  // The root is a resource whether it has an $id or not.
  const SchemaPlace root{.document = document, .token = 0, .resource = 0};
  const auto dialect = dialect_at(root, outer);
  if (!dialect) return std::unexpected(dialect.error());
  const auto resource = static_cast<std::uint32_t>(resources_.size());
  resources_.push_back({.uri = documents_[document].uri,
                        .document = document,
                        .token = 0,
                        .dialect = *dialect,
                        .anchors = {},
                        .dynamic_anchors = {}});
  by_uri_.emplace(documents_[document].uri, resource);
  std::vector<Open> open{{.token = 0, .resource = resource}};
  while (!open.empty()) {
    const Open at = open.back();
    open.pop_back();
    if (const auto made = register_schema(document, at, open); !made) return made;
  }
  return {};
}

SchemaDocuments::Made SchemaDocuments::register_schema(std::uint32_t document, Open at,
                                                       std::vector<Open>& open) {
  SchemaPlace place{.document = document, .token = at.token, .resource = at.resource};
  const auto resource = resource_at(place);
  if (!resource) return std::unexpected(resource.error());
  place.resource = *resource;
  documents_[document].resource_of[at.token] = place.resource;
  register_anchors(place);
  open_children(place, open);
  return {};
}

/// The resource of the schema at `at`: a new one if it has an `$id`.
std::expected<std::uint32_t, SchemaError> SchemaDocuments::resource_at(SchemaPlace at) {
  const SchemaResource& outer = resources_[at.resource];
  const bool draft_7 = outer.dialect.draft == Draft::draft_7;
  const auto id = string_member(at, "$id");
  // In draft 7 everything beside a $ref is ignored.
  if (!id || (draft_7 && string_member(at, "$ref"))) return at.resource;
  const SplitUri uri = split_fragment(*id);
  if (uri.address.empty() && !uri.fragment.empty()) return at.resource;
  if (!uri.fragment.empty() && !draft_7) {
    return std::unexpected(error(at, "an $id may have no fragment"));
  }
  const std::string full = resolved_uri(outer.uri, uri.address);
  if (at.token == 0) {
    resources_[at.resource].uri = full;
    by_uri_.emplace(full, at.resource);
    return at.resource;
  }
  const auto dialect = dialect_at(at, outer.dialect);
  if (!dialect) return std::unexpected(dialect.error());
  const auto index = static_cast<std::uint32_t>(resources_.size());
  resources_.push_back({.uri = full,
                        .document = at.document,
                        .token = at.token,
                        .dialect = *dialect,
                        .anchors = {},
                        .dynamic_anchors = {}});
  by_uri_.emplace(full, index);
  return index;
}

void SchemaDocuments::register_anchors(SchemaPlace at) {
  SchemaResource& resource = resources_[at.resource];
  if (resource.dialect.draft == Draft::draft_7) {
    const auto id = string_member(at, "$id");
    if (!id || string_member(at, "$ref")) return;
    const std::string_view fragment = split_fragment(*id).fragment;
    if (!fragment.empty()) resource.anchors.emplace(fragment, at.token);
    return;
  }
  if (const auto name = string_member(at, "$anchor")) resource.anchors.emplace(*name, at.token);
  if (const auto name = string_member(at, "$dynamicAnchor")) {
    resource.anchors.emplace(*name, at.token);
    resource.dynamic_anchors.emplace(*name, at.token);
  }
}

void SchemaDocuments::open_children(SchemaPlace at, std::vector<Open>& open) const {
  const Tape& tape = documents_[at.document].tape;
  if (!tape[at.token].is(TokenType::object)) return;
  const bool draft_7 = resources_[at.resource].dialect.draft == Draft::draft_7;
  const std::span<const Holder> holders =
      draft_7 ? std::span<const Holder>(holders_7) : std::span<const Holder>(holders_2020_12);
  std::string room;
  for (std::size_t key = at.token + 1; key < tape[at.token].next; key = tape[key].next) {
    const auto holder = std::ranges::find(holders, string_at(tape, key, room), &Holder::keyword);
    if (holder == holders.end()) continue;
    for (const std::uint32_t token : held(tape, key + 1, holder->holds)) {
      open.push_back({.token = token, .resource = at.resource});
    }
  }
}

std::expected<Dialect, SchemaError> SchemaDocuments::dialect_at(SchemaPlace at, Dialect outer) {
  const auto name = string_member(at, "$schema");
  if (!name) return outer;
  const std::string_view uri = without_empty_fragment(*name);
  if (uri == draft_7_uri) return Dialect{.draft = Draft::draft_7};
  if (uri == draft_2020_12_uri) return Dialect{.draft = Draft::draft_2020_12};
  return custom_dialect(at, uri);
}

/// What the `$vocabulary` of a metaschema switches on.
std::expected<Dialect, SchemaError> SchemaDocuments::custom_dialect(SchemaPlace at,
                                                                    std::string_view uri) {
  const auto text = text_named(uri);
  if (!text) {
    return std::unexpected(
        error(at, "the metaschema " + std::string(uri) +
                      " is neither draft 7 nor 2020-12, and its text is not given"));
  }
  Tape tape;
  if (!tape.read(*text)) return std::unexpected(error(at, "the metaschema is no JSON"));
  std::string room;
  const auto base = member_of(tape, 0, "$schema");
  const bool string = base && tape[*base].is(TokenType::string);
  if (string && without_empty_fragment(string_at(tape, *base, room)) == draft_7_uri) {
    return Dialect{.draft = Draft::draft_7};
  }
  const auto words = member_of(tape, 0, "$vocabulary");
  if (!words || !tape[*words].is(TokenType::object)) return Dialect{};
  Dialect dialect{.applicator = false, .validation = false, .unevaluated = false};
  for (std::size_t key = *words + 1; key < tape[*words].next; key = tape[key].next) {
    std::string_view word = string_at(tape, key, room);
    const bool ours = word.starts_with(vocabulary);
    if (ours) word.remove_prefix(vocabulary.size());
    const bool known = ours && std::ranges::find(vocabularies, word) != vocabularies.end();
    if (!known && tape[key + 1].is_true()) {
      return std::unexpected(error(at, "the metaschema needs the vocabulary " +
                                           std::string(string_at(tape, key, room)) +
                                           ", which is not supported"));
    }
    dialect.applicator = dialect.applicator || (known && word == "applicator");
    dialect.validation = dialect.validation || (known && word == "validation");
    dialect.unevaluated = dialect.unevaluated || (known && word == "unevaluated");
  }
  return dialect;
}

std::expected<std::uint32_t, SchemaError> SchemaDocuments::resource_named(SchemaPlace from,
                                                                          const std::string& uri) {
  if (const auto known = by_uri_.find(uri); known != by_uri_.end()) return known->second;
  const auto text = text_named(uri);
  if (!text) {
    return std::unexpected(error(from, "nothing is known as " + uri + "; give it by --schema-ref"));
  }
  const auto document = add_document(uri, *text, resources_[from.resource].dialect);
  if (!document) return std::unexpected(document.error());
  return documents_[*document].resource_of[0];
}

SchemaPlace SchemaDocuments::below(SchemaPlace from, std::size_t token) const {
  const std::uint32_t own = documents_[from.document].resource_of[token];
  return {.document = from.document,
          .token = static_cast<std::uint32_t>(token),
          .resource = own == none ? from.resource : own};
}

std::expected<SchemaPlace, SchemaError> SchemaDocuments::follow(SchemaPlace from, SchemaPlace root,
                                                                std::string_view pointer) const {
  SchemaPlace at = root;
  const std::string_view all = pointer;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    const auto child = step_down(documents_[at.document].tape, at.token, step_name(step));
    if (!child) return std::unexpected(error(from, "nothing is at " + std::string(all)));
    at = below(at, *child);
  }
  return at;
}

std::expected<SchemaPlace, SchemaError> SchemaDocuments::find(SchemaPlace from,
                                                              std::string_view reference) {
  const SplitUri uri = split_fragment(reference);
  const auto index = resource_named(from, resolved_uri(resources_[from.resource].uri, uri.address));
  if (!index) return std::unexpected(index.error());
  const SchemaResource& resource = resources_[*index];
  const SchemaPlace root{
      .document = resource.document, .token = resource.token, .resource = *index};
  const std::string fragment = percent_decoded(uri.fragment);
  if (fragment.empty() || fragment.starts_with('/')) return follow(from, root, fragment);
  const auto anchor = resource.anchors.find(fragment);
  if (anchor == resource.anchors.end()) {
    return std::unexpected(error(from, "no anchor is named " + fragment));
  }
  return below(root, anchor->second);
}

}  // namespace gird::json
