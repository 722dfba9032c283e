// What Windows reads into a path: devices, shares, streams, reserved and short names.
#include <algorithm>
#include <array>

#include "detect/bytes.hpp"
#include "detect/path_signs.hpp"

namespace gird::detect {
namespace {

bool bar(char c) { return c == '\\' || c == '/'; }

/// `\\?\`, `\\.\`, `\??\`, `//./`: past the checks of names.
bool is_device(std::string_view word) {
  if (word.size() < 4 || word[0] != '\\') return false;
  if (word.starts_with("\\??\\")) return true;
  return word[1] == '\\' && (word[2] == '?' || word[2] == '.') && bar(word[3]);
}

/// The host of `\\host\share`, empty if it is none.
std::string_view share_host(std::string_view word) {
  if (!word.starts_with("\\\\") || word.size() < 5 || bar(word[2])) return {};
  const std::size_t end = word.find_first_of("\\/", 2);
  return end == std::string_view::npos || end + 1 == word.size() ? std::string_view()
                                                                 : part(word, 2, end - 2);
}

/// `\\host\c$`, `\\host\admin$`, `\\host@ssl\`: shares that only an administrator, or nobody, has.
bool is_admin_share(std::string_view word, std::string_view host) {
  const std::size_t share = host.size() + 3;
  const std::size_t end = std::min(word.find_first_of("\\/", share), word.size());
  return host.contains('@') || (end > share && word[end - 1] == '$');
}

void share_signs(std::string_view word, const Span& where, const Place& place, Signs& signs) {
  if (is_device(word)) {
    signs.add("path/device", where);
    return;
  }
  const std::string_view host = share_host(word);
  if (host.empty() || host == "." || host == "..") return;
  if (is_admin_share(word, host)) {
    signs.add("path/admin-share", where);
  } else if (place.value()) {
    signs.add("path/share", where);
  }
}

/// `::$DATA`, `:$I30:$INDEX_ALLOCATION`: another name of the same bytes.
bool has_stream(std::string_view word) {
  for (std::size_t at = word.find(":$"); at != std::string_view::npos;
       at = word.find(":$", at + 1)) {
    if (holds(word, at + 2, "data") || holds(word, at + 2, "i30") ||
        holds(word, at + 2, "index_allocation") || holds(word, at + 2, "bitmap")) {
      return at > 0;
    }
  }
  return false;
}

/// The last name of a path up to its first dot.
std::string_view last_stem(std::string_view names) {
  const std::size_t slash = names.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? names : part(names, slash + 1);
  return part(last, 0, last.find_first_of(".:"));
}

bool is_reserved(std::string_view stem) {
  static constexpr auto names =
      std::to_array<std::string_view>({"aux", "clock$", "con", "conin$", "conout$", "nul", "prn"});
  if (listed(names, stem)) return true;
  const bool numbered = stem.size() == 4 && stem[3] > '0' && stem[3] <= '9';
  return numbered && (stem.starts_with("com") || stem.starts_with("lpt"));
}

/// `PROGRA~1`: up to six bytes, a tilde and a number.
bool is_short(std::string_view names) {
  const std::size_t tilde = names.find('~');
  return tilde != std::string_view::npos && tilde > 1 && names[tilde - 1] != '/' &&
         digit(byte_at(names, tilde + 1)) && byte_at(names, tilde + 1) != '0';
}

/// Windows drops the dots behind a name; a check for the extension does not.
bool has_trailing_dots(std::string_view word) {
  static constexpr auto scripts = std::to_array<std::string_view>(
      {".asp", ".aspx", ".cgi", ".cshtml", ".jsp", ".jspx", ".php", ".php5", ".phtml", ".pl"});
  const std::size_t last = word.find_last_not_of('.');
  if (last == std::string_view::npos || word.size() - last < 3) return false;
  const std::string_view name = part(word, 0, last + 1);
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && listed(scripts, SmallWord(part(name, dot)).view());
}

}  // namespace

void windows_path_signs(std::string_view text, const Path& path, const Place& place, Signs& signs) {
  const Span where = path.where;
  const std::string_view word = part(text, where.begin, where.end - where.begin);
  if (word.starts_with('\\')) share_signs(word, where, place, signs);
  if (has_stream(word)) signs.add("path/stream", where);
  const bool windows = path.backslash || path.ups > 0;
  if (windows && is_reserved(last_stem(path.names.view()))) signs.add("path/reserved", where);
  if (path.backslash && is_short(path.names.view())) signs.add("path/short-name", where);
  if (place.value() && has_trailing_dots(word)) signs.add("path/trailing", where);
}

}  // namespace gird::detect
