// What a text is required to be: a number, an address, one of some words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "text/pattern.hpp"

namespace gird::text {

/// What stands behind the colon of a type, as it was understood.
struct TypeDetail {
  std::optional<double> least;              ///< of `float:0..1`
  std::optional<double> most;               ///< included
  std::optional<std::int64_t> least_whole;  ///< of `int:1..9`
  std::optional<std::int64_t> most_whole;
  std::vector<std::string> words;  ///< of `enum:a,b`, `url:https`
  std::optional<Pattern> pattern;  ///< of `regex:...`
};

/// Why a text is not what it should be, as in "a month has no day 31"; nothing if it is.
using NotOne = std::optional<std::string_view>;

/// A type by its name.
struct TypeKind {
  std::string_view name;    ///< as in `--type NAME`
  std::string_view detail;  ///< what may stand behind a colon: "MIN..MAX"; empty: nothing
  std::string_view about;   ///< what exactly is one
  NotOne (*judge)(std::string_view text, const TypeDetail& detail);
  /// Null where there is no detail; else what stands behind the colon, empty if no colon does.
  Result<TypeDetail> (*read)(std::string_view detail);
};

/// All there are, in the order in which they are shown.
std::span<const TypeKind> type_kinds();

/// A type that texts are held against.
class ValueType {
 public:
  /// "int", "int:0..100", "enum:red,green", "url:https", "regex:[a-z]+" (the whole text).
  /// Fault::usage, value-type or that of the detail.
  static Result<ValueType> parse(std::string_view text);

  [[nodiscard]] NotOne judge(std::string_view text) const { return kind_->judge(text, detail_); }
  /// As it was written.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  ValueType(const TypeKind& kind, TypeDetail detail, std::string_view text)
      : kind_(&kind), detail_(std::move(detail)), text_(text) {}

  const TypeKind* kind_;
  TypeDetail detail_;
  std::string text_;
};

}  // namespace gird::text
