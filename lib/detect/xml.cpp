#include "detect/xml.hpp"

#include "detect/letters.hpp"
#include "detect/part.hpp"

namespace gird::detect {
namespace {

using letters::has_at;
using letters::is_space;

constexpr std::size_t none = std::string_view::npos;
/// How much of a declaration is read: the names and the address of one that is meant.
constexpr std::size_t longest = 256;

bool is_xml_name(char c) {
  return letters::is_name(c) || c == '-' || c == '.' || c == ':' ||
         static_cast<unsigned char>(c) > 0x7f;
}

/// What an identifier points to: whether the words that are published by the W3C and OASIS only
/// name a grammar.
bool is_public_grammar(std::string_view declaration) {
  for (const std::string_view known :
       {"http://www.w3.org/", "https://www.w3.org/", "http://www.oasis-open.org/", "-//W3C//",
        "-//OASIS//", "-//IETF//", "about:legacy-compat", "http://java.sun.com/",
        "http://www.apple.com/DTDs", "-//Apple//", "http://xml.", "-//"}) {
    if (declaration.contains(known)) return true;
  }
  return false;
}

/// Where `SYSTEM` or `PUBLIC`, followed by a quote, starts; none if the declaration has neither.
std::size_t external_at(std::string_view declaration) {
  for (std::size_t at = declaration.find_first_of("SPsp"); at != none;
       at = declaration.find_first_of("SPsp", at + 1)) {
    if (!has_at(declaration, at, "system") && !has_at(declaration, at, "public")) continue;
    const std::size_t quote = letters::skip(declaration, at + 6, is_space);
    if (quote < declaration.size() && (declaration[quote] == '"' || declaration[quote] == '\'')) {
      return at;
    }
    if (quote > at + 6) return at;
  }
  return none;
}

/// Does the value of an entity consist of entities, as those of a bomb do?
std::size_t references_in(std::string_view value) {
  std::size_t count = 0;
  for (std::size_t at = value.find_first_of("&%"); at != none;
       at = value.find_first_of("&%", at + 1)) {
    const std::size_t end = letters::skip(value, at + 1, is_xml_name);
    if (end > at + 1 && end < value.size() && value[end] == ';') ++count;
  }
  return count;
}

void entity_signs(std::string_view text, std::size_t at, Signs& signs) {
  const std::string_view rest = part(text, at, longest);
  std::size_t name = letters::skip(rest, 8, is_space);
  if (name == 8 || name >= rest.size()) return;
  const bool parameter = rest[name] == '%' || rest[name] == '&';
  if (parameter) name = letters::skip(rest, name + 1, [](char c) { return !is_space(c); });
  name = letters::skip(rest, name, is_space);
  const std::size_t after = letters::skip(rest, letters::skip(rest, name, is_xml_name), is_space);
  if (after >= rest.size()) return;
  const std::string_view value = part(rest, after, rest.find('>', after) - after);
  const Span where{at, at + after};
  if (external_at(part(value, 0, 6 + 64)) == 0) {
    return signs.add(parameter ? "xml/parameter-external" : "xml/external-entity", where);
  }
  const bool quoted = value.starts_with('"') || value.starts_with('\'');
  if (!quoted) return;
  if (references_in(value) >= 2) signs.add("xml/entity-bomb", where);
  signs.add(parameter ? "xml/parameter" : "xml/entity", where);
}

void doctype_signs(std::string_view text, std::size_t at, Signs& signs) {
  const std::string_view rest = part(text, at, longest);
  const std::string_view head = part(rest, 0, rest.find_first_of("[>"));
  const std::size_t external = external_at(part(head, std::min<std::size_t>(9, head.size())));
  if (external == none) return;
  const Span where{at, at + head.size()};
  if (!is_public_grammar(head)) signs.add("xml/external-doctype", where);
}

/// `<?xml version="1.0" encoding="UTF-7"?>`.
void encoding_signs(std::string_view text, std::size_t at, Signs& signs) {
  const std::string_view rest = part(text, at, longest);
  const std::string_view declaration = part(rest, 0, rest.find("?>"));
  const std::size_t name = declaration.find("encoding");
  if (name == none) return;
  const std::size_t value = declaration.find_first_not_of(" \t\r\n=\"'", name + 8);
  for (const std::string_view foreign : {"utf-7", "cp037", "ibm037", "ebcdic"}) {
    if (value != none && has_at(declaration, value, foreign)) {
      signs.add("xml/encoding", {at, at + value + foreign.size()});
    }
  }
}

/// `<xi:include href="...">`, `<xs:include schemaLocation="...">`, `<xs:import ...>`.
void include_signs(std::string_view text, std::size_t at, Signs& signs) {
  const std::string_view rest = part(text, at, longest);
  const std::size_t end = letters::skip(rest, 1, is_xml_name);
  const std::string_view name = part(rest, 1, end - 1);
  const std::size_t colon = name.find(':');
  if (colon == none) return;
  const std::string_view local = part(name, colon + 1);
  if (has_at(name, 0, "xsl:stylesheet") || has_at(name, 0, "xsl:transform")) {
    signs.add("xml/stylesheet", {at, at + end});
  }
  if (!has_at(local, 0, "include") && !has_at(local, 0, "import")) return;
  const std::string_view attributes = part(rest, end, rest.find('>', end) - end);
  const Span where{at, at + end};
  if (attributes.contains("href")) {
    // A style sheet includes its parts by the same word.
    signs.add(has_at(name, 0, "xsl") ? "xml/stylesheet-include" : "xml/include", where);
  } else if (attributes.contains("schemaLocation") || attributes.contains("namespace")) {
    signs.add("xml/schema-include", where);
  }
}

/// `xsi:schemaLocation="http://a.b/ http://other.example/x.xsd"`.
void schema_signs(std::string_view text, Signs& signs) {
  const std::size_t at = text.find("chemaLocation");
  if (at == none || at < 5) return;
  const std::string_view value = part(text, at, longest);
  if (!value.contains("://")) return;
  signs.add("xml/schema-location", {at - 1, at + 13});
}

}  // namespace

void xml_signs(std::string_view text, Signs& signs) {
  for (std::size_t at = text.find('<'); at != none; at = text.find('<', at + 1)) {
    if (at + 1 >= text.size()) break;
    if (text[at + 1] == '!') {
      if (has_at(text, at, "<!entity")) entity_signs(text, at, signs);
      if (has_at(text, at, "<!doctype")) doctype_signs(text, at, signs);
    } else if (has_at(text, at, "<?xml")) {
      encoding_signs(text, at, signs);
    } else if (letters::is_letter(text[at + 1])) {
      include_signs(text, at, signs);
    }
  }
  if (text.contains('<')) schema_signs(text, signs);
}

}  // namespace gird::detect
