// Quoting for a POSIX shell.
#include "base/quoting.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace gird {
namespace {

bool bare(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || std::string_view("_@%+:,./-").contains(byte);
}

/// C0 controls, DEL, and the C1 controls that some terminals obey in their UTF-8 form too.
bool control(const Utf8& next) {
  return next.point < 0x20 || (next.point >= 0x7f && next.point < 0xa0);
}

/// Whether `word` can be shown on a terminal as it is.
bool showable(std::string_view word) {
  while (!word.empty()) {
    const Utf8 next = next_character(word);
    if (!next.valid || control(next)) return false;
    word.remove_prefix(next.length);
  }
  return true;
}

std::string escaped(std::string_view word) {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string text = "$'";
  while (!word.empty()) {
    const Utf8 next = next_character(word);
    const std::string_view bytes = word.substr(0, next.length);
    word.remove_prefix(next.length);
    const char byte = bytes.front();
    if (byte == '\n') {
      text += "\\n";
    } else if (byte == '\t') {
      text += "\\t";
    } else if (byte == '\r') {
      text += "\\r";
    } else if (!next.valid || control(next)) {
      for (const char raw : bytes) {
        const auto value = static_cast<unsigned char>(raw);
        text += "\\x";
        text += hex[value >> 4];
        text += hex[value & 15];
      }
    } else {
      if (byte == '\'' || byte == '\\') text += '\\';
      text += bytes;
    }
  }
  return text + "'";
}

std::string quoted(std::string_view word, bool equals_is_bare) {
  const auto safe = [&](char byte) { return bare(byte) || (equals_is_bare && byte == '='); };
  if (!word.empty() && std::ranges::all_of(word, safe)) return std::string(word);
  if (!showable(word)) return escaped(word);
  std::string text = "'";
  for (const char byte : word) {
    if (byte == '\'') {
      text += "'\\''";
    } else {
      text += byte;
    }
  }
  return text + "'";
}

}  // namespace

std::string shell_quoted(std::string_view word) { return quoted(word, false); }

std::string shell_quoted(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words) {
    const bool first = text.empty();
    if (!first) text += ' ';
    text += quoted(word, !first);
  }
  return text;
}

}  // namespace gird
