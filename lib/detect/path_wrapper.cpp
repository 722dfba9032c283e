// Schemes that a function for files follows somewhere else.
#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/path_files.hpp"
#include "detect/path_signs.hpp"

namespace gird::detect {
namespace {

bool scheme_byte(char c) { return name_byte(c) || c == '.' || c == '+' || c == '-'; }

/// Where the scheme starts that ends before the `:` at `colon`.
std::size_t scheme_begin(std::string_view text, std::size_t colon) {
  constexpr std::size_t longest = 20;
  std::size_t at = colon;
  while (at > 0 && colon - at < longest && scheme_byte(text[at - 1])) --at;
  return at;
}

/// A scheme with what is behind its colon.
struct Scheme {
  std::string_view name;  ///< in lower case
  std::string_view rest;
  Span where;
  Place place;
  [[nodiscard]] bool slashes() const { return rest.starts_with("//"); }
};

/// A value is read this far: each colon looks ahead once more.
constexpr std::size_t longest_value = 512;

std::size_t value_end(std::string_view text, std::size_t at) {
  static constexpr ByteSet ends(" \t\r\n\"'`<>");
  const std::size_t last = std::min(text.size(), at + longest_value);
  while (at < last && !ends.has(text[at])) ++at;
  return at;
}

/// Wrappers of PHP that read archives, run programs or open connections.
/// Source: PHP manual, "Supported Protocols and Wrappers".
bool is_wrapper(std::string_view name) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"compress.bzip2", "compress.zlib", "expect", "glob", "ogg", "phar", "rar", "ssh2.exec",
       "ssh2.scp", "ssh2.sftp", "ssh2.shell", "ssh2.tunnel", "zip", "zlib"});
  return listed(names, name);
}

bool is_php_stream(std::string_view rest) {
  static constexpr auto streams = std::to_array<std::string_view>(
      {"//fd", "//filter", "//input", "//memory", "//stdin", "//temp"});
  return std::ranges::any_of(streams, [&](std::string_view s) { return holds(rest, 0, s); });
}

void php_signs(const Scheme& scheme, Signs& signs) {
  if (scheme.name == "php" && is_php_stream(scheme.rest)) {
    const bool used = scheme.place.value() || scheme.rest.contains("resource=") ||
                      scheme.rest.contains("convert.");
    signs.add(used ? "path/php-stream" : "path/wrapper-mention", scheme.where);
  } else if (scheme.slashes() && is_wrapper(scheme.name)) {
    signs.add(scheme.place.value() ? "path/wrapper" : "path/wrapper-mention", scheme.where);
  }
}

/// `data://` is read by PHP alone; browsers know `data:` without slashes.
void data_signs(const Scheme& scheme, Signs& signs) {
  if (scheme.name != "data") return;
  const bool text =
      holds(scheme.rest, 0, "text/plain") || holds(scheme.rest, 0, "application/x-httpd-php");
  if (scheme.slashes() || (text && scheme.rest.contains(','))) {
    signs.add("path/data-url", scheme.where);
  }
}

/// `//host/...`: desktops pass file: URLs without one to each other.
bool has_host(std::string_view rest) {
  return rest.starts_with("//") && rest.size() > 2 && rest[2] != '/';
}

void file_signs(const Scheme& scheme, Signs& signs) {
  if (scheme.name != "file" && scheme.name != "local_file" && scheme.name != "netdoc") return;
  if (!scheme.rest.starts_with('/') && scheme.name == "file") return;
  constexpr std::size_t longest_path = 128;
  const Path path = read_path(part(scheme.rest, 0, longest_path), 0);
  if (secrecy_of(path.names.view()) != Secrecy::none) {
    signs.add("path/file-secret", scheme.where);
  } else if (scheme.name != "file" || (scheme.place.value() && has_host(scheme.rest))) {
    signs.add("path/file-url", scheme.where);
  } else if (scheme.place.value()) {
    signs.add("path/file-plain", scheme.where);
  }
}

/// `jar:http:`, `url:file:`: a URL within one.
void nested_signs(const Scheme& scheme, Signs& signs) {
  if (scheme.name != "jar" && scheme.name != "url") return;
  if (holds(scheme.rest, 0, "file:") || holds(scheme.rest, 0, "http:") ||
      holds(scheme.rest, 0, "https:") || holds(scheme.rest, 0, "ftp:")) {
    signs.add("path/java-url", scheme.where);
  }
}

/// Extensions of what is included: scripts, and text that is run as one.
bool is_code(std::string_view path) {
  static constexpr auto extensions = std::to_array<std::string_view>(
      {".asp", ".gif", ".inc", ".jpg", ".php", ".php3", ".php5", ".phtml", ".pl", ".sh", ".txt"});
  const std::size_t dot = path.rfind('.');
  return dot != std::string_view::npos && listed(extensions, SmallWord(part(path, dot)).view());
}

/// An address instead of a name: digits and dots, or with colons.
bool is_address(std::string_view host) {
  host = part(host, 0, host.rfind(':') == host.find(':') ? host.find(':') : host.size());
  const auto part = [](char c) { return hex_value(c) >= 0 || c == ':' || c == '[' || c == ']'; };
  const auto number = [](char c) { return digit(c) || c == '.'; };
  if (host.contains(':')) return std::ranges::all_of(host, part);
  return host.contains('.') && std::ranges::all_of(host, number);
}

/// A page that ends in `?` turns what the program appends into a query; one on a bare address
/// that is a script is nobody's home page.
void include_signs(const Scheme& scheme, Signs& signs) {
  const bool web = scheme.name == "http" || scheme.name == "https" || scheme.name == "ftp" ||
                   scheme.name == "ftps";
  if (!web || !scheme.slashes() || !scheme.place.value()) return;
  const std::string_view rest = part(scheme.rest, 2);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return;
  const std::string_view path = part(rest, slash);
  const std::string_view file = part(path, 0, path.find_first_of("?#"));
  const bool swallows = path.size() == file.size() + 1 && path.back() == '?' && is_code(file);
  const bool script = is_address(part(rest, 0, slash)) && is_code(file) && !path.contains('&');
  if (swallows || script) signs.add("path/remote-include", scheme.where);
}

void judge(const Scheme& scheme, Signs& signs) {
  php_signs(scheme, signs);
  data_signs(scheme, signs);
  file_signs(scheme, signs);
  nested_signs(scheme, signs);
  include_signs(scheme, signs);
}

/// Whether any scheme here ends in this letter: most colons are no part of a URL.
bool may_end_scheme(char c) {
  static constexpr ByteSet last("2abceglprst");
  return last.has(lower(c));
}

}  // namespace

void wrapper_signs(std::string_view text, Signs& signs) {
  constexpr std::size_t none = std::string_view::npos;
  for (std::size_t colon = text.find(':'); colon != none; colon = text.find(':', colon + 1)) {
    if (colon < 3 || colon + 2 >= text.size() || blank(text[colon + 1])) continue;
    if (!may_end_scheme(text[colon - 1])) continue;
    const std::size_t begin = scheme_begin(text, colon);
    const SmallWord name(part(text, begin, colon - begin));
    const std::size_t end = value_end(text, colon);
    const Span where{begin, end};
    judge({.name = name.view(),
           .rest = part(text, colon + 1, end - colon - 1),
           .where = where,
           .place = place_of(text, where)},
          signs);
  }
}

}  // namespace gird::detect
