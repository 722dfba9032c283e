// The JSON writer behind events, reports and `gird help --json`.
#include "base/json.hpp"

#include <cmath>

#include "base/number.hpp"
#include "base/utf8.hpp"

namespace gird {

std::string json_quoted(std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string json = "\"";
  while (!text.empty()) {
    const Utf8 next = next_character(text);
    const std::string_view bytes = text.substr(0, next.length);
    text.remove_prefix(next.length);
    switch (next.valid ? next.point : 0xfffd) {
      case '"': json += "\\\""; break;
      case '\\': json += "\\\\"; break;
      case '\n': json += "\\n"; break;
      case '\r': json += "\\r"; break;
      case '\t': json += "\\t"; break;
      default:
        if (!next.valid) {
          json += "\xef\xbf\xbd";
        } else if (next.point < 0x20 || next.point == 0x7f) {
          json += "\\u00";
          json += hex[next.point >> 4];
          json += hex[next.point & 15];
        } else {
          json += bytes;
        }
    }
  }
  return json + '"';
}

std::string json_number(double value) {
  if (!std::isfinite(value)) return "null";
  if (std::trunc(value) == value && std::abs(value) < 0x1p53) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  return to_text(value);
}

JsonObject& JsonObject::raw(std::string_view key, std::string_view json) {
  if (body_.size() > 1) body_ += ',';
  body_ += json_quoted(key);
  body_ += ':';
  body_ += json;
  return *this;
}

JsonObject& JsonObject::add(std::string_view key, Duration span) {
  return raw(key, decimal_text(span.count() / 1000, 6));
}

JsonObject& JsonObject::add(std::string_view key, std::span<const std::string> words) {
  std::string json = "[";
  bool valid = true;
  for (const std::string& word : words) {
    if (json.size() > 1) json += ',';
    json += json_quoted(word);
    valid = valid && valid_utf8(word);
  }
  raw(key, json + "]");
  if (valid) return *this;
  json = "[";
  for (const std::string& word : words) {
    if (json.size() > 1) json += ',';
    json += '"' + base64(word) + '"';
  }
  return raw(std::string(key) + "_b64", json + "]");
}

JsonObject& JsonObject::bytes(std::string_view key, std::string_view text) {
  add(key, text);
  if (!valid_utf8(text)) add(std::string(key) + "_b64", base64(text));
  return *this;
}

std::string json_array(std::span<const std::string> values) {
  std::string json = "[";
  for (const std::string& value : values) {
    if (json.size() > 1) json += ',';
    json += value;
  }
  return json + "]";
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k > bytes.size() ? '=' : digits[group >> (18 - 6 * k) & 63U];
    }
  }
  return text;
}

std::string pretty_json(std::string_view json) {
  std::string text;
  std::size_t depth = 0;
  bool quoted = false;
  const auto new_line = [&] { text.append(1, '\n').append(2 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char byte = json[i];
    if (quoted) {
      text += byte;
      if (byte == '\\') text += json[++i];
      quoted = byte != '"';
      continue;
    }
    const bool opens = byte == '{' || byte == '[';
    const bool closes = byte == '}' || byte == ']';
    if (opens && i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']')) {
      text += json.substr(i++, 2);
      continue;
    }
    if (closes) {
      --depth;
      new_line();
    }
    text += byte;
    if (opens) {
      ++depth;
      new_line();
    }
    if (byte == ',') new_line();
    if (byte == ':') text += ' ';
    quoted = byte == '"';
  }
  return text;
}

}  // namespace gird
