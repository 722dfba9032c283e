// String literals of languages.
#include <array>

#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

/// The escapes that JSON has names for (RFC 8259, 7), else four digits.
constexpr Escape json_escape(unsigned char byte) {
  switch (byte) {
    case '"': return {"\\\""};
    case '\\': return {"\\\\"};
    case '\b': return {"\\b"};
    case '\f': return {"\\f"};
    case '\n': return {"\\n"};
    case '\r': return {"\\r"};
    case '\t': return {"\\t"};
    default: return in_hex("\\u", byte, 4);
  }
}

constexpr Escapes json_table =
    Escapes(Beyond::utf8).write_controls(json_escape).write("\"\\", json_escape);

/// Nothing that ends a script element or a value of an attribute, and no regular quote of HTML.
constexpr Escapes js_table = Escapes(json_table).write("<>&'`/=", json_escape);

constexpr std::string_view digits = "0123456789abcdef";

void append_unit(char32_t unit, std::string& out) {
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(unit >> shift) & 0xfU];
}

bool in_ascii(char32_t point, std::string_view /*bytes*/, std::string& out) {
  if (point < 0x10000) {
    append_unit(point, out);
  } else {
    append_unit(0xd800U + ((point - 0x10000U) >> 10U), out);
    append_unit(0xdc00U + ((point - 0x10000U) & 0x3ffU), out);
  }
  return true;
}

/// U+2028 and U+2029 end a line in scripts older than ES2019.
bool in_script(char32_t point, std::string_view bytes, std::string& out) {
  if (point == 0x2028 || point == 0x2029) return in_ascii(point, bytes, out);
  out += bytes;
  return true;
}

/// What YAML 1.2 (5.1) does not print: C1, a mark of byte order, non-characters. NEL and the
/// separators end a line there; in TOML the rest is not needed, but does no harm.
bool in_yaml(char32_t point, std::string_view bytes, std::string& out) {
  const bool escaped = point < 0xa0 || point == 0x2028 || point == 0x2029 || point == 0xfeff ||
                       point == 0xfffe || point == 0xffff;
  if (escaped) return in_ascii(point, bytes, out);
  out += bytes;
  return true;
}

/// The character of one escape or of a pair, whose head `\u` is cut off.
std::optional<char32_t> take_unicode(std::string_view& text) {
  const auto first = take_hex(text, 4);
  if (!first) return std::nullopt;
  if (*first < 0xd800 || *first >= 0xe000) return *first;
  if (*first >= 0xdc00 || !text.starts_with("\\u")) return std::nullopt;
  text.remove_prefix(2);
  const auto second = take_hex(text, 4);
  if (!second || *second < 0xdc00 || *second >= 0xe000) return std::nullopt;
  return 0x10000U + ((*first - 0xd800U) << 10U) + (*second - 0xdc00U);
}

constexpr std::string_view escape_names = "\"\\/bfnrt";
constexpr std::string_view escape_values = "\"\\/\b\f\n\r\t";

/// A JSON string: those that are written here are ones, whatever language they are for.
std::optional<std::string> read_json(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string out;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '"' || static_cast<unsigned char>(c) < 0x20) return std::nullopt;
    if (c != '\\') {
      out += c;
      continue;
    }
    if (text.empty()) return std::nullopt;
    const char name = text.front();
    text.remove_prefix(1);
    if (const std::size_t known = escape_names.find(name); known != escape_names.npos) {
      out += escape_values[known];
    } else if (name == 'u') {
      const auto point = take_unicode(text);
      if (!point) return std::nullopt;
      append_utf8(out, *point);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

Encoded json(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(json_table, text, on_unsafe, "\"", "\"");
}
Encoded json_ascii(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(json_table, text, on_unsafe, "\"", "\"", in_ascii);
}
Encoded js_string(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(js_table, text, on_unsafe, "\"", "\"", in_script);
}
/// YAML's double quotes take JSON's escapes (7.3.1), and so do TOML's basic strings, but for `\/`,
/// which is not written.
Encoded yaml(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(json_table, text, on_unsafe, "\"", "\"", in_yaml);
}
Encoded toml(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(json_table, text, on_unsafe, "\"", "\"");
}

/// Six digits, so that no digit behind can be taken for one of them (CSS Syntax 3, 4.3.7).
constexpr Escapes css_table = Escapes(Beyond::utf8)
                                  .write_all_but(" -_.",
                                                 [](unsigned char byte) {
                                                   Escape escape("\\");
                                                   escape += in_hex("", byte, 6).text();
                                                   return escape;
                                                 })
                                  .refuse({"\0", 1});

Encoded css_string(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(css_table, text, on_unsafe, "\"", "\"");
}
std::optional<std::string> read_css_string(std::string_view text) {
  return unescaped(css_table, text, "\"", "\"");
}

/// Three digits of base 8 always, and no `?`, of which two begin a trigraph.
constexpr Escape octal(unsigned char byte) { return in_base<8>("\\", byte, 3); }
constexpr Escapes c_table = Escapes(Beyond::bytes)
                                .write_all_but(" !#$%&'()*+,-./:;<=>@[]^_`{|}~", octal)
                                .write("\"\\?", octal);

Encoded c_string(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(c_table, text, on_unsafe, "\"", "\"");
}
std::optional<std::string> read_c_string(std::string_view text) {
  return unescaped(c_table, text, "\"", "\"");
}

constexpr std::array<Context, 7> all{{
    {"json", "a value in JSON", json, read_json},
    {"json-ascii", "a value in JSON, in ASCII alone", json_ascii, read_json},
    {"js-string", "a value in JavaScript, in a script element of a page too", js_string, read_json},
    {"css-string", "a string in CSS", css_string, read_css_string},
    {"c-string", "a string literal of C or C++", c_string, read_c_string},
    {"yaml", "a value or a key in YAML", yaml, read_json},
    {"toml", "a value or a key in TOML", toml, read_json},
}};

}  // namespace

std::span<const Context> literal_contexts() { return all; }

}  // namespace gird::text
