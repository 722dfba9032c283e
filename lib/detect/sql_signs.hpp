// Pieces of SQL grammar that are signs.
#pragma once

#include "detect/sql_stream.hpp"

namespace gird::detect::sql {

/// Signs of what stands behind the quote that the text was begun in. Reads no token.
void break_signs(const Stream& stream, Signs& signs);

/// Signs that can stand anywhere. Reads the stream to its end.
void statement_signs(Stream& stream, Signs& signs);

/// Those of them that begin with a name that is called, at the token that is read.
void call_signs(const Stream& stream, Signs& signs);

/// Those of AND and OR, and of a condition that stands behind WHERE and the like.
void logic_signs(const Stream& stream, Signs& signs);
void where_sign(const Stream& stream, Signs& signs);

/// Those of a text that begins in the middle of a statement, or that is nothing but a comparison.
void start_signs(const Stream& stream, Signs& signs);

/// Whether a statement that ends another begins `n` tokens ahead: `drop table x`, `exec @q`.
bool is_stacked(const Stream& stream, std::size_t n);

/// What a SELECT may list, `n` tokens ahead; a word of prose is none.
bool is_list(const Stream& stream, std::size_t n);

}  // namespace gird::detect::sql
