// The grammar of a number, a byte a step.
#include "json/number_reader.hpp"

#include "json/letters.hpp"

namespace gird::json {

std::size_t NumberReader::take(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && step(text[size])) ++size;
  return size;
}

bool NumberReader::complete() const {
  using enum State;
  return state_ == zero || state_ == whole || state_ == fraction || state_ == exponent;
}

bool NumberReader::step(char c) {
  using enum State;
  const bool e_comes = c == 'e' || c == 'E';
  switch (state_) {
    case start:
      if (c == '-') return become(minus);
      [[fallthrough]];
    case minus: return is_digit(c) && become(c == '0' ? zero : whole);
    case whole:
      if (is_digit(c)) return true;
      [[fallthrough]];
    case zero:
      if (c == '.') return become(point);
      return e_comes && become(e);
    case point: return is_digit(c) && become(fraction);
    case fraction: return is_digit(c) || (e_comes && become(e));
    case e:
      if (c == '+' || c == '-') return become(sign);
      [[fallthrough]];
    case sign:
    case exponent: return is_digit(c) && become(exponent);
  }
  return false;
}

}  // namespace gird::json
