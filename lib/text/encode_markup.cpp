// HTML, XML, Markdown.
#include <array>
#include <charconv>

#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

constexpr Escape reference(unsigned char byte) {
  switch (byte) {
    case '&': return {"&amp;"};
    case '<': return {"&lt;"};
    case '>': return {"&gt;"};
    case '"': return {"&quot;"};
    // &apos; is not in HTML 4; two digits are enough for what is left of ASCII.
    default: return in_hex("&#x", byte, 2, ";");
  }
}

/// In text and in values with quotes. A carriage return would be read as a line feed
/// (HTML, 13.2.3.5).
constexpr Escapes html_table = Escapes(Beyond::utf8).write("&<>\"'\r", reference);

/// Blanks end a value without quotes, a grave accent was a quote in old browsers. Other controls
/// stay: many readers drop them when they are references.
constexpr Escapes html_attr_table = Escapes(Beyond::utf8)
                                        .write_all_but("-._\x7f", reference)
                                        .pass(not_in_xml)
                                        .write("\f", reference)
                                        .refuse({"\0", 1});

constexpr Escapes xml_table = Escapes(Beyond::utf8).write("&<>\r", reference).refuse(not_in_xml);
/// Blanks in values are made spaces (3.3.3) unless they are references.
constexpr Escapes xml_attr_table =
    Escapes(Beyond::utf8).write("&<>\"'\r\n\t", reference).refuse(not_in_xml);
constexpr Escapes cdata_table = Escapes(Beyond::utf8).refuse(not_in_xml);

bool in_xml(char32_t point, std::string_view bytes, std::string& out) {
  if (point == 0xfffe || point == 0xffff) return false;
  out += bytes;
  return true;
}

Encoded html(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(html_table, text, on_unsafe);
}

/// Blanks beyond ASCII end no value in HTML, but in readers that go by Unicode. (A reference to C1
/// would be read as another character.)
bool in_html_attr(char32_t point, std::string_view bytes, std::string& out) {
  const bool blank = point == 0xa0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200a) ||
                     point == 0x2028 || point == 0x2029 || point == 0x202f || point == 0x205f ||
                     point == 0x3000;
  if (!blank) {
    out += bytes;
    return true;
  }
  out += "&#" + std::to_string(static_cast<std::uint32_t>(point)) + ";";
  return true;
}

Encoded html_attr(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(html_attr_table, text, on_unsafe, {}, {}, in_html_attr);
}
Encoded xml(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(xml_table, text, on_unsafe, {}, {}, in_xml);
}
Encoded xml_attr(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(xml_attr_table, text, on_unsafe, {}, {}, in_xml);
}

constexpr std::string_view cdata_open = "<![CDATA[";
constexpr std::string_view cdata_close = "]]>";

/// A section cannot hold its own end, nor a carriage return, which would become a line feed: it
/// ends in the midst of the one, and around the other.
Encoded cdata(std::string_view text, OnUnsafe on_unsafe) {
  auto plain = escaped(cdata_table, text, on_unsafe, {}, {}, in_xml);
  if (!plain) return plain;
  std::string out(cdata_open);
  for (std::size_t at = 0; at < plain->size(); ++at) {
    const std::string_view rest = std::string_view(*plain).substr(at);
    if (rest.starts_with("]]>")) {
      out += "]]]]><![CDATA[>";
      at += 2;
    } else if (rest[0] == '\r') {
      out += "]]>&#xd;<![CDATA[";
    } else {
      out += rest[0];
    }
  }
  out += cdata_close;
  return out;
}

std::optional<std::string> read_cdata(std::string_view encoded) {
  std::string out;
  while (!encoded.empty()) {
    constexpr std::string_view cr = "&#xd;";
    if (encoded.starts_with(cr)) {
      out += '\r';
      encoded.remove_prefix(cr.size());
      continue;
    }
    if (!encoded.starts_with(cdata_open)) return std::nullopt;
    encoded.remove_prefix(cdata_open.size());
    const std::size_t end = encoded.find(cdata_close);
    if (end == encoded.npos) return std::nullopt;
    out += encoded.substr(0, end);
    encoded.remove_prefix(end + cdata_close.size());
  }
  return out;
}

struct Named {
  std::string_view name;
  std::string_view text;
};
constexpr std::array<Named, 5> named{
    {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}}};

/// `body` is what stands between `&` and `;`.
bool append_reference(std::string_view body, std::string& out) {
  for (const Named& row : named) {
    if (body == row.name) {
      out += row.text;
      return true;
    }
  }
  if (!body.starts_with('#')) return false;
  body.remove_prefix(1);
  const bool hex = body.starts_with('x') || body.starts_with('X');
  if (hex) body.remove_prefix(1);
  std::uint32_t point = 0;
  const auto [end, error] =
      std::from_chars(body.data(), body.data() + body.size(), point, hex ? 16 : 10);
  if (error != std::errc() || end != body.data() + body.size()) return false;
  if (point == 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return false;
  append_utf8(out, point);
  return true;
}

/// The five names of XML, and numbers. The 2,231 names of HTML are not read: nothing here writes
/// them.
std::optional<std::string> read_references(std::string_view encoded) {
  std::string out;
  while (!encoded.empty()) {
    const std::size_t sign = std::min(encoded.find('&'), encoded.size());
    out += encoded.substr(0, sign);
    encoded.remove_prefix(sign);
    if (encoded.empty()) break;
    const std::size_t end = encoded.find(';');
    if (end == encoded.npos || !append_reference(encoded.substr(1, end - 1), out)) {
      return std::nullopt;
    }
    encoded.remove_prefix(end + 1);
  }
  return out;
}

constexpr std::string_view punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// Every sign of ASCII may have a backslash before it (CommonMark 0.31.2, 2.4); blanks at the ends
/// of lines and line breaks mean something, as references they are characters (2.5).
constexpr Escapes markdown_table =
    Escapes(Beyond::utf8).before(punctuation, "\\").write("\n\r\t", [](unsigned char byte) {
      return in_hex("&#x", byte, 1, ";");
    });

constexpr std::string_view blank_reference = "&#x20;";

/// A blank is only looked at with its neighbours: at the head, at the end, in a row of blanks.
Encoded markdown(std::string_view text, OnUnsafe on_unsafe) {
  auto out = escaped(markdown_table, text, on_unsafe);
  if (!out) return out;
  std::string spaced;
  for (std::size_t i = 0; i < out->size(); ++i) {
    const bool alone = i > 0 && i + 1 < out->size() && (*out)[i - 1] != ' ';
    if ((*out)[i] == ' ' && !alone) {
      spaced += blank_reference;
    } else {
      spaced += (*out)[i];
    }
  }
  return spaced;
}

std::optional<std::string> read_markdown(std::string_view encoded) {
  std::string plain;
  for (std::size_t at; (at = encoded.find(blank_reference)) != encoded.npos;) {
    plain += encoded.substr(0, at);
    plain += ' ';
    encoded.remove_prefix(at + blank_reference.size());
  }
  plain += encoded;
  return unescaped(markdown_table, plain);
}

constexpr std::array<Context, 6> all{{
    {"html", "text of an HTML element, or a value of an attribute in quotes", html,
     read_references},
    {"html-attr", "a value of an HTML attribute, with quotes or without", html_attr,
     read_references},
    {"xml", "text of an XML element", xml, read_references},
    {"xml-attr", "a value of an XML attribute in quotes", xml_attr, read_references},
    {"cdata", "text of an XML element, as CDATA sections", cdata, read_cdata},
    {"markdown", "text within a paragraph of Markdown", markdown, read_markdown},
}};

}  // namespace

std::span<const Context> markup_contexts() { return all; }

}  // namespace gird::text
