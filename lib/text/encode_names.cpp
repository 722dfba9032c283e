// Names: of files, of variables, of hosts, of branches.
#include <algorithm>
#include <array>

#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
constexpr bool digit(char c) { return c >= '0' && c <= '9'; }

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

// --- names of files: `%` and two digits, which can be read back

/// A name of a file is at most that long on the file systems there are.
constexpr std::size_t most_bytes_of_a_file = 255;

bool wide_in_file(char32_t point, std::string_view bytes, std::string& out) {
  // C1 moves cursors; the rest is a name.
  if (point < 0xa0) {
    for (const char byte : bytes) out += in_percent(static_cast<unsigned char>(byte)).text();
    return true;
  }
  out += bytes;
  return true;
}

constexpr Escapes posix_table =
    Escapes(Beyond::utf8).write_controls(in_percent).write("/%", in_percent);
constexpr Escapes windows_table = Escapes(posix_table).write("<>:\"\\|?*", in_percent);

/// Bytes that are no UTF-8 become digits; so none of them is refused.
std::string with_digits(const Escapes& table, std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Utf8 character = next_character(text);
    const std::string_view bytes = text.substr(0, character.length);
    if (character.valid) {
      // Neither fails: what the table refuses is not valid UTF-8.
      static_cast<void>(escape(table, bytes, OnUnsafe::replace, out, wide_in_file));
    } else {
      out += in_percent(static_cast<unsigned char>(bytes[0])).text();
    }
    text.remove_prefix(bytes.size());
  }
  return out;
}

Encoded as_file(std::string out, OnUnsafe on_unsafe) {
  if (out.empty()) {
    if (on_unsafe == OnUnsafe::reject) return std::unexpected(Unsafe{0, "a name cannot be empty"});
    return "_";
  }
  // No option, no hidden file, no `.` or `..`.
  if (out[0] == '-' || out[0] == '.' || out[0] == '~') {
    out.replace(0, 1, in_percent(static_cast<unsigned char>(out[0])).text());
  }
  if (out.size() > most_bytes_of_a_file) {
    if (on_unsafe == OnUnsafe::reject) {
      return std::unexpected(
          Unsafe{most_bytes_of_a_file, "a name of a file has at most 255 bytes"});
    }
    std::size_t end = most_bytes_of_a_file;
    while (continues_character(out[end])) --end;
    out.resize(end);
  }
  return out;
}

Encoded filename_posix(std::string_view text, OnUnsafe on_unsafe) {
  return as_file(with_digits(posix_table, text), on_unsafe);
}

/// Whether Windows opens a device of that name, whatever its extension.
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
bool device(std::string_view name) {
  constexpr std::array<std::string_view, 6> devices{"con", "prn",    "aux",
                                                    "nul", "conin$", "conout$"};
  name = name.substr(0, name.find('.'));
  while (name.ends_with(' ')) name.remove_suffix(1);
  const std::string low = in_lower_case(name);
  if (std::ranges::find(devices, low) != devices.end()) return true;
  const bool port = low.starts_with("com") || low.starts_with("lpt");
  const std::string_view number = port ? std::string_view(low).substr(3) : std::string_view();
  return (number.size() == 1 && digit(number[0])) || number == "\xC2\xB9" || number == "\xC2\xB2" ||
         number == "\xC2\xB3";
}

Encoded filename_windows(std::string_view text, OnUnsafe on_unsafe) {
  std::string out = with_digits(windows_table, text);
  if (!out.empty() && (out.back() == '.' || out.back() == ' ')) {
    const Escape last = in_percent(static_cast<unsigned char>(out.back()));
    out.replace(out.size() - 1, 1, last.text());
  }
  if (device(out)) out.replace(0, 1, in_percent(static_cast<unsigned char>(out[0])).text());
  return as_file(std::move(out), on_unsafe);
}

// --- names without escapes: a text is one or it is not

/// What a name is made of.
struct Shape {
  std::string_view may;        ///< anywhere, besides letters and digits
  std::string_view may_start;  ///< at the head, besides letters
  bool digit_first;
  bool upper;  ///< capitals
  std::size_t most;
  char stand_in;
  std::string_view may_end = {};  ///< none: what may stand anywhere
  bool ends_as_it_starts = false;
};

bool letter(char c, const Shape& shape) {
  return (c >= 'a' && c <= 'z') || (shape.upper && c >= 'A' && c <= 'Z');
}
bool stands(char c, const Shape& shape) {
  return letter(c, shape) || digit(c) || shape.may.contains(c);
}
bool starts(char c, const Shape& shape) {
  return letter(c, shape) || (shape.digit_first && digit(c)) || shape.may_start.contains(c);
}

std::optional<Unsafe> wrong(std::string_view text, const Shape& shape) {
  if (text.empty()) return Unsafe{0, "a name cannot be empty"};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!stands(text[i], shape)) return Unsafe{i, "that character cannot stand in such a name"};
  }
  if (!starts(text[0], shape)) return Unsafe{0, "such a name cannot begin with that"};
  if (shape.ends_as_it_starts && !starts(text.back(), shape)) {
    return Unsafe{text.size() - 1, "such a name cannot end with that"};
  }
  if (text.size() > shape.most) return Unsafe{shape.most, "that is too long for such a name"};
  return std::nullopt;
}

Encoded name(const Shape& shape, std::string_view text, OnUnsafe on_unsafe) {
  const auto why_not = wrong(text, shape);
  if (!why_not) return std::string(text);
  if (on_unsafe == OnUnsafe::reject) return std::unexpected(*why_not);
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = next_character(rest).length;
    const char c = shape.upper ? rest[0] : lower(rest[0]);
    out += stands(c, shape) ? c : shape.stand_in;
    rest.remove_prefix(length);
  }
  const std::string head(1, shape.may_start.empty() ? 'x' : shape.may_start[0]);
  if (out.empty() || !starts(out[0], shape)) out = head + out;
  if (out.size() > shape.most) out.resize(shape.most);
  if (shape.ends_as_it_starts && !starts(out.back(), shape)) out.back() = head[0];
  return out;
}

constexpr std::size_t unlimited = std::string_view::npos;
constexpr Shape identifier_shape{.may = "_",
                                 .may_start = "_",
                                 .digit_first = false,
                                 .upper = true,
                                 .most = unlimited,
                                 .stand_in = '_'};
constexpr Shape dns_shape{.may = "-",
                          .may_start = "",
                          .digit_first = true,
                          .upper = false,
                          .most = 63,
                          .stand_in = '-',
                          .ends_as_it_starts = true};
constexpr Shape tag_shape{.may = "_.-",
                          .may_start = "_",
                          .digit_first = true,
                          .upper = true,
                          .most = 128,
                          .stand_in = '_'};
constexpr Shape portable_shape{.may = "_.-",
                               .may_start = "_",
                               .digit_first = true,
                               .upper = true,
                               .most = most_bytes_of_a_file,
                               .stand_in = '_'};

Encoded identifier(std::string_view text, OnUnsafe on_unsafe) {
  return name(identifier_shape, text, on_unsafe);
}
Encoded dns_label(std::string_view text, OnUnsafe on_unsafe) {
  return name(dns_shape, text, on_unsafe);
}
Encoded docker_tag(std::string_view text, OnUnsafe on_unsafe) {
  return name(tag_shape, text, on_unsafe);
}

/// POSIX 3.265 and 3.282, and nothing that another system takes for something else.
Encoded filename_portable(std::string_view text, OnUnsafe on_unsafe) {
  auto out = name(portable_shape, text, on_unsafe);
  if (!out || (!device(*out) && !out->ends_with('.'))) return out;
  if (on_unsafe == OnUnsafe::reject) {
    return std::unexpected(Unsafe{0, "elsewhere that name means something else"});
  }
  if (out->ends_with('.')) out->back() = '_';
  return device(*out) ? "_" + *out : *out;
}

constexpr std::string_view signs_in_ref = "~^:?*[\\\x7f";

/// Source: git-check-ref-format(1).
std::optional<Unsafe> wrong_in_ref(std::string_view text) {
  if (text.empty()) return Unsafe{0, "a name cannot be empty"};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = static_cast<unsigned char>(text[i]);
    const std::string_view rest = text.substr(i);
    if (code <= 0x20 || signs_in_ref.contains(text[i]))
      return Unsafe{i, "that character cannot stand in such a name"};
    if (rest.starts_with("..") || rest.starts_with("@{") || rest.starts_with("//") ||
        rest.starts_with("/.") || rest.starts_with("./")) {
      return Unsafe{i, "those two cannot stand in such a name"};
    }
    const bool end = rest == ".lock" || rest.starts_with(".lock/");
    if (end) return Unsafe{i, "no part of such a name can end in .lock"};
  }
  if (text == "@" || text == "HEAD" || text[0] == '-' || text[0] == '.' || text[0] == '/') {
    return Unsafe{0, "such a name cannot begin with that"};
  }
  if (text.back() == '.' || text.back() == '/') {
    return Unsafe{text.size() - 1, "such a name cannot end with that"};
  }
  return std::nullopt;
}

/// The name with `_` for each place that is wrong.
std::string as_ref(std::string_view text) {
  std::string out;
  const auto end_part = [&] {
    if (out.ends_with(".lock")) out[out.size() - 5] = '_';
  };
  for (const char c : text) {
    if (c == '/') end_part();
    const char before = out.empty() ? '/' : out.back();
    const bool pair = (c == '.' && (before == '.' || before == '/')) ||
                      (c == '/' && (before == '.' || before == '/')) || (c == '{' && before == '@');
    const auto code = static_cast<unsigned char>(c);
    out += pair || code <= 0x20 || signs_in_ref.contains(c) ? '_' : c;
  }
  end_part();
  if (out.empty() || out == "@" || out == "HEAD") return "_" + out;
  if (out[0] == '-') out[0] = '_';
  if (out.back() == '.' || out.back() == '/') out.back() = '_';
  return out;
}

Encoded git_ref(std::string_view text, OnUnsafe on_unsafe) {
  const auto why_not = wrong_in_ref(text);
  if (!why_not) return std::string(text);
  if (on_unsafe == OnUnsafe::reject) return std::unexpected(*why_not);
  return as_ref(text);
}

constexpr Escapes systemd_table =
    Escapes(Beyond::bytes)
        .write_all_but(":_.", [](unsigned char byte) { return in_hex("\\x", byte, 2); })
        .refuse({"\0", 1})
        .write("/", [](unsigned char) { return Escape("-"); });

/// As systemd-escape(1) writes it: a dot at the head in digits, too.
Encoded systemd(std::string_view text, OnUnsafe on_unsafe) {
  auto out = escaped(systemd_table, text, on_unsafe);
  if (out && out->starts_with('.')) out->replace(0, 1, "\\x2e");
  return out;
}
std::optional<std::string> read_systemd(std::string_view encoded) {
  constexpr std::string_view dot = "\\x2e";
  if (!encoded.starts_with(dot)) return unescaped(systemd_table, encoded);
  auto rest = unescaped(systemd_table, encoded.substr(dot.size()));
  if (rest) rest->insert(0, ".");
  return rest;
}

constexpr std::array<Context, 9> all{{
    {"filename", "a name of a file on Linux, without a directory", filename_posix, without_percent},
    {"filename:windows", "a name of a file on Windows, too", filename_windows, without_percent},
    {"filename:portable", "a name of a file anywhere: letters, digits, . _ -", filename_portable,
     nullptr},
    {"identifier", "a name in most programming languages", identifier, nullptr},
    {"env-name", "a name of an environment variable", identifier, nullptr},
    {"dns-label", "a part of a name of a host", dns_label, nullptr},
    {"git-ref", "a name of a branch or a tag", git_ref, nullptr},
    {"docker-tag", "a tag of a container's image", docker_tag, nullptr},
    {"systemd", "a part of a name of a unit", systemd, read_systemd},
}};

}  // namespace

std::span<const Context> name_contexts() { return all; }

}  // namespace gird::text
