// Where a string ends, whatever it holds and whether or not somebody closed it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "json/ahead.hpp"
#include "json/quote.hpp"
#include "json/word.hpp"

namespace gird::json {

struct StringRules {
  QuoteStyle style = QuoteStyle::straight;
  Role role = Role::element;
  bool escaped = false;    ///< its quotes are written `\"`
  bool in_parens = false;  ///< a `)` may stand behind it
  std::size_t quotes = 1;  ///< in a row at its start: 2 for `""a""`, 3 for `"""a"""`
  bool continued = false;  ///< the start was read before
  /// Many strings had no end before the end of the input: this one ends at its first quote, or
  /// before its first delimiter. So a text of such strings is not read to its end for each of them.
  bool hopeless = false;

  /// The repair that gives it JSON's quotes.
  [[nodiscard]] Kind quoting() const {
    if (escaped) return Kind::escaped_document;
    return style == QuoteStyle::straight ? Kind::unescaped_quote : kind_of(style);
  }
};

struct StringEnd {
  enum class How : std::uint8_t {
    closed,   ///< by a quote at `at`; what follows begins at `behind`
    missing,  ///< before `at`, where something else begins
    input,    ///< the input ends
    far,      ///< out of sight: all up to `at` belongs to the string
  };
  How how = How::far;
  std::size_t at = 0;
  std::size_t behind = 0;
  bool unclosed = false;   ///< found by going to the end of the input
  std::size_t joined = 0;  ///< where a string begins that a plus joins to this one; 0 without one
};

/// Reads a string whose first byte behind its quote is at `body`. A quote closes it only if what
/// stands behind the quote goes on as JSON (at most 256 bytes are looked at); a quote that begins
/// the next string instead shows where this one should have ended.
StringEnd string_end(const Ahead& ahead, std::size_t body, const StringRules& rules);

/// Whether a key begins at `at`, and a colon behind it: `"a":`, `a:`, `a":`.
bool key_follows(const Ahead& ahead, std::size_t at);

}  // namespace gird::json
