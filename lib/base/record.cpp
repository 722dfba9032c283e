// Event lines and their limit.
#include "base/record.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace gird {
namespace {

/// The end of the JSON string that opens at `from`: the index of its closing quote.
std::size_t closing_quote(std::string_view json, std::size_t from) {
  for (std::size_t i = from + 1; i < json.size(); ++i) {
    if (json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      return i;
    }
  }
  return json.size();
}

/// `json` with every string cut to `most` bytes of its JSON text, never inside an escape or a
/// character.
std::string with_short_strings(std::string_view json, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '"') {
      text += json[i];
      continue;
    }
    const std::size_t end = closing_quote(json, i);
    std::string_view inside = json.substr(i + 1, end - i - 1);
    text += '"';
    for (std::size_t taken = 0; !inside.empty();) {
      const std::size_t unit = inside[0] != '\\'  ? next_character(inside).length
                               : inside[1] == 'u' ? 6
                                                  : 2;
      if (taken + unit > most) break;
      text += inside.substr(0, unit);
      inside.remove_prefix(unit);
      taken += unit;
    }
    text += '"';
    i = end;
  }
  return text;
}

}  // namespace

std::string cut_strings(std::string json, std::size_t limit) {
  if (json.size() <= limit) return json;
  static constexpr std::string_view mark = ",\"truncated\":true}";
  for (std::size_t most = limit / 2; most >= 32; most /= 2) {
    std::string shorter = with_short_strings(json, most);
    shorter.pop_back();
    if (shorter.size() + mark.size() <= limit) return shorter.append(mark);
  }
  // Thousands of short words: the arrays go.
  std::string shorter;
  std::size_t depth = 0;
  const std::string words = with_short_strings(json, 32);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t end = words[i] == '"' ? closing_quote(words, i) : i;
    if (words[i] == '[' && depth++ == 0) shorter += '[';
    if (words[i] == ']' && --depth == 0)
      shorter += ']';
    else if (depth == 0)
      shorter += words.substr(i, end - i + 1);
    i = end;
  }
  shorter.pop_back();
  return shorter.append(mark);
}

std::string Journal::line(Time now, const Record& record) {
  JsonObject head;
  head.add("v", 1).add("ts", now).add("tool", tool_).add("event", record.event);
  head.add("run", run_).add("seq", ++seq_);
  std::string json = head.text();
  const std::string fields = record.fields.text();
  if (fields.size() > 2) {
    json.back() = ',';
    json.append(fields, 1);
  }
  return cut_strings(std::move(json), longest_event - 1) + "\n";
}

}  // namespace gird
