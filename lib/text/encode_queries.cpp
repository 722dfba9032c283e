// URLs, LDAP, XPath.
#include <algorithm>
#include <array>

#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

/// All but what RFC 3986, 2.3 calls unreserved.
constexpr Escapes component_table = Escapes(Beyond::bytes).write_all_but("-._~", in_percent);

Encoded url_component(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(component_table, text, on_unsafe);
}

/// What stands in a URL stays, `%` among it; what does not is written in digits. Browsers read a
/// backslash as a slash.
constexpr Escapes url_table =
    Escapes(Beyond::bytes).write_all_but("-._~:/?#[]@!$&()*+,;=%", in_percent);

/// The scheme in lower case, as a browser finds it: it skips blanks at the head, and tabs and line
/// breaks everywhere (URL Standard, 4.4). Empty if there is none.
std::string scheme_of(std::string_view text) {
  std::string scheme;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20 && (scheme.empty() || c != ' ')) continue;
    if (c == ':') return scheme;
    if (c == '/' || c == '?' || c == '#' || c == '\\') return {};
    scheme += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return {};
}

Encoded url(std::string_view text, OnUnsafe on_unsafe) {
  constexpr std::array<std::string_view, 4> allowed{"http", "https", "mailto", ""};
  const std::string scheme = scheme_of(text);
  if (std::ranges::find(allowed, scheme) == allowed.end()) {
    if (on_unsafe == OnUnsafe::replace) return "about:blank";
    return std::unexpected(Unsafe{0, "only http, https and mailto can stand there"});
  }
  return escaped(url_table, text, on_unsafe);
}

/// RFC 4515, 3; what is beyond ASCII in digits too, so that any byte can be asked for.
constexpr Escapes filter_table = [] {
  const auto digits = [](unsigned char byte) { return in_hex("\\", byte, 2); };
  return Escapes(Beyond::bytes).write_all_but(" !\"#$%&'+,-./:;<=>?@[]^_`{|}~", digits);
}();

Encoded ldap_filter(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(filter_table, text, on_unsafe);
}
std::optional<std::string> read_ldap_filter(std::string_view encoded) {
  return unescaped(filter_table, encoded);
}

/// RFC 4514, 2.4, in digits throughout: then a blank or `#` at the head needs no rule of its own.
constexpr Escapes dn_table = [] {
  const auto digits = [](unsigned char byte) { return in_hex("\\", byte, 2); };
  return Escapes(Beyond::bytes).write_all_but("-._@:/()!?*$%&'[]^`{|}~", digits);
}();

Encoded ldap_dn(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(dn_table, text, on_unsafe);
}
std::optional<std::string> read_ldap_dn(std::string_view encoded) {
  return unescaped(dn_table, encoded);
}

/// A literal of XPath 1.0 has no escapes: a text with both quotes is put together from pieces.
constexpr Escapes xpath_table = Escapes(Beyond::utf8).refuse(not_in_xml);

Encoded xpath(std::string_view text, OnUnsafe on_unsafe) {
  auto plain = escaped(xpath_table, text, on_unsafe);
  if (!plain) return plain;
  if (!plain->contains('\'')) return "'" + *plain + "'";
  if (!plain->contains('"')) return "\"" + *plain + "\"";
  std::string out = "concat(";
  std::string_view rest = *plain;
  while (!rest.empty()) {
    const char quote = rest[0] == '\'' ? '"' : '\'';
    const std::size_t end = std::min(rest.find(quote), rest.size());
    if (out.back() != '(') out += ',';
    out += quote;
    out += rest.substr(0, end);
    out += quote;
    rest.remove_prefix(end);
  }
  return out + ")";
}

constexpr std::array<Context, 5> all{{
    {"url-component", "a part of a path, a name or a value in the query of a URL", url_component,
     without_percent},
    {"url", "a URL of http, https or mailto, or a relative one", url, nullptr},
    {"ldap-filter", "a value in a filter of LDAP", ldap_filter, read_ldap_filter},
    {"ldap-dn", "a value in a distinguished name of LDAP", ldap_dn, read_ldap_dn},
    {"xpath", "a string in XPath", xpath, nullptr},
}};

}  // namespace

std::span<const Context> query_contexts() { return all; }

}  // namespace gird::text
