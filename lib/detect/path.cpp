#include "detect/path.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

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
    signs.add(path.ups > 1 || odd || now.root ? "path/climb-to-known" : "path/climb-near-known",
              path.where);
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

/// `cat FILE` and nothing else: the text is a command that shows the file.
bool is_shown(std::string_view text, const Path& path) {
  static constexpr auto readers =
      std::to_array<std::string_view>({"base64", "cat", "head", "less", "more", "nl", "od",
                                       "strings", "tac", "tail", "type", "xxd"});
  constexpr std::size_t longest = 16;
  if (path.where.begin > longest) return false;
  const std::string_view before = trimmed(part(text, 0, path.where.begin));
  const bool last = trimmed(part(text, path.where.end)).empty();
  return last && listed(readers, before);
}

/// A file that is named without climbing.
void file_signs(const Case& now, std::string_view text, bool rooted, Signs& signs) {
  const Path& path = now.path;
  if (rooted && is_shown(text, path)) signs.add("path/shown", path.where);
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
    file_signs(now, text, path.absolute || has_drive(names), signs);
  }
  if (path.cut) {
    const bool secret = now.secrecy == Secrecy::secret;
    signs.add(secret ? "path/nul-cut-secret" : "path/nul-cut", path.where);
  }
  windows_path_signs(text, path, now.place, signs);
}

/// What a byte tells of the word that it is in.
constexpr std::uint8_t ending = 1;     ///< it is not in one
constexpr std::uint8_t separator = 2;  ///< the word is a path
constexpr std::uint8_t odd = 4;        ///< it may spell one

consteval std::array<std::uint8_t, 256> tellings() {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    if (ends_path(static_cast<char>(c))) table.at(c) = ending;
  }
  for (const unsigned char c : {'/', '\\'}) table.at(c) = separator;
  for (const unsigned c : {0x25U, 0xC0U, 0xC1U, 0xE0U, 0xE2U, 0xEFU, 0xF0U, 0xF8U, 0xFCU}) {
    table.at(c) = odd;
  }
  return table;
}

std::uint8_t telling(char c) {
  static constexpr auto table = tellings();
  return table[static_cast<unsigned char>(c)];
}

/// Where the word at `at` ends, and what its bytes tell.
std::size_t word_end(std::string_view text, std::size_t at, std::uint8_t& told) {
  while (at < text.size()) {
    const std::uint8_t byte = telling(text[at]);
    if (byte == ending) break;
    told |= byte;
    ++at;
  }
  return at;
}

/// What a text tells of all its words; most have nothing to read.
struct Hints {
  bool dots;  ///< `..`
  bool hex;   ///< `0x`
};

void each_path(std::string_view text, const Hints& hints, Signs& signs) {
  for (std::size_t at = 0; at < text.size();) {
    std::uint8_t told = 0;
    const std::size_t end = word_end(text, at, told);
    const std::string_view word = part(text, at, end - at);
    const bool spelled = word.size() > 3 && (told == odd || (hints.dots && word.contains("..")) ||
                                             (hints.hex && word.contains("0x")));
    if ((told & separator) != 0 || spelled) judge(text, read_path(text, at), signs);
    at = end + 1;
  }
}

/// A name alone is a path if it is the whole text: `.htpasswd`.
void lone_name(std::string_view text, Signs& signs) {
  const std::string_view word = trimmed(text);
  std::uint8_t told = 0;
  const bool bare = word.size() > 3 && word.size() < 40 && word_end(word, 0, told) == word.size();
  if (bare && told == 0 && word.contains('.')) {
    judge(text, read_path(text, static_cast<std::size_t>(word.data() - text.data())), signs);
  }
}

}  // namespace

namespace {

/// Whether `before` is the colon of `"key": "`, and the word is right behind.
bool is_member(std::string_view text, std::size_t before, const Span& word) {
  return text[before] == ':' && before > 0 && text[before - 1] == '"' && word.begin > 0 &&
         text[word.begin - 1] == '"';
}

}  // namespace

Place place_of(std::string_view text, const Span& word) {
  static constexpr std::string_view around = " \t\r\n\"'`<>";
  const std::size_t before = part(text, 0, word.begin).find_last_not_of(around);
  const std::size_t after = text.find_first_not_of(around, word.end);
  constexpr std::size_t none = std::string_view::npos;
  const bool parameter = before != none && (text[before] == '=' || is_member(text, before, word));
  return {.whole = before == none && after == none, .parameter = parameter};
}

void path_signs(std::string_view text, Signs& signs) {
  const Hints hints{.dots = text.contains(".."), .hex = text.contains("0x")};
  const bool any = hints.dots || hints.hex || text.contains('/') || text.contains('\\') ||
                   text.contains('%') || std::ranges::any_of(text, high);
  if (any) each_path(text, hints, signs);
  lone_name(text, signs);
  if (text.contains(':')) wrapper_signs(text, signs);
}

}  // namespace gird::detect
