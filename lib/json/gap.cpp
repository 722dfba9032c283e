// Blanks and comments.
#include "json/gap.hpp"

#include "json/letters.hpp"

namespace gird::json {
namespace {

using enum GapPiece::What;

std::size_t blanks_size(const Ahead& ahead, std::size_t at, bool newline, std::size_t limit) {
  std::size_t i = at;
  while (i < limit && is_blank(ahead.at(i)) && (newline || ahead.at(i) != '\n')) ++i;
  return i - at;
}

/// One that its end does not follow in sight.
GapPiece unended(const Ahead& ahead, std::size_t at, std::size_t limit) {
  if (limit < ahead.size()) return {open_comment, limit - at};
  const int behind = ahead.at(ahead.size());
  return {behind == Ahead::end ? comment : open_comment, ahead.size() - at};
}

GapPiece line_comment(const Ahead& ahead, std::size_t at, std::size_t limit) {
  const auto found = ahead.text().substr(0, limit).find('\n', at);
  return found != std::string_view::npos ? GapPiece{comment, found - at}
                                         : unended(ahead, at, limit);
}

GapPiece block_comment(const Ahead& ahead, std::size_t at, std::size_t limit) {
  const auto found = ahead.text().substr(0, limit).find("*/", at + 2);
  if (found != std::string_view::npos) return {comment, found + 2 - at};
  return unended(ahead, at, limit);
}

GapPiece comment_piece(const Ahead& ahead, std::size_t at, const GapRules& rules,
                       std::size_t limit) {
  if (ahead.at(at) == '#') return rules.hash ? line_comment(ahead, at, limit) : GapPiece{};
  if (ahead.at(at) != '/') return {};
  if (ahead.at(at + 1) == '/') return line_comment(ahead, at, limit);
  if (ahead.at(at + 1) == '*') return block_comment(ahead, at, limit);
  return {};
}

bool is_escaped_blank(const Ahead& ahead, std::size_t at) {
  if (ahead.at(at) != '\\') return false;
  const int c = ahead.at(at + 1);
  return c == 'n' || c == 'r' || c == 't';
}

}  // namespace

std::size_t other_blank(const Ahead& ahead, std::size_t at) {
  const int a = ahead.at(at);
  if (a == '\f' || a == '\v') return 1;
  if (a == 0xC2) return ahead.at(at + 1) == 0xA0 || ahead.at(at + 1) == 0x85 ? 2 : 0;
  if (a == 0xE1)
    return ahead.starts(at, "\xE1\xA0\x8E") || ahead.starts(at, "\xE1\x9A\x80") ? 3 : 0;
  if (a == 0xE3) return ahead.starts(at, "\xE3\x80\x80") ? 3 : 0;
  if (a == 0xEF) return ahead.starts(at, "\xEF\xBB\xBF") ? 3 : 0;
  if (a != 0xE2) return 0;
  const int b = ahead.at(at + 1);
  const int c = ahead.at(at + 2);
  // U+2000 to U+200B, U+2028, U+2029, U+202F, U+205F, U+2060
  if (b == 0x80 && ((c >= 0x80 && c <= 0x8B) || c == 0xA8 || c == 0xA9 || c == 0xAF)) return 3;
  return b == 0x81 && (c == 0x9F || c == 0xA0) ? 3 : 0;
}

GapPiece gap_piece(const Ahead& ahead, std::size_t at, const GapRules& rules, std::size_t limit) {
  if (const auto size = blanks_size(ahead, at, rules.newline, limit)) return {blanks, size};
  if (const auto piece = comment_piece(ahead, at, rules, limit); piece.what != none) return piece;
  if (const auto size = other_blank(ahead, at)) return {foreign_blank, size};
  if (rules.escaped && is_escaped_blank(ahead, at)) return {escaped_blank, 2};
  return {};
}

Gap gap_at(const Ahead& ahead, std::size_t at, const GapRules& rules, std::size_t limit) {
  Gap gap;
  while (at + gap.size < limit) {
    const std::size_t from = at + gap.size;
    const GapPiece piece = gap_piece(ahead, from, rules, limit);
    if (piece.what == none) break;
    if (piece.what == blanks) {
      gap.newline |= ahead.text(from, from + piece.size).contains('\n');
    } else {
      gap.plain = false;
      gap.newline |= piece.what == escaped_blank;
    }
    gap.size += piece.size;
  }
  return gap;
}

}  // namespace gird::json
