// Quotes of all styles.
#include "json/quote.hpp"

namespace gird::json {

using enum QuoteStyle;

Quote quote_at(const Ahead& ahead, std::size_t at) {
  switch (ahead.at(at)) {
    case '"': return {straight, 1};
    case '\'': return {single, 1};
    case '`': return {backtick, 1};
    case 0xC2: return ahead.at(at + 1) == 0xB4 ? Quote{single_like, 2} : Quote{};
    case 0xE2: break;
    default: return {};
  }
  if (ahead.at(at + 1) != 0x80) return {};
  switch (ahead.at(at + 2)) {
    case 0x98:
    case 0x99: return {single_like, 3};
    case 0x9C:
    case 0x9D: return {double_like, 3};
    default: return {};
  }
}

bool closes(QuoteStyle open, QuoteStyle close) {
  switch (open) {
    case none: return false;
    case straight: return close == straight;
    case single: return close == single;
    case backtick:
    case single_like: return close == single_like || close == single || close == backtick;
    case double_like: return close == double_like || close == straight;
  }
  return false;
}

Kind kind_of(QuoteStyle style) {
  switch (style) {
    case single: return Kind::single_quotes;
    case backtick: return Kind::backtick_quotes;
    case double_like:
    case single_like: return Kind::typographic_quotes;
    case none:
    case straight: break;
  }
  return Kind::missing_quote;
}

}  // namespace gird::json
