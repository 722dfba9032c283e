// Lines for people: logs and terminals. Lines for runners of jobs, which take commands from them.
#include <algorithm>
#include <array>

#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

constexpr Escape byte_in_digits(unsigned char byte) { return in_hex("\\x", byte, 2); }

constexpr Escape named_or_digits(unsigned char byte) {
  switch (byte) {
    case '\\': return {"\\\\"};
    case '\n': return {"\\n"};
    case '\r': return {"\\r"};
    case '\t': return {"\\t"};
    default: return byte_in_digits(byte);
  }
}

/// Characters that are not seen, or change how others are: C1, line separators, marks of direction,
/// joiners of nothing, tags, variation selectors beyond the first sixteen, non-characters.
/// Sources: UAX #9, UTS #39, "Trojan Source" (Boucher, Anderson, 2021).
constexpr bool hidden(char32_t point) {
  struct Range {
    char32_t first, last;
  };
  constexpr std::array<Range, 15> ranges{{{0x80, 0x9f},
                                          {0xad, 0xad},
                                          {0x34f, 0x34f},
                                          {0x61c, 0x61c},
                                          {0x115f, 0x1160},
                                          {0x17b4, 0x17b5},
                                          {0x180b, 0x180f},
                                          {0x200b, 0x200f},
                                          {0x2028, 0x202e},
                                          {0x2060, 0x206f},
                                          {0x3164, 0x3164},
                                          {0xfeff, 0xfeff},
                                          {0xffa0, 0xffa0},
                                          {0xfff0, 0xfffb},
                                          {0xe0000, 0xe0fff}}};
  for (const Range& range : ranges) {
    if (point >= range.first && point <= range.last) return true;
  }
  return (point & 0xfffeU) == 0xfffe;
}

void append_hex(char32_t point, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  unsigned shift = 20;
  while (shift > 0 && (point >> shift) == 0) shift -= 4;
  out += "\\u{";
  for (;; shift -= 4) {
    out += digits[(point >> shift) & 0xfU];
    if (shift == 0) break;
  }
  out += '}';
}

bool seen(char32_t point, std::string_view bytes, std::string& out) {
  if (hidden(point)) {
    append_hex(point, out);
  } else {
    out += bytes;
  }
  return true;
}

/// Bytes that are no UTF-8 become digits.
Encoded shown(const Escapes& table, std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (true) {
    const auto done = escape(table, text, OnUnsafe::reject, out, seen);
    if (done) return out;
    // What stood before the refusal is there already.
    out += byte_in_digits(static_cast<unsigned char>(text[done.error().offset])).text();
    text.remove_prefix(done.error().offset + 1);
  }
}

constexpr Escapes log_table =
    Escapes(Beyond::utf8).write_controls(named_or_digits).write("\\", named_or_digits);
constexpr Escapes terminal_table =
    Escapes(Beyond::utf8).write_controls(byte_in_digits).pass("\n\t");

Encoded log(std::string_view text, OnUnsafe /*on_unsafe*/) { return shown(log_table, text); }
Encoded terminal(std::string_view text, OnUnsafe /*on_unsafe*/) {
  return shown(terminal_table, text);
}

std::optional<std::string> read_log(std::string_view encoded) {
  std::string out;
  while (!encoded.empty()) {
    const char c = encoded[0];
    encoded.remove_prefix(1);
    if (c != '\\') {
      out += c;
      continue;
    }
    if (encoded.empty()) return std::nullopt;
    const char name = encoded[0];
    encoded.remove_prefix(1);
    constexpr std::string_view names = "\\nrt";
    constexpr std::string_view values = "\\\n\r\t";
    if (const std::size_t known = names.find(name); known != names.npos) {
      out += values[known];
    } else if (name == 'x') {
      const auto byte = take_hex(encoded, 2);
      if (!byte) return std::nullopt;
      out += static_cast<char>(*byte);
    } else if (name == 'u' && encoded.starts_with('{')) {
      encoded.remove_prefix(1);
      const std::size_t digits = std::min(encoded.find('}'), encoded.size());
      const auto point = digits >= 1 && digits <= 6 ? take_hex(encoded, digits) : std::nullopt;
      if (!point || *point > 0x10ffff || encoded.empty()) return std::nullopt;
      encoded.remove_prefix(1);
      append_utf8(out, *point);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

/// Of GitHub's workflow commands (actions/toolkit, command.ts).
constexpr Escapes data_table = Escapes(Beyond::utf8).write("%\r\n", in_percent);
constexpr Escapes property_table = Escapes(Beyond::utf8).write("%\r\n:,", in_percent);

Encoded gha_command(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(data_table, text, on_unsafe);
}
Encoded gha_property(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(property_table, text, on_unsafe);
}
std::optional<std::string> read_gha_command(std::string_view encoded) {
  return unescaped(data_table, encoded);
}
std::optional<std::string> read_gha_property(std::string_view encoded) {
  return unescaped(property_table, encoded);
}

bool has_line(std::string_view text, std::string_view line) {
  while (true) {
    const std::size_t end = text.find_first_of("\r\n");
    if (text.substr(0, end) == line) return true;
    if (end == text.npos) return false;
    text.remove_prefix(end + 1);
  }
}

constexpr Escapes output_table(Beyond::utf8);
constexpr std::string_view delimiter_head = "gird_end_";

/// What stands behind a name in GITHUB_OUTPUT and GITHUB_ENV. The delimiter needs no chance: it is
/// the first that is no line of the text.
Encoded gha_output(std::string_view text, OnUnsafe on_unsafe) {
  // It would be a part of the line break behind it.
  const bool lost = text.ends_with('\r');
  if (lost && on_unsafe == OnUnsafe::reject) {
    return std::unexpected(Unsafe{text.size() - 1, "a carriage return at the end does not arrive"});
  }
  const std::size_t end = text.find_last_not_of('\r') + 1;
  const auto valid = escaped(output_table, lost ? text.substr(0, end) : text, on_unsafe);
  if (!valid) return valid;
  std::string delimiter;
  for (std::uint64_t number = 0;; ++number) {
    delimiter = std::string(delimiter_head) + std::to_string(number);
    if (!has_line(*valid, delimiter)) break;
  }
  return "<<" + delimiter + "\n" + *valid + "\n" + delimiter;
}
std::optional<std::string> read_gha_output(std::string_view encoded) {
  if (!encoded.starts_with("<<")) return std::nullopt;
  const std::size_t line = encoded.find('\n');
  if (line == encoded.npos) return std::nullopt;
  const std::string end = "\n" + std::string(encoded.substr(2, line - 2));
  std::string_view text = encoded.substr(line);
  if (!text.ends_with(end) || text.size() == end.size()) return std::nullopt;
  text.remove_suffix(end.size());
  return std::string(text.substr(1));
}

constexpr std::array<Context, 5> all{{
    {"log", "within a line of a log: one line, all that is not seen in digits", log, read_log},
    {"terminal", "lines on a terminal: no control character but line breaks and tabs", terminal,
     nullptr},
    {"gha-output", "behind a name in GITHUB_OUTPUT or GITHUB_ENV", gha_output, read_gha_output},
    {"gha-command", "the message of a workflow command of GitHub", gha_command, read_gha_command},
    {"gha-property", "a property of a workflow command of GitHub", gha_property, read_gha_property},
}};

}  // namespace

std::span<const Context> line_contexts() { return all; }

}  // namespace gird::text
