// The forms of what announces a document.
#include "json/prefix.hpp"

#include <algorithm>
#include <array>

#include "json/candidate.hpp"

namespace gird::json {
namespace {

/// Longer info strings, assignments and tags are none.
constexpr std::size_t most_prefix = 256;

constexpr std::array<std::string_view, 9> json_languages{
    "json", "json5", "jsonc", "jsonl", "ndjson", "geojson", "hjson", "jsonlines", "JSON"};

constexpr std::array<std::string_view, 10> tags{"json",   "output",    "answer",        "response",
                                                "result", "tool_call", "function_call", "tool_use",
                                                "data",   "document"};

constexpr std::array<std::string_view, 8> guards{")]}',",     ")]}'",       "for(;;);", "for (;;);",
                                                 "while(1);", "while (1);", "{}&&",     "{} &&"};

struct Reasoning {
  std::string_view start;
  std::string_view end;
};
constexpr std::array<Reasoning, 8> reasonings{{
    {"<think>", "</think>"},
    {"<thinking>", "</thinking>"},
    {"<thought>", "</thought>"},
    {"<thoughts>", "</thoughts>"},
    {"<reasoning>", "</reasoning>"},
    {"<reflection>", "</reflection>"},
    {"<scratchpad>", "</scratchpad>"},
    {"<analysis>", "</analysis>"},
}};

constexpr std::array<std::string_view, 19> keywords{
    "export", "default",  "const",   "let",    "var",   "return",  "declare", "local", "set", "env",
    "static", "readonly", "typeset", "public", "final", "private", "my",      "def",   "val"};

bool json_language(std::string_view word) {
  return std::ranges::find(json_languages, word) != json_languages.end();
}

bool container_at(Outlook& text, std::size_t i) {
  return (text.at(i) == '{' || text.at(i) == '[') && container_starts(text, i, Suspicion::usual);
}

bool info_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '+' || c == '.' || c == '#';
}

/// Behind `{json}` or `{.json}`, as some dialects write an info string; `i` without one.
std::size_t skip_attribute(Outlook& text, std::size_t i) {
  if (text.at(i) != '{') return i;
  std::size_t behind = i + 1 + (text.at(i + 1) == '.' ? 1 : 0);
  const std::size_t name = skip_name(text, behind);
  if (name == behind || text.at(name) != '}') return i;
  behind = name + 1;
  return text.at(text.skip(behind, line_blanks)) == '\n' ? behind : i;
}

/// Behind what follows the language in its line, where no document is among it.
std::size_t skip_info(Outlook& text, std::size_t i) {
  std::size_t end = i;
  while (end - i < most_prefix && text.has(end) && text.at(end) != '\n') {
    if (std::string_view("{[\"`").contains(text.at(end))) return i;
    ++end;
  }
  if (text.at(end) != '\n') return i;
  while (end > i && line_blanks.contains(text.at(end - 1))) --end;
  return end;
}

/// Whether a fence without a language, or of one that is not JSON, has a document behind it.
bool document_follows(Outlook& text, std::size_t i) {
  i = text.skip(i, json_blanks);
  if (text.at(i) == '{' || text.at(i) == '[') return container_starts(text, i, Suspicion::usual);
  return text.at(i) == '"' || text.has(i, "//") || text.has(i, "/*");
}

/// What the fence opens, and behind its info string; `i` is behind its marks.
std::size_t read_info(Outlook& text, std::size_t i, Fence& fence) {
  std::size_t end = i;
  while (end - i < most_prefix && info_part(text.at(end))) ++end;
  const std::string_view language = text.window().substr(i, end - i);
  if (language.empty()) end = skip_attribute(text, end);
  const bool named = end > i;
  fence.language = named;
  fence.document = json_language(language) || document_follows(text, end) ||
                   (!named && text.at(text.skip(end, line_blanks)) == '\n' &&
                    value_starts(text, text.skip(end, json_blanks)));
  return named && fence.document ? skip_info(text, end) : end;
}

/// Behind `name`, `a.b["c"]`, `name: Type<X>`; `i` without one.
std::size_t skip_target(Outlook& text, std::size_t i) {
  const std::size_t start = i;
  i = skip_name(text, i);
  if (i == start) return start;
  while (i - start < most_prefix) {
    const char c = text.at(i);
    const std::size_t name = skip_name(text, i);
    if (name > i) {
      i = name;
    } else if (c != '\0' && std::string_view(".-0123456789[]\"'").contains(c)) {
      ++i;
    } else {
      break;
    }
  }
  const std::size_t colon = text.skip(i, line_blanks);
  if (text.at(colon) != ':' || text.at(colon + 1) == '=') return i;
  std::size_t type = text.skip(colon + 1, line_blanks);
  while (type - start < most_prefix) {
    const std::size_t name = skip_name(text, type);
    const char c = text.at(type);
    if (name > type) {
      type = name;
    } else if (c != '\0' && std::string_view(" <>,.[]|").contains(c)) {
      ++type;
    } else {
      break;
    }
  }
  return text.at(type) == '=' ? type : i;
}

/// Behind the words `export const`, `return`, …, and the blanks after them.
std::size_t skip_keywords(Outlook& text, std::size_t i) {
  for (std::size_t words = 0; words < 4; ++words) {
    const std::size_t name = skip_name(text, i);
    const std::string_view word = text.window().substr(std::min(i, text.size()), name - i);
    if (std::ranges::find(keywords, word) == keywords.end()) return i;
    const std::size_t next = text.skip(name, line_blanks);
    if (next == name) return i;
    i = next;
  }
  return i;
}

std::optional<Prefix> opened(Outlook& text, std::size_t start, std::size_t i) {
  if (container_at(text, i)) return Prefix{.size = i - start, .assigned = true};
  const char quote = text.at(i);
  if (quote != '\'' && quote != '"' && quote != '`') return std::nullopt;
  const std::uint8_t quotes = text.at(i + 1) == quote && text.at(i + 2) == quote ? 3 : 1;
  const std::size_t inner = text.skip(i + quotes, json_blanks);
  if (!container_at(text, inner)) return std::nullopt;
  return Prefix{.size = inner - start, .quote = quote, .quotes = quotes, .assigned = true};
}

std::optional<Prefix> assignment_at(Outlook& text, std::size_t start) {
  const std::size_t words = skip_keywords(text, start);
  if (words > start && container_at(text, words)) return opened(text, start, words);
  const std::size_t target = skip_target(text, words);
  if (target == words) return std::nullopt;
  std::size_t sign = text.skip(target, line_blanks);
  if (text.at(sign) == ':') ++sign;
  if (text.at(sign) != '=') return std::nullopt;
  return opened(text, start, text.skip(sign + 1, json_blanks));
}

bool field_starts(Outlook& text, std::size_t i) {
  for (const std::string_view field : {"data:", "event:", "id:", "retry:"}) {
    if (text.has(i, field)) return true;
  }
  return false;
}

std::optional<Prefix> event_field_at(Outlook& text, std::size_t start) {
  if (!field_starts(text, start)) return std::nullopt;
  if (text.has(start, "data:")) {
    const std::size_t value = text.skip(start + 5, line_blanks);
    if (text.has(value, "[DONE]")) return Prefix{.size = value + 6 - start};
    if (container_at(text, value) || text.at(value) == '"') return Prefix{.size = value - start};
    return std::nullopt;
  }
  std::size_t end = start;
  while (end - start < most_prefix && text.has(end) && text.at(end) != '\n') ++end;
  if (text.at(end) != '\n' || !field_starts(text, end + 1)) return std::nullopt;
  return Prefix{.size = end - start};
}

std::optional<Prefix> word_at(Outlook& text, std::size_t start) {
  const std::size_t end = skip_name(text, start);
  if (end == start || !json_language(text.window().substr(start, end - start))) return std::nullopt;
  const std::size_t colon = text.skip(end, line_blanks);
  const std::size_t behind = text.at(colon) == ':' ? colon + 1 : end;
  if (!container_at(text, text.skip(behind, json_blanks))) return std::nullopt;
  return Prefix{.size = behind - start};
}

}  // namespace

std::optional<Fence> fence_at(Outlook& text, std::size_t i) {
  Fence fence;
  std::size_t start = i;
  if (text.at(i) == '[' || text.at(i) == '{') {
    fence.bracket = text.at(i);
    start = text.skip(i + 1, line_blanks);
  }
  fence.mark = text.at(start);
  if (fence.mark != '`' && fence.mark != '~') return std::nullopt;
  const std::size_t end = text.skip(start, std::string_view(&fence.mark, 1));
  if (end - start < 3) return std::nullopt;
  fence.marks = end - i;
  fence.size = read_info(text, end, fence) - i;
  return fence;
}

std::optional<Prefix> prefix_at(Outlook& text, std::size_t i) {
  if (const auto field = event_field_at(text, i)) return field;
  if (const auto word = word_at(text, i)) return word;
  return assignment_at(text, i);
}

std::size_t guard_at(Outlook& text, std::size_t i) {
  for (const std::string_view guard : guards) {
    if (!text.has(i, guard)) continue;
    const std::size_t next = text.skip(i + guard.size(), json_blanks);
    if (container_at(text, next) || value_starts(text, next)) return guard.size();
  }
  return 0;
}

std::size_t tag_at(Outlook& text, std::size_t i) {
  if (text.at(i) != '<') return 0;
  if (text.at(i + 1) == '|') {
    std::size_t end = i + 2;
    while (end - i < 64 && text.has(end) && text.at(end) != '|' && text.at(end) != '\n') ++end;
    return text.has(end, "|>") ? end + 2 - i : 0;
  }
  const std::size_t name = i + 1 + (text.at(i + 1) == '/' ? 1 : 0);
  const std::size_t behind = skip_name(text, name);
  const std::string_view word = text.window().substr(std::min(name, text.size()), behind - name);
  if (std::ranges::find(tags, word) == tags.end()) return 0;
  std::size_t end = behind;
  while (end - i < most_prefix && text.has(end) && text.at(end) != '>' && text.at(end) != '\n')
    ++end;
  return text.at(end) == '>' ? end + 1 - i : 0;
}

std::uint8_t reasoning_at(Outlook& text, std::size_t i) {
  for (std::size_t number = 0; number < reasonings.size(); ++number) {
    if (text.has(i, reasonings[number].start)) return static_cast<std::uint8_t>(number + 1);
  }
  return 0;
}

std::string_view reasoning_start(std::uint8_t number) { return reasonings[number - 1].start; }
std::string_view reasoning_end(std::uint8_t number) { return reasonings[number - 1].end; }

}  // namespace gird::json
