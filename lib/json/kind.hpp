// What can be wrong with almost-JSON: the closed list of repairs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gird::json {

/// How sure a repair is to give what was meant.
enum class Confidence : std::uint8_t {
  certain,  ///< there is one reading: a trailing comma, a comment, single quotes
  likely,   ///< nearly always right: a missing comma, an unescaped quote, prose around a document
  guess,    ///< one of several readings: a missing end quote in the middle, mismatched brackets
};

/// The kinds of repair. Names and classes are in `facts_of`; names are a stable interface.
enum class Kind : std::uint8_t {
  // between values
  trailing_comma,
  extra_comma,
  missing_comma,
  missing_colon,
  separator,  ///< `=`, `=>`, `;` where a colon or a comma belongs
  missing_value,
  missing_key,
  ellipsis,
  // brackets
  missing_end,  ///< closers that the end of the input cut off
  missing_closer,
  extra_closer,
  wrong_closer,
  wrong_brackets,  ///< tuples, sets, `["k": 1]`
  // strings and keys
  single_quotes,
  typographic_quotes,
  backtick_quotes,
  unquoted_key,
  unquoted_string,
  missing_quote,
  unescaped_quote,
  unescaped_control,
  bad_escape,
  concatenation,
  regular_expression,
  // values
  literal,  ///< `True`, `NULL`, `nil`
  not_a_number,
  undefined,
  wrapper,  ///< `NumberLong(2)`, `datetime(…)`, `b'…'`
  number,
  leading_zero,
  // around the document
  comment,
  blank,  ///< white space that JSON does not know
  callback,
  fence,
  prose,
  prefix,  ///< `<think>…</think>`, `data: `, `x='…'`
  escaped_document,
  sequence,  ///< several documents in one
  encoding,  ///< a byte order mark, UTF-16, UTF-32
  invalid_utf8,
  lone_surrogate,
  duplicate_key,  ///< a note; a repair only where `--duplicate` asks for one
  // by a schema
  coercion,  ///< a value of another type, wrapped in an array, in another case
  default_value,
  unknown_property,
};

struct KindFacts {
  Kind kind;
  std::string_view name;  ///< kebab-case, stable
  Confidence confidence;
  std::string_view what;  ///< one clause for people: "a comma before a closing bracket"
};

/// Every kind, in the order of the enumeration.
std::span<const KindFacts> all_kinds();
const KindFacts& facts_of(Kind kind);
std::optional<Kind> kind_named(std::string_view name);
std::string_view to_text(Confidence confidence);

}  // namespace gird::json
