// What a family sees in a text, for the tests of the families.
#pragma once

#include <string>

#include "detect/families.hpp"
#include "growth.hpp"

namespace gird::detect {

/// The names of its signs without the family, in the order of the text, as "cursor erase".
inline std::string seen_by(Look look, std::string_view text) {
  Signs signs;
  look(text, signs);
  std::string line;
  for (const Sign& sign : signs.all()) {
    if (!line.empty()) line += ' ';
    line += sign.name.substr(sign.name.find('/') + 1);
  }
  return line;
}

/// The bytes of the first sign.
inline std::string_view first_in(Look look, std::string_view text) {
  Signs signs;
  look(text, signs);
  if (signs.all().empty()) return {};
  const Span where = signs.all().front().where;
  return text.substr(where.begin, where.end - where.begin);
}

/// How time grows where `token` is repeated (growth.hpp); signs that are not inside of the text
/// count as beyond all measure.
inline double growth_of(Look look, std::string_view token) {
  bool inside = true;
  const double times = growth([&](std::size_t length) { return pumped(token, length); },
                              [&](std::string_view text) {
                                Signs signs;
                                look(text, signs);
                                for (const Sign& sign : signs.all()) {
                                  inside = inside && sign.where.begin <= sign.where.end &&
                                           sign.where.end <= text.size();
                                }
                              });
  return inside ? times : 1e9;
}

}  // namespace gird::detect
