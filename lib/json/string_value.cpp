// Escapes and code points.
#include "json/string_value.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/utf8.hpp"
#include "json/surrogates.hpp"

namespace gird::json {
namespace {

/// The unit of `\uXXXX` at the head of `text`, or 0x10000 where there is none.
char32_t unit_of(std::string_view text) {
  std::uint32_t unit = 0;
  if (!text.starts_with("\\u") || text.size() < 6) return 0x10000;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return error == std::errc{} && end == text.data() + 6 ? unit : 0x10000;
}

char simple_escape(char letter) {
  switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter;
  }
}

/// Appends what the escape at the head of `text` says; how long it is.
std::size_t take_escape(std::string_view text, std::string& out) {
  if (text.size() < 2) {
    out += text;
    return text.size();
  }
  const char32_t unit = unit_of(text);
  if (unit == 0x10000) {
    out.push_back(simple_escape(text[1]));
    return 2;
  }
  const char32_t second = high_surrogate(unit) ? unit_of(text.substr(6)) : 0;
  if (!low_surrogate(second)) {
    append_utf8(out, unit);
    return 6;
  }
  append_utf8(out, character_of(unit, second));
  return 12;
}

}  // namespace

std::string unescaped(std::string_view inside) {
  std::string out;
  out.reserve(inside.size());
  while (!inside.empty()) {
    const std::size_t run = std::min(inside.find('\\'), inside.size());
    out += inside.substr(0, run);
    inside.remove_prefix(run);
    if (!inside.empty()) inside.remove_prefix(take_escape(inside, out));
  }
  return out;
}

std::string_view string_at(const Tape& tape, std::size_t index, std::string& room) {
  const std::string_view inside = tape.inside_of(index);
  if (!tape[index].escaped()) return inside;
  room = unescaped(inside);
  return room;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !continues_character(c); }));
}

}  // namespace gird::json
