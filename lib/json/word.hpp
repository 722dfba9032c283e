// Text without quotes: how far it goes, and what it is.
#pragma once

#include <cstddef>
#include <cstdint>

#include "json/ahead.hpp"

namespace gird::json {

/// What a string or a word stands for where it stands.
enum class Role : std::uint8_t { key, member, element, top };

struct WordRules {
  Role role = Role::element;
  bool in_parens = false;  ///< `)` ends a word
};

struct Word {
  std::size_t size = 0;    ///< without blanks at the end; 0 where there is none
  bool far = false;        ///< it goes on out of sight
  bool end_quote = false;  ///< a double quote without a partner stands right behind it
};

/// The word at `at`, which may hold blanks inside.
Word word_at(const Ahead& ahead, std::size_t at, const WordRules& rules);

/// The size of a name at `at` that a `(` follows, so a call; 0 where there is none. Blanks between
/// them are allowed where `blanks`.
std::size_t call_at(const Ahead& ahead, std::size_t at, bool blanks);

/// The size of a prefix of a string: `b` in `b'..'`; 0 where there is none.
std::size_t string_prefix(const Ahead& ahead, std::size_t at);

}  // namespace gird::json
