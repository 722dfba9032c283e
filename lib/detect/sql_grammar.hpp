// Operands, comparisons and calls, as far ahead as the window reaches.
#pragma once

#include <cstddef>

#include "detect/sql_stream.hpp"

namespace gird::detect::sql {

enum class Value : std::uint8_t { none, constant, name, variable, call, select };

/// What stands where a value may stand.
struct Operand {
  Value value = Value::none;
  std::size_t token = 0;   ///< its first token that is no sign, NOT or parenthesis
  std::size_t next = 0;    ///< the first token behind it and its parentheses
  std::size_t open = 0;    ///< parentheses that stand before it
  Word word = Word::none;  ///< of a call
  bool folded = false;     ///< a call whose answer is known: pi(), char(65), version()
};

/// The operand that begins `n` tokens ahead. Constants that are added or joined are one constant.
Operand operand(const Stream& stream, std::size_t n);

/// How many tokens the comparison at `n` takes: `=`, `not like`, `is`, `between`; 0 where none is.
std::size_t comparison(const Stream& stream, std::size_t n);

/// A comparison of two operands.
struct Condition {
  Operand left;
  Operand right;
  bool compared = false;
  std::size_t sign = 0;  ///< the token of the comparison
};

Condition condition(const Stream& stream, std::size_t n);

/// Whether both sides are constants, so that the answer is known before a row is read.
bool is_constant(const Condition& condition);

bool is_constant(const Token& token);
/// Whether the name at `n` is called.
bool is_call(const Stream& stream, std::size_t n);
/// The token behind the parenthesis that the one at `n` opens; the reach where it is not closed.
std::size_t behind_parenthesis(const Stream& stream, std::size_t n);
/// Functions that only databases have.
bool is_function(Word word);
/// Functions of databases, those of other languages included.
bool is_any_function(Word word);
/// Whether the text ends at `n`, or a comment hides the rest of it: no more than a few bytes.
bool is_terminator(const Stream& stream, std::size_t n);
/// A terminator, or the end of the text.
bool is_end(const Stream& stream, std::size_t n);

/// What the token `n` ahead is.
bool is_word(const Stream& stream, std::size_t n, Word word);
bool is_kind(const Stream& stream, std::size_t n, Kind kind);
/// Whether the token before ends an operand that is no word: a number, a quote that was left, `)`,
/// or nothing at all.
bool behind_value(const Stream& stream);
/// An end, or ';' and an end.
bool is_stop(const Stream& stream, std::size_t n);
/// The bytes from the token that is read to the one `n` ahead.
Span span(const Stream& stream, std::size_t n);

}  // namespace gird::detect::sql
