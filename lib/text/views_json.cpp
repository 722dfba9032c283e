// The strings of JSON documents.
#include "text/escapes.hpp"
#include "text/views_decoders.hpp"

namespace gird::text {
namespace {

constexpr std::string_view blanks = " \t\r\n";
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_opener(char c) { return c == '{' || c == '[' || c == '"'; }

/// Where the string that begins at the quote at `at` ends, behind its other quote; npos if nowhere.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

/// What may stand between strings but brackets: numbers, true, false, null.
bool stands_between(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view(",: \t\r\n+-.E").contains(c);
}

}  // namespace

/// Brackets are only counted: what is not quite JSON is still read by somebody. A string alone is a
/// document where it has escapes; otherwise somebody put a sentence into quotes.
bool is_json(std::string_view text) {
  std::size_t first = 0;
  while (first < text.size() && is_blank(text[first])) ++first;
  if (first == text.size() || !is_opener(text[first])) return false;
  text = text.substr(0, text.find_last_not_of(blanks) + 1);
  if (!std::string_view("}]\"").contains(text.back())) return false;
  std::size_t depth = 0;
  bool strings = false;
  for (std::size_t at = first; at < text.size();) {
    if (at > first && depth == 0) return false;
    const char c = text[at];
    if (c == '"') {
      at = string_end(text, at);
      if (at == std::string_view::npos) return false;
      strings = true;
      continue;
    }
    if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (!stands_between(c)) {
      return false;
    }
    ++at;
  }
  if (text[first] == '"') return text.contains('\\');
  return strings && depth == 0;
}

std::optional<Stretch> next_string(std::string_view text, std::size_t at) {
  const std::size_t quote = text.find('"', at);
  if (quote == std::string_view::npos) return std::nullopt;
  const std::size_t end = string_end(text, quote);
  if (end == std::string_view::npos) return std::nullopt;
  return Stretch{quote + 1, end - 1};
}

Decoded decode_json(std::string_view rest) {
  if (rest.size() < 2) return {};
  if (rest[1] == 'u') {
    Decoded decoded = decode_backslash(rest);
    decoded.coding = Coding::json;
    return decoded;
  }
  constexpr std::string_view names = "\"\\/bfnrt";
  constexpr std::string_view bytes = "\"\\/\b\f\n\r\t";
  const std::size_t which = names.find(rest[1]);
  if (which == std::string_view::npos) return {};
  return decoded_byte(Coding::json, 2, static_cast<unsigned char>(bytes[which]));
}

}  // namespace gird::text
