#include "detect/ssrf.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/path_signs.hpp"
#include "detect/url_host.hpp"

namespace gird::detect {
namespace {

constexpr std::size_t none = std::string_view::npos;

struct Url {
  std::string_view scheme;
  std::string_view user;  ///< before the last `@` of the authority
  std::string_view host;  ///< without the port
  std::string_view path;
  Span where;
  Place place;
  bool slashes = false;
};

bool scheme_byte(char c) { return letter(c) || digit(c) || c == '+' || c == '-' || c == '.'; }

std::size_t scheme_begin(std::string_view text, std::size_t colon) {
  constexpr std::size_t longest = 16;
  std::size_t at = colon;
  while (at > 0 && colon - at < longest && scheme_byte(text[at - 1])) --at;
  while (at < colon && !letter(text[at])) ++at;
  return at;
}

/// A URL is read this far.
constexpr std::size_t longest_url = 300;

std::size_t url_end(std::string_view text, std::size_t at) {
  static constexpr ByteSet ends(" \t\r\n\"'`<>");
  const std::size_t last = std::min(text.size(), at + longest_url);
  while (at < last && !ends.has(text[at])) ++at;
  return at;
}

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return part(host, 0, std::min(host.find(']'), host.size() - 1) + 1);
  return part(host, 0, host.find(':'));
}

Url url_at(std::string_view text, std::size_t colon) {
  Url url;
  const std::size_t begin = scheme_begin(text, colon);
  const std::size_t end = url_end(text, colon);
  url.scheme = part(text, begin, colon - begin);
  url.where = {begin, end};
  url.slashes = holds(text, colon + 1, "//");
  const std::size_t from = std::min(url.slashes ? colon + 3 : colon + 1, end);
  std::string_view rest = part(text, from, end - from);
  const std::size_t stop = std::min(rest.find_first_of("/?#"), rest.size());
  url.path = part(rest, stop);
  rest = part(rest, 0, stop);
  const std::size_t user = rest.rfind('@');
  if (user != none) {
    url.user = part(rest, 0, user);
    rest.remove_prefix(user + 1);
  }
  url.host = without_port(rest);
  return url;
}

bool is_web(std::string_view scheme) {
  const SmallWord word(scheme);
  return word.view() == "http" || word.view() == "https";
}

/// Schemes beside the web's that libraries which fetch URLs know, and that no program is set up
/// with as databases and queues are. Source: curl(1), PROTOCOLS.
bool is_fetched(std::string_view scheme) {
  static constexpr auto schemes = std::to_array<std::string_view>(
      {"dict", "ftp",   "ftps", "gopher", "gophers", "imap", "imaps", "irc",
       "ldap", "ldaps", "pop3", "pop3s",  "rsync",   "rtsp", "scp",   "sftp",
       "smb",  "smbs",  "smtp", "smtps",  "telnet",  "tftp"});
  return listed(schemes, SmallWord(scheme).view());
}

void address_signs(const Url& url, const HostAddress& address, bool folded, Signs& signs) {
  const bool inner = address.kind != HostKind::outside && address.kind != HostKind::name;
  if (address.odd || folded) {
    signs.add(inner ? "ssrf/odd-address" : "ssrf/odd-outside", url.where);
  }
  if (address.zone) signs.add("ssrf/zone", url.where);
  if (address.kind == HostKind::metadata) {
    signs.add(url.place.value() ? "ssrf/metadata" : "ssrf/metadata-within", url.where);
  } else if (inner && url.place.value()) {
    const bool strange = !url.slashes || is_fetched(url.scheme) || address.six;
    signs.add(strange ? "ssrf/strange-inside" : "ssrf/inside", url.where);
  }
}

/// `google.com` as a user: the reader takes it for the host.
bool looks_like_host(std::string_view user) {
  static constexpr auto domains = std::to_array<std::string_view>(
      {"com", "dev", "edu", "gov", "info", "io", "local", "net", "org"});
  const std::string_view name = part(user, 0, user.find(':'));
  const std::size_t dot = name.rfind('.');
  return dot != none && dot > 0 && listed(domains, SmallWord(part(name, dot + 1)).view());
}

void user_signs(const Url& url, Signs& signs) {
  const bool web = is_web(url.scheme) && url.slashes;
  if (web && looks_like_host(url.user)) signs.add("ssrf/userinfo", url.where);
  if (web && (url.user.contains('@') || url.user.contains('\\') || url.user.contains('&'))) {
    signs.add("ssrf/split", url.where);
  }
  const bool path_user = url.path.starts_with("/:") && url.path.contains('@');
  if (web && path_user) signs.add("ssrf/split", url.where);
}

/// Protocols of lines that an HTTP library of C speaks when a URL asks for them.
bool is_foreign(std::string_view scheme) {
  static constexpr auto schemes =
      std::to_array<std::string_view>({"dict", "gopher", "ldapi", "tftp"});
  return listed(schemes, scheme);
}

void host_signs(const Url& url, Signs& signs) {
  const PlainHost plain(url.host);
  const bool number = !url.slashes && plain.view().find_first_of(".x[") == none;
  // `http:8080` is a port, `http:2852039166` an address.
  if (number && plain.view().size() < 8) return;
  if (const auto address = host_address(plain.view())) {
    address_signs(url, *address, plain.folded(), signs);
  } else if (url.slashes && is_inner_name(plain.view()) && url.place.value()) {
    signs.add("ssrf/inner-name", url.where);
  } else if (url.slashes && plain.view() == "localhost" && url.place.value()) {
    const bool strange = plain.folded() || is_fetched(url.scheme);
    signs.add(strange ? "ssrf/strange-inside" : "ssrf/inside", url.where);
  }
}

void metadata_name_signs(const Url& url, Signs& signs) {
  const bool google = holds(url.host, 0, "metadata.google.internal");
  if (!google) return;
  const bool asks = holds(url.path, 0, "/computemetadata");
  signs.add(asks && url.place.value() ? "ssrf/metadata" : "ssrf/metadata-within", url.where);
}

void judge(const Url& url, Signs& signs) {
  const SmallWord scheme(url.scheme);
  if (url.slashes && is_foreign(scheme.view())) {
    signs.add(url.place.value() ? "ssrf/scheme" : "ssrf/scheme-within", url.where);
  }
  if (url.host.starts_with('\\') && url.slashes) signs.add("ssrf/escaped-host", url.where);
  if (!url.slashes && !is_web(url.scheme)) return;
  host_signs(url, signs);
  user_signs(url, signs);
  metadata_name_signs(url, signs);
}

/// `http://a:80 &@b:80# @c`: blanks within the authority, where parsers stop at different ones.
void split_signs(std::string_view text, std::size_t colon, Signs& signs) {
  constexpr std::size_t reach = 80;
  const std::string_view near = part(text, colon, reach);
  if (near.contains(" &@") || near.contains("# @") || near.contains(" @127.")) {
    signs.add("ssrf/split", {colon, std::min(colon + reach, text.size())});
  }
}

/// `localhost/` and the like without a scheme, as the whole value.
void bare_signs(std::string_view text, Signs& signs) {
  constexpr std::size_t longest = 64;
  static constexpr std::string_view around = " \t\r\n\"'<>";
  const std::size_t end = text.find_last_not_of(around);
  if (end == none || text[end] != '/') return;
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest && (scheme_byte(text[begin - 1]))) --begin;
  const char before = begin == 0 ? '"' : text[begin - 1];
  const std::string_view host = part(text, begin, end - begin);
  if (before != '"' && before != '\'' && before != '=') return;
  if (is_inner_name(SmallWord(host).view()) || host == "localhost") {
    signs.add("ssrf/inner-name", {begin, end + 1});
  }
}

}  // namespace

void ssrf_signs(std::string_view text, Signs& signs) {
  // mod_proxy takes what is behind the bar for the target. Source: CVE-2021-40438.
  const std::size_t bar = text.find("|http");
  if (bar != none && part(text, 0, bar).contains("unix:")) signs.add("ssrf/unix", {0, bar});
  for (std::size_t colon = text.find(':'); colon != none; colon = text.find(':', colon + 1)) {
    const char next = byte_at(text, colon + 1);
    const bool host = next == '/' || digit(next) || next == '[';
    if (colon < 2 || !host || !letter(text[colon - 1] == '3' ? 'p' : text[colon - 1])) continue;
    if (next == '/' && byte_at(text, colon + 2) != '/') continue;
    Url url = url_at(text, colon);
    if (url.scheme.size() < 3 || (next != '/' && !is_web(url.scheme))) continue;
    url.place = place_of(text, url.where);
    judge(url, signs);
    split_signs(text, colon, signs);
  }
  bare_signs(text, signs);
}

}  // namespace gird::detect
