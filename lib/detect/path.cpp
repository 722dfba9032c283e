#include "detect/path.hpp"

#include "detect/bytes.hpp"
#include "detect/path_files.hpp"
#include "detect/path_signs.hpp"

namespace gird::detect {
namespace {

/// What is known of a path when its signs are told.
struct Case {
  const Path& path;
  Place place;
  Secrecy secrecy;
  bool root;
  bool source;
};

void target_signs(const Case& now, Signs& signs) {
  const Path& path = now.path;
  const bool odd = path.hidden_ups + path.mangled + path.wild > 0;
  if (now.secrecy == Secrecy::secret) {
    signs.add("path/climb-to-secret", path.where);
  } else if (now.secrecy == Secrecy::known) {
    signs.add(path.ups > 1 || odd ? "path/climb-to-known" : "path/climb-near-known", path.where);
  }
  if (now.place.whole && is_server_script(path.names.view())) {
    signs.add("path/climb-to-script", path.where);
  }
}

void root_signs(const Case& now, Signs& signs) {
  const Path& path = now.path;
  const bool alone = now.place.whole && path.above == 1 && at_known_root(path.names.view());
  if (now.root && path.above > 2) {
    signs.add("path/climb-to-root", path.where);
  } else if (!now.source && (alone || (now.root && path.above == 2))) {
    signs.add("path/climb-near-root", path.where);
  }
}

/// Honest writers spell dots and separators as themselves.
void spelling_signs(const Case& now, Signs& signs) {
  const Path& path = now.path;
  if (path.hidden_ups > 0) {
    const bool sure = path.broken || path.hidden_ups > 1 || now.root;
    signs.add(sure ? "path/climb-hidden" : "path/climb-hidden-once", path.where);
  }
  if (path.mangled > 1 || (path.mangled == 1 && path.hidden_separator)) {
    signs.add("path/climb-mangled", path.where);
  } else if (path.mangled == 1 && (path.parameter || path.named_first == 0) && now.place.value()) {
    signs.add("path/climb-mangled-once", path.where);
  }
  if (path.wild > 2) signs.add("path/climb-wild", path.where);
  const bool both = path.slash && path.backslash;
  if (path.ups > 1 && (both || path.empties > 1)) signs.add("path/climb-mixed", path.where);
}

void depth_signs(const Case& now, Signs& signs) {
  const Path& path = now.path;
  if (path.absolute && path.above > 1) signs.add("path/climb-above-root", path.where);
  if (path.above > 5 && (!now.source || path.above > 8)) {
    signs.add("path/climb-deep", path.where);
  } else if (path.above > 2 && !now.source) {
    signs.add("path/climb-steep", path.where);
  }
  constexpr std::size_t longest_name = 255;  // NAME_MAX
  if (path.longest > longest_name) signs.add("path/climb-overlong", path.where);
  const bool out = path.named_first > 0 || path.absolute;
  if (out && path.above > 0 && !now.source) signs.add("path/climb-out", path.where);
  if (now.place.value()) signs.add("path/climb-plain", path.where);
}

/// A file that is named without climbing.
void file_signs(const Case& now, bool rooted, Signs& signs) {
  const Path& path = now.path;
  const bool secret = now.secrecy == Secrecy::secret;
  if (secret && (path.currents > 1 || path.hidden_separator)) {
    signs.add("path/dotted-to-secret", path.where);
  }
  if (now.place.value() && rooted) {
    signs.add(secret ? "path/secret-file" : "path/known-file", path.where);
  } else if (now.place.value()) {
    signs.add(secret ? "path/secret-name" : "path/known-name", path.where);
  } else if (secret && rooted) {
    signs.add("path/secret-mention", path.where);
  }
}

bool has_drive(std::string_view names) {
  return names.size() > 3 && letter(names[1]) && (names[2] == ':' || names[2] == '|');
}

void judge(std::string_view text, const Path& path, Signs& signs) {
  const std::string_view names = path.names.view();
  const Case now{.path = path,
                 .place = place_of(text, path.where),
                 .secrecy = secrecy_of(names),
                 .root = at_system_root(names),
                 .source = looks_like_source(names)};
  if (path.ups > 0) {
    target_signs(now, signs);
    root_signs(now, signs);
    spelling_signs(now, signs);
    depth_signs(now, signs);
  } else if (now.secrecy != Secrecy::none) {
    file_signs(now, path.absolute || has_drive(names), signs);
  }
  if (path.cut) {
    const bool secret = now.secrecy == Secrecy::secret;
    signs.add(secret ? "path/nul-cut-secret" : "path/nul-cut", path.where);
  }
  windows_path_signs(text, path, now.place, signs);
}

/// Bytes that make a word worth reading: a path has a separator, or spells one.
constexpr ByteSet telling("/\\%\xC0\xC1\xE0\xF0\xF8\xFC");

bool worth_reading(std::string_view word) {
  return telling.in(word) || word.contains("..") || word.contains("0x2") || word.contains("0x5");
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !ends_path(text[at])) ++at;
  return at;
}

void each_path(std::string_view text, Signs& signs) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = word_end(text, at);
    if (end > at && worth_reading(text.substr(at, end - at))) {
      judge(text, read_path(text, at), signs);
    }
    at = end + 1;
  }
}

/// A name alone is a path if it is the whole text: `.htpasswd`.
void lone_name(std::string_view text, Signs& signs) {
  const std::string_view word = trimmed(text);
  const bool bare = word.size() > 3 && word.size() < 40 && word_end(word, 0) == word.size();
  if (bare && word.contains('.') && !worth_reading(word)) {
    judge(text, read_path(text, static_cast<std::size_t>(word.data() - text.data())), signs);
  }
}

}  // namespace

Place place_of(std::string_view text, const Span& word) {
  static constexpr std::string_view around = " \t\r\n\"'`<>";
  const std::size_t before = text.substr(0, word.begin).find_last_not_of(around);
  const std::size_t after = text.find_first_not_of(around, word.end);
  constexpr std::size_t none = std::string_view::npos;
  const bool parameter = before != none && text[before] == '=';
  return {.whole = before == none && after == none, .parameter = parameter};
}

void path_signs(std::string_view text, Signs& signs) {
  const bool paths = worth_reading(text);
  if (paths) each_path(text, signs);
  if (!paths) lone_name(text, signs);
  if (text.contains(':')) wrapper_signs(text, signs);
}

}  // namespace gird::detect
