// What a family sees in a text, for the tests of the families.
#pragma once

#include <chrono>
#include <string>

#include "detect/families.hpp"

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

/// The seconds that a mebibyte of `token` takes; signs that are not inside of it count as hours.
inline double seconds_for(Look look, std::string_view token) {
  std::string text;
  while (text.size() < 1 << 20) text += token;
  Signs signs;
  const auto begin = std::chrono::steady_clock::now();
  look(text, signs);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  for (const Sign& sign : signs.all()) {
    if (sign.where.begin > sign.where.end || sign.where.end > text.size()) return 3600;
  }
  return spent.count();
}

}  // namespace gird::detect
