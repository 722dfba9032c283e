// The signs that people and programs put around strings.
#pragma once

#include <cstddef>
#include <cstdint>

#include "json/ahead.hpp"
#include "json/kind.hpp"

namespace gird::json {

enum class QuoteStyle : std::uint8_t { none, straight, single, backtick, double_like, single_like };

struct Quote {
  QuoteStyle style = QuoteStyle::none;
  std::size_t size = 0;  ///< in bytes
  explicit operator bool() const { return style != QuoteStyle::none; }
};

Quote quote_at(const Ahead& ahead, std::size_t at);
/// Whether a string that was opened by `open` may be closed by `close`.
bool closes(QuoteStyle open, QuoteStyle close);
/// The repair that turns quotes of this style into JSON's.
Kind kind_of(QuoteStyle style);

}  // namespace gird::json
