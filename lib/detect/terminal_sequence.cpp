#include "detect/terminal_sequence.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

using Kind = Sequence::Kind;

constexpr char escape = '\x1b';

bool between(char c, unsigned char first, unsigned char last) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= first && byte <= last;
}

/// Where the bytes from `first` to `last` end that start at `at`.
std::size_t end_of(std::string_view text, std::size_t at, unsigned char first, unsigned char last) {
  while (at < text.size() && between(text[at], first, last)) ++at;
  return at;
}

/// What a control function starts with, as its 7-bit second byte; 0 for what starts none.
struct Introducer {
  char second = '\0';
  std::size_t length = 0;
};

Introducer introducer_at(std::string_view text, std::size_t at) {
  if (text[at] == escape) {
    return at + 1 < text.size() ? Introducer{text[at + 1], 2} : Introducer{};
  }
  // C1 is ESC and a byte from `@` to `_`, in one byte or as a character of UTF-8.
  const bool character = text[at] == '\xc2' && at + 1 < text.size();
  const char c1 = character ? text[at + 1] : text[at];
  if (!between(c1, 0x80, 0x9f)) return {};
  const auto second = static_cast<char>(static_cast<unsigned char>(c1) - 0x40U);
  return {second, character ? 2U : 1U};
}

/// Where a string ends that starts at `at`, and where its terminator does.
struct End {
  std::size_t text = 0;
  std::size_t all = 0;
};

/// A terminator, what cancels (CAN, SUB), or ESC before anything else.
End string_end(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    const char c = text[at];
    const std::string_view rest = part(text, at);
    if (rest.starts_with("\x1b\\") || rest.starts_with("\xc2\x9c")) return {at, at + 2};
    if (c == '\x07' || c == '\x18' || c == '\x1a') return {at, at + 1};
    if (c == escape) return {at, at};
    if (c == '\x9c') return {at, at + 1};
    if (static_cast<unsigned char>(c) >= 0x80) at += next_character(rest).length - 1;
  }
  return {text.size(), text.size()};
}

/// Parameters, intermediates and the final byte from `at` on, as CSI and DCS have them.
Sequence parameters_at(std::string_view text, std::size_t begin, std::size_t at, Kind kind) {
  const std::size_t between_at = end_of(text, at, 0x30, 0x3f);
  const std::size_t final_at = end_of(text, between_at, 0x20, 0x2f);
  if (final_at == text.size() || !between(text[final_at], 0x40, 0x7e)) {
    return {.where = {begin, std::max(final_at, begin + 1)}};
  }
  return {.kind = kind,
          .final = text[final_at],
          .parameters = part(text, at, between_at - at),
          .between = part(text, between_at, final_at - between_at),
          .where = {begin, final_at + 1}};
}

Sequence string_at(std::string_view text, std::size_t begin, std::size_t at, Kind kind) {
  const End end = string_end(text, at);
  return {.kind = kind, .text = part(text, at, end.text - at), .where = {begin, end.all}};
}

Sequence device_string_at(std::string_view text, std::size_t begin, std::size_t at) {
  Sequence sequence = parameters_at(text, begin, at, Kind::dcs);
  if (sequence.kind == Kind::none) return sequence;
  const End end = string_end(text, sequence.where.end);
  sequence.text = part(text, sequence.where.end, end.text - sequence.where.end);
  sequence.where.end = end.all;
  return sequence;
}

/// ESC, intermediates and a final byte; of C1 only ESC has intermediates.
Sequence escape_at(std::string_view text, std::size_t begin, Introducer introducer) {
  if (text[begin] != escape) {
    return {.kind = Kind::escape,
            .final = introducer.second,
            .where = {begin, begin + introducer.length}};
  }
  const std::size_t final_at = end_of(text, begin + 1, 0x20, 0x2f);
  if (final_at == text.size() || !between(text[final_at], 0x30, 0x7e)) {
    return {.where = {begin, begin + 1}};
  }
  return {.kind = Kind::escape,
          .final = text[final_at],
          .between = part(text, begin + 1, final_at - begin - 1),
          .where = {begin, final_at + 1}};
}

bool is_control(char c) {
  return c == '\x7f' || (between(c, 0x01, 0x1f) && !std::string_view("\t\n\v\f\r\x1b").contains(c));
}

/// A return that is no part of a line end, with text on both sides.
bool overwrites(std::string_view text, std::size_t at) {
  constexpr std::string_view ends = "\r\n";
  return text[at] == '\r' && at > 0 && !ends.contains(text[at - 1]) && at + 1 < text.size() &&
         !ends.contains(text[at + 1]);
}

}  // namespace

Sequence sequence_at(std::string_view text, std::size_t at) {
  if (is_control(text[at]) || overwrites(text, at)) {
    return {.kind = Kind::control, .final = text[at], .where = {at, at + 1}};
  }
  const Introducer introducer = introducer_at(text, at);
  if (introducer.length == 0) {
    return {.where = {at, at + next_character(part(text, at)).length}};
  }
  const std::size_t body = at + introducer.length;
  switch (introducer.second) {
    case '[': return parameters_at(text, at, body, Kind::csi);
    case ']': return string_at(text, at, body, Kind::osc);
    case 'P': return device_string_at(text, at, body);
    case 'X':
    case '^':
    case '_': return string_at(text, at, body, Kind::unshown);
    default: return escape_at(text, at, introducer);
  }
}

}  // namespace gird::detect
