// Fields of records: CSV, TSV, header lines.
#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "text/encode_families.hpp"
#include "text/escapes.hpp"

namespace gird::text {
namespace {

constexpr Escapes csv_table =
    Escapes(Beyond::utf8).write("\"", [](unsigned char) { return Escape("\"\""); });

/// Spreadsheets take a field for a formula by its first sign; those that a minus or plus and digits
/// make a number are none. (OWASP, CSV Injection)
/// A text that looks like a formula made harmless counts, too, so that it can be told from one.
bool formula(std::string_view text) {
  constexpr std::string_view heads = "=+-@\t\r\n|";
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  if (text.empty() || !heads.contains(text[0])) return false;
  if (text[0] != '-' && text[0] != '+') return true;
  text.remove_prefix(1);
  const bool digits = !text.empty() && text.find_first_not_of("0123456789.") == text.npos;
  return !digits || std::ranges::count(text, '.') > 1;
}

Encoded csv(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(csv_table, text, on_unsafe, formula(text) ? "\"'" : "\"", "\"");
}
/// The apostrophe of a formula goes, too.
std::optional<std::string> read_csv(std::string_view encoded) {
  auto text = unescaped(csv_table, encoded, "\"", "\"");
  if (text && text->starts_with('\'') && formula(std::string_view(*text).substr(1)))
    text->erase(0, 1);
  return text;
}
Encoded csv_raw(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(csv_table, text, on_unsafe, "\"", "\"");
}
std::optional<std::string> read_csv_raw(std::string_view encoded) {
  return unescaped(csv_table, encoded, "\"", "\"");
}

constexpr Escapes tsv_table = Escapes(Beyond::utf8).write("\\\t\n\r", [](unsigned char byte) {
  constexpr std::string_view from = "\\\t\n\r";
  constexpr std::string_view names = "\\tnr";
  Escape escape("\\");
  escape += names[from.find(static_cast<char>(byte))];
  return escape;
});

Encoded tsv(std::string_view text, OnUnsafe on_unsafe) {
  return escaped(tsv_table, text, on_unsafe);
}
std::optional<std::string> read_tsv(std::string_view encoded) {
  return unescaped(tsv_table, encoded);
}

/// RFC 9110, 5.5: no controls; what is beyond ASCII is opaque, so it is not sent. Blanks at the
/// ends are taken away by who reads it.
constexpr Escapes header_table =
    Escapes(Beyond::refuse).refuse_controls().pass("\t").substitute("?");

Encoded header(std::string_view text, OnUnsafe on_unsafe) {
  constexpr std::string_view blanks = " \t";
  const std::size_t first = text.find_first_not_of(blanks);
  const bool padded = !text.empty() && (first != 0 || blanks.contains(text.back()));
  if (padded && on_unsafe == OnUnsafe::reject) {
    return std::unexpected(
        Unsafe{first == 0 ? text.size() - 1 : 0, "blanks at the ends do not arrive"});
  }
  if (padded) {
    text = first == text.npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
  }
  return escaped(header_table, text, on_unsafe);
}

/// As RFC 2047 has it: pieces of whole characters, each at most 75 long, folded.
constexpr std::size_t most_bytes_a_word = 45;

constexpr Escapes mail_table = Escapes(Beyond::utf8).refuse_controls().pass("\t");

bool plain_in_mail(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
  return ascii && !text.contains("=?") && !text.starts_with(' ') && !text.ends_with(' ') &&
         text.size() <= 900;
}

std::size_t word_length(std::string_view text) {
  if (text.size() <= most_bytes_a_word) return text.size();
  std::size_t length = most_bytes_a_word;
  while (continues_character(text[length])) --length;
  return length;
}

Encoded mail_header(std::string_view text, OnUnsafe on_unsafe) {
  const auto valid = escaped(mail_table, text, on_unsafe);
  if (!valid || plain_in_mail(*valid)) return valid;
  std::string out;
  std::string_view rest = *valid;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, word_length(rest));
    out += out.empty() ? "=?utf-8?B?" : "\r\n =?utf-8?B?";
    out += base64(word);
    out += "?=";
    rest.remove_prefix(word.size());
  }
  return out;
}

constexpr std::array<Context, 5> all{{
    {"csv", "a field in CSV that a spreadsheet may open: no formula", csv, read_csv},
    {"csv-raw", "a field in CSV that programs read (RFC 4180)", csv_raw, read_csv_raw},
    {"tsv", "a field in TSV, or of COPY in PostgreSQL", tsv, read_tsv},
    {"header", "a value in a header of HTTP", header, nullptr},
    {"mail-header", "a subject or a comment in a header of mail", mail_header, nullptr},
}};

}  // namespace

std::span<const Context> record_contexts() { return all; }

}  // namespace gird::text
