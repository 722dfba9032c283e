// What is required of each record before it is taken.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/size.hpp"
#include "cli/rows.hpp"
#include "text/requirements.hpp"

namespace gird {

/// A type, or `list`, which asks for the table of them.
struct TypeChoice {
  std::shared_ptr<const text::ValueType> type;  ///< null: `list`
};
/// Fault::usage, value-type and the codes of what stands behind the colon.
Result<void> from_text(std::string_view text, TypeChoice& choice);
std::string to_text(const TypeChoice& choice);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const TypeChoice*);

struct CharsetChoice {
  const text::Charset* charset = nullptr;
};
/// Fault::usage, value-choice.
Result<void> from_text(std::string_view text, CharsetChoice& choice);
std::string to_text(const CharsetChoice& choice);
std::vector<std::pair<std::string_view, std::string_view>> words_of(const CharsetChoice*);

struct RequirementChoice {
  bool validate = false;
  std::optional<TypeChoice> type;
  std::optional<CharsetChoice> charset;
  std::optional<std::int64_t> least_length;
  std::optional<std::int64_t> most_length;
  std::optional<Size> most_bytes;
};

cli::Rows requirement_rows(RequirementChoice& choice);

/// Whether anything is required.
bool requires_something(const RequirementChoice& choice);

/// What is required; where anything is, a length as well. It lives as long as `choice`.
text::Requirements requirements_of(const RequirementChoice& choice);

/// All types and character sets in a table.
std::string types_as_text();

}  // namespace gird
