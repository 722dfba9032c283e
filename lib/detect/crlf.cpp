#include "detect/crlf.hpp"

#include <algorithm>
#include <array>

#include "detect/bytes.hpp"

namespace gird::detect {
namespace {

constexpr std::size_t none = std::string_view::npos;

/// Bytes of the line end at `at`, 0 if there is none.
std::size_t line_end_length(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\r' || c == '\n') return 1;
  // The escapes of string literals, together: alone, they are a folder's name as well.
  if (c == '\\') return holds(text, at, "\\r\\n") ? 4 : 0;
  const bool wide = holds(text, at, "\xE5\x98\x8D") || holds(text, at, "\xE5\x98\x8A");
  return wide ? 3 : 0;
}

/// A run of line ends.
struct Break {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool carriage = false;  ///< not a line feed alone
};

Break break_at(std::string_view text, std::size_t at) {
  Break found{.begin = at, .end = at};
  while (found.end < text.size()) {
    const std::size_t length = line_end_length(text, found.end);
    if (length == 0) break;
    found.carriage |= text[found.end] != '\n';
    found.end += length;
  }
  return found;
}

/// Headers that change how a message is read, where it goes, or what a browser is told.
/// Source: the IANA registries of HTTP fields and of message headers; RFC 5321 for the envelope.
bool is_known_header(std::string_view name) {
  static constexpr auto names = std::to_array<std::string_view>({"accept",
                                                                 "authorization",
                                                                 "bcc",
                                                                 "cache-control",
                                                                 "cc",
                                                                 "connection",
                                                                 "content-disposition",
                                                                 "content-encoding",
                                                                 "content-length",
                                                                 "content-location",
                                                                 "content-security-policy",
                                                                 "content-type",
                                                                 "contentlength",
                                                                 "contenttype",
                                                                 "cookie",
                                                                 "etag",
                                                                 "expires",
                                                                 "from",
                                                                 "host",
                                                                 "last-modified",
                                                                 "link",
                                                                 "location",
                                                                 "mail from",
                                                                 "mime-version",
                                                                 "origin",
                                                                 "pragma",
                                                                 "proxy-authenticate",
                                                                 "rcpt to",
                                                                 "referer",
                                                                 "refresh",
                                                                 "reply-to",
                                                                 "server",
                                                                 "set-cookie",
                                                                 "status",
                                                                 "strict-transport-security",
                                                                 "subject",
                                                                 "to",
                                                                 "transfer-encoding",
                                                                 "upgrade",
                                                                 "user-agent",
                                                                 "vary",
                                                                 "via",
                                                                 "www-authenticate",
                                                                 "x-accel-redirect",
                                                                 "x-content-type-options",
                                                                 "x-forwarded-for",
                                                                 "x-forwarded-host",
                                                                 "x-frame-options",
                                                                 "x-http-method-override",
                                                                 "x-original-url",
                                                                 "x-rewrite-url",
                                                                 "x-sendfile",
                                                                 "x-xss-protection"});
  return listed(names, name) || name.starts_with("access-control-");
}

/// These are names of header fields, but of letters and forms as well.
bool is_common_word(std::string_view name) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"accept", "cc", "connection", "expires", "from", "host", "link", "location", "origin",
       "server", "status", "subject", "to", "upgrade", "via"});
  return listed(words, name);
}

/// The name before the colon of a header at `at`, empty if there is none.
std::string_view header_name(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 40;
  std::size_t end = at;
  while (end < text.size() && end - at < longest &&
         (letter(text[end]) || text[end] == '-' || text[end] == ' ')) {
    ++end;
  }
  return byte_at(text, end) == ':' ? part(text, at, end - at) : std::string_view();
}

bool is_method(std::string_view word) {
  static constexpr auto methods = std::to_array<std::string_view>(
      {"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"});
  return listed(methods, word);
}

/// `HTTP/1.1 200`, `GET /x HTTP/1.1` at `at`.
bool is_start_line(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 512;
  if (holds(text, at, "http/") && digit(byte_at(text, at + 5))) return true;
  const std::size_t end = name_end(text, at);
  if (!is_method(part(text, at, end - at)) || byte_at(text, end) != ' ') return false;
  const std::string_view line = part(text, end, reach);
  return part(line, 0, line.find_first_of("\r\n")).contains(" HTTP/");
}

/// `QUIT`, `V101 FETCH`, `RCPT`: a command, perhaps behind the tag of IMAP.
bool is_command(std::string_view text, std::size_t at) {
  static constexpr auto commands = std::to_array<std::string_view>(
      {"APPEND",  "AUTH",   "CAPABILITY", "CONFIG",   "DATA", "EHLO", "EVAL", "FETCH", "FLUSHALL",
       "FLUSHDB", "HELO",   "LOGIN",      "LOGOUT",   "MAIL", "NOOP", "QUIT", "RCPT",  "RETR",
       "RSET",    "SELECT", "SLAVEOF",    "STARTTLS", "STAT", "UIDL", "VRFY"});
  std::size_t end = name_end(text, at);
  std::string_view word = part(text, at, end - at);
  const bool tag = word.size() > 1 && digit(word.back()) && byte_at(text, end) == ' ';
  if (tag) {
    const std::size_t next = end + 1;
    end = name_end(text, next);
    word = part(text, next, end - next);
  }
  const char after = byte_at(text, end);
  return listed(commands, word) && (blank(after) || after == ':');
}

/// A trailer of a commit: `Signed-off-by`.
bool is_trailer(std::string_view name) { return name.ends_with("-by") || name.ends_with("-BY"); }

void header_signs(std::string_view text, const Break& ends, Signs& signs) {
  const std::string_view name = header_name(text, ends.end);
  if (name.empty()) return;
  const SmallWord word(name);
  const Span where{ends.begin, ends.end + name.size() + 1};
  if (is_known_header(word.view())) {
    const bool sure = ends.carriage && !is_common_word(word.view());
    signs.add(sure ? "crlf/header" : ends.carriage ? "crlf/header-word" : "crlf/header-lf", where);
  } else if (ends.carriage && name.contains('-') && !name.contains(' ') &&
             !is_trailer(word.view())) {
    signs.add("crlf/header-other", where);
  }
}

void line_signs(std::string_view text, const Break& ends, Signs& signs) {
  const Span where{ends.begin, std::min(ends.end + 8, text.size())};
  header_signs(text, ends, signs);
  if (is_start_line(text, ends.end)) signs.add("crlf/message", where);
  if (ends.carriage && is_command(text, ends.end)) signs.add("crlf/command", where);
  const std::size_t name = name_end(text, ends.end);
  if (name > ends.end && byte_at(text, name) == '=') {
    signs.add(ends.carriage ? "crlf/parameter-cr" : "crlf/parameter", where);
  }
}

/// Lines of a text, as far as they matter: a value that was made longer has few.
constexpr std::size_t many_lines = 12;

bool is_dump(std::string_view text) {
  if (is_start_line(text, 0)) return true;
  const std::string_view name = header_name(text, 0);
  if (!name.empty() && is_known_header(SmallWord(name).view())) return true;
  return std::ranges::count(text, '\n') > static_cast<std::ptrdiff_t>(many_lines);
}

std::size_t next_break(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if (line_end_length(text, at) > 0) return at;
  }
  return none;
}

/// Nothing but line ends, a carriage return among them: what is left of a value that was only one.
bool is_blank(std::string_view text) {
  const Break all = break_at(text, 0);
  return all.end == text.size() && all.carriage && text.size() > 2;
}

}  // namespace

void crlf_signs(std::string_view text, Signs& signs) {
  const bool lines = text.contains('\r') || text.contains('\n') || text.contains("\xE5\x98") ||
                     text.contains("\\r\\n");
  if (is_start_line(text, 0) && !text.starts_with("HTTP")) signs.add("crlf/request", {0, 8});
  if (!lines) return;
  if (is_blank(text)) signs.add("crlf/blank", {0, text.size()});
  Signs found;
  for (std::size_t at = next_break(text, 0); at != none; at = next_break(text, at)) {
    const Break ends = break_at(text, at);
    at = ends.end;
    if (at < text.size()) line_signs(text, ends, found);
  }
  if (found.all().empty()) return;
  if (is_dump(text)) {
    signs.add("crlf/dump", found.all().front().where);
    return;
  }
  for (const Sign& sign : found.all()) signs.add(sign.name, sign.where);
}

}  // namespace gird::detect
