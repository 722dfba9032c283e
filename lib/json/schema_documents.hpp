// The documents a schema is made of, and what its references mean.
#pragma once

#include <cstdint>
#include <deque>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/schema_texts.hpp"
#include "json/tape.hpp"

namespace gird::json {

/// Which keywords mean something.
struct Dialect {
  Draft draft = Draft::draft_2020_12;
  bool applicator = true;
  bool validation = true;
  bool unevaluated = true;
};

struct SchemaDocument {
  std::string uri;
  std::string text;
  Tape tape;
  std::vector<std::uint32_t> resource_of;  ///< of each token that is a schema
};

/// A schema with a URI of its own.
struct SchemaResource {
  std::string uri;
  std::uint32_t document = 0;
  std::uint32_t token = 0;
  Dialect dialect;
  std::map<std::string, std::uint32_t, std::less<>> anchors;  ///< to tokens; dynamic ones too
  std::map<std::string, std::uint32_t, std::less<>> dynamic_anchors;
};

struct SchemaPlace {
  std::uint32_t document = 0;
  std::uint32_t token = 0;
  std::uint32_t resource = 0;
};

class SchemaDocuments {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  /// `draft` is for documents that do not name theirs.
  SchemaDocuments(SchemaTexts texts, Draft draft) : texts_(std::move(texts)), draft_(draft) {}

  /// The schema itself.
  std::expected<SchemaPlace, SchemaError> open_root(std::string_view text);
  /// What `reference`, written at `from`, refers to.
  std::expected<SchemaPlace, SchemaError> find(SchemaPlace from, std::string_view reference);

  [[nodiscard]] const SchemaDocument& document(std::uint32_t index) const {
    return documents_[index];
  }
  [[nodiscard]] const SchemaResource& resource(std::uint32_t index) const {
    return resources_[index];
  }
  [[nodiscard]] std::size_t resources() const { return resources_.size(); }
  /// The place of the value at `token`, a part of the schema at `from`.
  [[nodiscard]] SchemaPlace below(SchemaPlace from, std::size_t token) const;
  [[nodiscard]] SchemaError error(SchemaPlace at, std::string what) const;

 private:
  using Made = std::expected<void, SchemaError>;

  struct Open {
    std::uint32_t token;
    std::uint32_t resource;
  };
  std::expected<std::uint32_t, SchemaError> add_document(std::string uri, std::string_view text,
                                                         Dialect outer);
  Made register_schemas(std::uint32_t document, Dialect outer);
  Made register_schema(std::uint32_t document, Open at, std::vector<Open>& open);
  std::expected<std::uint32_t, SchemaError> resource_at(SchemaPlace at);
  void register_anchors(SchemaPlace at);
  void open_children(SchemaPlace at, std::vector<Open>& open) const;
  std::expected<Dialect, SchemaError> dialect_at(SchemaPlace at, Dialect outer);
  std::expected<Dialect, SchemaError> custom_dialect(SchemaPlace at, std::string_view uri);
  std::expected<std::uint32_t, SchemaError> resource_named(SchemaPlace from,
                                                           const std::string& uri);
  std::expected<SchemaPlace, SchemaError> follow(SchemaPlace from, SchemaPlace root,
                                                 std::string_view pointer) const;
  [[nodiscard]] std::optional<std::string_view> text_named(std::string_view uri) const;
  [[nodiscard]] std::optional<std::string> string_member(SchemaPlace at,
                                                         std::string_view name) const;

  SchemaTexts texts_;
  Draft draft_;
  std::deque<SchemaDocument> documents_;
  std::deque<SchemaResource> resources_;
  std::map<std::string, std::uint32_t, std::less<>> by_uri_;
};

}  // namespace gird::json
